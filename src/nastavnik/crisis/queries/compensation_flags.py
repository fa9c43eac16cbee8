"""Grants of a year as values, for the signs of abuse; a constant number of statements."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Count

from nastavnik.crisis.enums import EventKind
from nastavnik.crisis.logic.compensation_flags import AgentCount, Grant
from nastavnik.crisis.models import CaseEvent, CrisisCase, Offer, Payout, RatingRequest
from nastavnik.people.models import PersonAlias

STAFF = "staff"


def grants_since(since: datetime) -> list[Grant]:
    """Accepted offers with a cost, oldest first."""
    rows = Offer.objects.filter(accepted_at__gte=since, kind__has_cost=True).select_related("limit", "case__customer")
    offers = list(rows.order_by("accepted_at", "pk"))
    cases = {offer.case_id for offer in offers}
    asked = dict(
        RatingRequest.objects.filter(case_id__in=cases).order_by("-asked_at").values_list("case_id", "asked_at")
    )
    cards = dict(Payout.objects.filter(case_id__in=cases).exclude(card="").values_list("case_id", "card"))
    staff = set(
        PersonAlias.objects.filter(value__in={offer.case.customer.ext_id for offer in offers}).values_list(
            "value", flat=True
        )
    )
    return [
        Grant(
            offer_id=offer.pk, customer_id=offer.case.customer_id, agent_id=offer.made_by_id, amount=offer.amount,
            at=offer.accepted_at, limit=offer.limit.most, card=cards.get(offer.case_id, ""),
            to_staff=offer.case.customer.value_band == STAFF or offer.case.customer.ext_id in staff,
            survey_at=asked.get(offer.case_id),
        )
        for offer in offers
        if offer.accepted_at is not None
    ]  # fmt: skip


def refusals_of(customer_ids: Collection[int]) -> dict[int, list[datetime]]:
    """When each customer refused categorically."""
    found: dict[int, list[datetime]] = defaultdict(list)
    rows = CaseEvent.objects.filter(case__customer_id__in=customer_ids, kind=EventKind.TRIGGER)
    for customer_id, at in rows.order_by("at").values_list("case__customer_id", "at"):
        found[customer_id].append(at)
    return found


def counts_of_agents(grants: Collection[Grant], since: datetime) -> list[AgentCount]:
    """Cases and grants of each agent since a moment."""
    recent = [one for one in grants if one.at >= since]
    cases = CrisisCase.objects.filter(opened_at__gte=since, assignee__isnull=False)
    counted = dict(cases.values_list("assignee_id").annotate(n=Count("pk")).values_list("assignee_id", "n"))
    latest: dict[int, Grant] = {}
    numbers: dict[int, int] = defaultdict(int)
    for one in recent:
        if one.agent_id is not None:
            latest[one.agent_id] = one
            numbers[one.agent_id] += 1
    return [AgentCount(agent, n, min(numbers[agent], n), latest.get(agent)) for agent, n in sorted(counted.items())]
