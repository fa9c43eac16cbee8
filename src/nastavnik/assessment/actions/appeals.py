"""Takers appeal items of their finished attempts; an author decides in words."""

from datetime import datetime

from django.db import IntegrityError, transaction

from nastavnik.assessment.enums import AppealState, AttemptState
from nastavnik.assessment.models import Appeal, Attempt, FormItem
from nastavnik.kernel import journal
from nastavnik.kernel.errors import Conflict, InvalidInput
from nastavnik.people.models import Person

APPEALED, DECIDED = "assessment.item_appealed", "assessment.appeal_decided"


class NotToAppeal(InvalidInput):
    """An item can be appealed once the attempt is finished and its window has closed."""


class AppealedAlready(Conflict):
    """You have appealed this item already. The decision will stand in your result."""


class AppealNeedsWords(InvalidInput):
    """Write what is wrong with the item, or why you decide so."""


class DecidedAlready(Conflict):
    """This appeal has been decided meanwhile. Load the page again to read the decision."""


def appeal(*, attempt: Attempt, position: int, reason: str, by: Person, at: datetime) -> Appeal:
    """Say that an item of one's own attempt was wrong. Raises NotToAppeal, AppealedAlready, AppealNeedsWords."""
    if not reason.strip():
        raise AppealNeedsWords
    asked = FormItem.objects.filter(form_id=attempt.form_id, position=position).select_related("item").first()
    over = attempt.state == AttemptState.CLOSED and attempt.sitting.closes_at <= at
    if asked is None or attempt.person_id != by.pk or not over:
        raise NotToAppeal
    try:
        with transaction.atomic():
            made = Appeal.objects.create(
                attempt=attempt, position=position, person=by, item=asked.item, version_id=asked.version_id,
                reason=reason, made_at=at,
            )  # fmt: skip
            data = {"label": asked.item.label}
            journal.write(APPEALED, by=by, at=at, subject=asked.item, person_id=by.pk, reason=reason[:500], data=data)
    except IntegrityError as error:
        raise AppealedAlready from error
    return made


def decide(*, appeal: Appeal, upheld: bool, decision: str, by: Person, at: datetime) -> Appeal:
    """Uphold or decline, in words the taker will read. Raises DecidedAlready, AppealNeedsWords, NotToAppeal."""
    if not decision.strip():
        raise AppealNeedsWords
    with transaction.atomic():
        appeal = Appeal.objects.select_for_update(of=("self",)).select_related("item").get(pk=appeal.pk)
        if appeal.state != AppealState.OPEN:
            raise DecidedAlready
        if appeal.person_id == by.pk:
            raise NotToAppeal
        appeal.state = AppealState.UPHELD if upheld else AppealState.DECLINED
        appeal.decision, appeal.decided_by, appeal.decided_at = decision, by, at
        appeal.save(update_fields=["state", "decision", "decided_by", "decided_at"])
        data = {"label": appeal.item.label, "state": appeal.state}
        journal.write(
            DECIDED, by=by, at=at, subject=appeal.item, person_id=appeal.person_id, reason=decision[:500], data=data
        )
    return appeal
