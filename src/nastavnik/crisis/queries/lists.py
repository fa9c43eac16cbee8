"""Rows of the lists of the desk, and their filters."""

from typing import Any

from django.db.models import Q, QuerySet

from nastavnik.crisis.enums import CaseStage
from nastavnik.crisis.models import CrisisCase
from nastavnik.crisis.money_enums import RefundStatus
from nastavnik.crisis.queries.screen import RISK, cases_of
from nastavnik.kernel import clock
from nastavnik.people.models import Person

MINE, FREE, MISSED, AT_RISK, OPEN, CLOSED = "mine", "free", "missed", "risk", "open", "closed"
TO_PAY, LATE_TO_PAY = "to-pay", "to-pay-late"


def queue_of(person: Person) -> QuerySet[CrisisCase]:
    """Every case the person sees, nearest deadline first; closed ones last."""
    return cases_of(person).order_by("next_due_at", "pk")


def which(rows: QuerySet[CrisisCase], value: str, person_id: int) -> QuerySet[CrisisCase]:
    """Rows of one view of the queue."""
    now = clock.now()
    conditions: dict[str, Q] = {
        MINE: ~Q(stage=CaseStage.CLOSED) & Q(assignee_id=person_id),
        FREE: ~Q(stage=CaseStage.CLOSED) & Q(assignee__isnull=True),
        MISSED: ~Q(stage=CaseStage.CLOSED) & Q(next_due_at__lt=now),
        AT_RISK: ~Q(stage=CaseStage.CLOSED) & Q(next_due_at__gte=now, next_due_at__lt=now + RISK),
        OPEN: ~Q(stage=CaseStage.CLOSED),
        CLOSED: Q(stage=CaseStage.CLOSED),
        TO_PAY: Q(refunds__status=RefundStatus.STARTED),
        LATE_TO_PAY: Q(refunds__status=RefundStatus.STARTED, refunds__due_at__lt=now),
    }
    return rows.filter(conditions[value])


def matching(rows: Any, text: str) -> Any:
    """Cases by their number, or by the customer's name or number."""
    words = text.lower().replace("ё", "е").replace("№", " ").split()
    for word in words:
        found = Q(customer__search_text__contains=word) | Q(customer__ext_id__iexact=word)
        if word.isascii() and word.isdigit() and len(word) < 16:
            found |= Q(number=int(word))
        rows = rows.filter(found)
    return rows
