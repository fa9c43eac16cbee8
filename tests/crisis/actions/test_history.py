"""Closed cases of an earlier system: everything follows from their logs."""

from datetime import UTC, datetime, timedelta

import pytest

from nastavnik.crisis.actions import events, facts, history
from nastavnik.crisis.actions.history import PastCase, PastEvent
from nastavnik.crisis.enums import CaseOutcome, CaseStage, EventKind, Source
from nastavnik.crisis.errors import NotClosedThere
from nastavnik.crisis.models import CaseEvent, CrisisCase, Refund
from nastavnik.crisis.money_enums import RefundReason, RefundStatus
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.models import Person
from tests.factories.people import a_person, an_organisation

pytestmark = pytest.mark.django_db
OPENED = datetime(2023, 5, 2, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


@pytest.fixture
def agent() -> Person:
    an_organisation()
    return a_person("agent")


def past(agent: Person, ext_id: str, *kinds: str, **fields: object) -> PastCase:
    """One event a minute; upper case is the agent's."""
    log = [
        PastEvent(
            kind, OPENED + timedelta(minutes=number), agent if kind.isupper() or kind == "taken" else None,
            Source.AGENT if kind.isupper() else Source.CUSTOMER,
        )
        for number, kind in enumerate(kinds, start=1)
    ]  # fmt: skip
    given = {"customer": f"c-{ext_id}", "opened_at": OPENED, "team": None, "paid": 100_00, "used": 30_00}
    return PastCase(ext_id=ext_id, events=log, **(given | fields))  # type: ignore[arg-type]


def test_outcome_attempts_and_refund_follow_from_the_log(agent: Person) -> None:
    kept = past(agent, "1", "asked", "taken", "trigger", "SOFT", "accept", "CLOSE")
    left = past(
        agent, "2", "asked", "taken", "trigger", "SOFT", "insist", "REFUND_START", "REFUND_DONE", "CLOSE",
        reason=RefundReason.DUPLICATE,
    )  # fmt: skip
    nothing = past(agent, "3", "asked", "taken", "trigger", "CLOSE")
    made = history.bring_in(cases=[kept, left, nothing], by=None, at=NOW)
    assert [(one.stage, one.outcome, one.assignee_id) for one in made] == [
        (CaseStage.CLOSED, CaseOutcome.RETAINED, agent.pk),
        (CaseStage.CLOSED, CaseOutcome.REFUNDED, agent.pk),
        (CaseStage.CLOSED, CaseOutcome.UNRESOLVED, agent.pk),
    ]
    assert [one.cached.attempts for one in made] == [1, 1, 0]
    refund = Refund.objects.get()
    assert (refund.case, refund.due, refund.amount, refund.status) == (made[1], 70_00, 70_00, RefundStatus.DONE)
    assert JournalEntry.objects.get(kind="crisis.history_brought").data == {"cases": 3}
    wishes = {row["id"]: row for row in facts.rows_of([one.pk for one in made])["retention"]}
    assert [
        (wishes[f"wish-{one.public_id}"]["outcome"], wishes[f"wish-{one.public_id}"]["refund_reason"]) for one in made
    ] == [("retained", None), ("refunded", "technical"), ("unresolved", None)]


def test_the_caches_are_those_a_rebuild_gives(agent: Person) -> None:
    (case,) = history.bring_in(
        cases=[past(agent, "1", "asked", "taken", "trigger", "SOFT", "insist", "REFUND_START", "REFUND_DONE", "CLOSE")],
        by=None, at=NOW,
    )  # fmt: skip
    before = CrisisCase.objects.values().get()
    state = case.cached.__class__.objects.values().get()
    events.rebuild(CrisisCase.objects.get())
    assert CrisisCase.objects.values().get() == before
    assert case.cached.__class__.objects.values().get() == state


def test_the_same_history_again_changes_nothing(agent: Person) -> None:
    one = past(agent, "1", "asked", "taken", "accept", "CLOSE")
    assert len(history.bring_in(cases=[one], by=None, at=NOW)) == 1
    assert history.bring_in(cases=[one, one], by=None, at=NOW) == []
    assert CaseEvent.objects.filter(kind=EventKind.OPENED).count() == 1


def test_an_open_case_stops_them_all(agent: Person) -> None:
    cases = [past(agent, "1", "asked", "accept", "CLOSE"), past(agent, "2", "asked", "taken")]
    with pytest.raises(NotClosedThere, match="The case 2"):
        history.bring_in(cases=cases, by=None, at=NOW)
    assert CrisisCase.objects.count() == 0
