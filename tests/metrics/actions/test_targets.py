"""Targets: versions close and open, past days keep theirs, corrections say so."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from nastavnik.kernel import clock, journal
from nastavnik.kernel.models import JournalEntry, OutboxEvent
from nastavnik.kernel.permissions import NotPermitted
from nastavnik.metrics import errors
from nastavnik.metrics.actions import targets
from nastavnik.metrics.enums import ScopeKind
from nastavnik.metrics.models import Target
from nastavnik.metrics.queries import targets as known
from nastavnik.metrics.queries.scopes import ORGANISATION, Scope
from nastavnik.people.enums import Role
from nastavnik.people.models import RoleAssignment
from tests.factories import metrics as make
from tests.factories.metrics import AT, Centre

pytestmark = pytest.mark.django_db
TODAY, JANUARY, DECEMBER = date(2026, 11, 23), date(2026, 1, 1), date(2026, 12, 1)


@pytest.fixture
def centre() -> Iterator[Centre]:
    with clock.frozen(AT):
        yield make.centre()


def set_qa(target: Any = 92, since: date = TODAY, **options: Any) -> Target:
    given = {"metric": "qa", "scope": ORGANISATION, "by": None, "at": AT} | options
    return targets.set_target(target=target, active_from=since, **given)


def versions() -> list[tuple[int, date, date | None]]:
    rows = Target.objects.filter(metric="qa").order_by("active_from")
    return [(row.target // 10_000, row.active_from, row.active_to) for row in rows]


def test_a_first_target_may_start_in_the_past(centre: Centre) -> None:
    row = set_qa("92", JANUARY, floor="85,5", stretch=97, min_n=12, reason="Цель службы")
    assert (row.target, row.floor, row.stretch, row.min_n, row.direction) == (920_000, 855_000, 970_000, 12, "higher")
    assert versions() == [(92, JANUARY, None)]


def test_a_new_target_closes_the_one_in_force(centre: Centre) -> None:
    set_qa(92, JANUARY)
    set_qa(95, TODAY)
    assert versions() == [(92, JANUARY, TODAY), (95, TODAY, None)]


def test_a_target_set_earlier_the_same_day_is_corrected(centre: Centre) -> None:
    set_qa(92, TODAY)
    set_qa(93, TODAY)
    assert versions() == [(93, TODAY, None)]


def test_a_planned_target_may_be_corrected_and_keeps_its_place(centre: Centre) -> None:
    set_qa(92, JANUARY)
    set_qa(95, DECEMBER)
    set_qa(94, TODAY)
    assert versions() == [(92, JANUARY, TODAY), (94, TODAY, DECEMBER), (95, DECEMBER, None)]
    set_qa(96, DECEMBER)
    assert versions()[-1] == (96, DECEMBER, None)


def test_past_days_are_not_judged_anew(centre: Centre) -> None:
    set_qa(92, JANUARY)
    with pytest.raises(errors.RewritesHistory, match="2026-07-01"):
        set_qa(95, date(2026, 7, 1))
    assert versions() == [(92, JANUARY, None)]


def test_history_is_corrected_only_with_a_reason(centre: Centre) -> None:
    set_qa(92, JANUARY)
    with pytest.raises(errors.CorrectionNeedsReason):
        set_qa(95, date(2026, 7, 1), corrects_history=True, reason=" ")
    set_qa(95, date(2026, 7, 1), corrects_history=True, reason="Приказ от июня")
    assert versions() == [(92, JANUARY, date(2026, 7, 1)), (95, date(2026, 7, 1), None)]


def test_a_target_for_some_days_leaves_the_days_around_it_as_they_were(centre: Centre) -> None:
    set_qa(92, JANUARY)
    set_qa(88, DECEMBER, active_to=date(2026, 12, 11))
    assert versions() == [
        (92, JANUARY, DECEMBER), (88, DECEMBER, date(2026, 12, 11)), (92, date(2026, 12, 11), None),
    ]  # fmt: skip
    set_qa(90, date(2026, 12, 5), active_to=date(2026, 12, 20))
    assert versions() == [
        (92, JANUARY, DECEMBER), (88, DECEMBER, date(2026, 12, 5)), (90, date(2026, 12, 5), date(2026, 12, 20)),
        (92, date(2026, 12, 20), None),
    ]  # fmt: skip


def test_older_days_without_a_target_may_get_one(centre: Centre) -> None:
    set_qa(92, JANUARY)
    set_qa(90, date(2025, 1, 1))
    assert versions() == [(90, date(2025, 1, 1), JANUARY), (92, JANUARY, None)]


def test_scopes_have_targets_of_their_own(centre: Centre) -> None:
    team = Scope(ScopeKind.TEAM, centre.teams["red"].pk)
    set_qa(92, JANUARY)
    set_qa(90, JANUARY, scope=team)
    assert [known.scope_of(row) for row in known.in_force(TODAY)] == [ORGANISATION, team]
    assert [row.target for row in known.of_scope("qa", team)] == [900_000]
    assert [row.target for row in known.of_scope("qa", ORGANISATION)] == [920_000]


@pytest.mark.parametrize("amount", [101, -1, "much", "92.00001"])
def test_an_amount_outside_the_metric_is_refused(centre: Centre, amount: Any) -> None:
    with pytest.raises(errors.TargetNotInUnit):
        set_qa(amount)


@pytest.mark.parametrize(("floor", "target", "stretch"), [(92, 92, None), (None, 92, 91), (95, 92, None)])
def test_a_floor_must_be_worse_and_a_stretch_better(
    centre: Centre, floor: int | None, target: int, stretch: int | None
) -> None:
    with pytest.raises(errors.TargetOutOfOrder):
        set_qa(target, floor=floor, stretch=stretch)


def test_where_lower_is_better_the_floor_is_above_the_target(centre: Centre) -> None:
    row = set_qa(7, metric="technical_refund_share", floor=12, stretch=4)
    assert (row.floor, row.target, row.stretch) == (120_000, 70_000, 40_000)


def test_a_band_needs_both_bounds(centre: Centre) -> None:
    assert set_qa(360, metric="aht", floor=240).floor == 2_400_000
    for bounds in ({}, {"floor": 360}, {"floor": 240, "stretch": 300}):
        with pytest.raises(errors.BandNeedsBounds):
            set_qa(360, metric="aht", **bounds)


def test_days_must_not_be_reversed(centre: Centre) -> None:
    with pytest.raises(errors.TargetDaysReversed):
        set_qa(92, TODAY, active_to=TODAY)


def test_an_unknown_metric_has_no_target(centre: Centre) -> None:
    with pytest.raises(errors.UnknownMetric):
        set_qa(92, metric="happiness")


def test_only_those_with_the_right_everywhere_set_and_close_targets(centre: Centre) -> None:
    agent = centre.people["A-1"]
    with pytest.raises(NotPermitted):
        set_qa(92, by=agent)
    row = set_qa(92)
    with pytest.raises(NotPermitted):
        targets.close_target(target=row, active_to=DECEMBER, by=agent, at=AT)
    RoleAssignment.objects.create(person=centre.people["B-1"], role=Role.CENTRE_HEAD, active_from=JANUARY)
    set_qa(93, by=centre.people["B-1"])
    assert versions() == [(93, TODAY, None)]


def test_a_target_is_closed_from_a_day_on(centre: Centre) -> None:
    row = set_qa(92, JANUARY)
    targets.close_target(target=row, active_to=DECEMBER, reason="больше не меряем", by=None, at=AT)
    assert versions() == [(92, JANUARY, DECEMBER)]
    with pytest.raises(errors.TargetAlreadyEnded):
        targets.close_target(target=row, active_to=DECEMBER, by=None, at=AT)


def test_a_planned_target_is_withdrawn(centre: Centre) -> None:
    row = set_qa(95, DECEMBER)
    targets.close_target(target=row, active_to=TODAY, by=None, at=AT)
    assert versions() == []


def test_closing_in_the_past_is_a_correction(centre: Centre) -> None:
    row = set_qa(92, JANUARY)
    with pytest.raises(errors.RewritesHistory):
        targets.close_target(target=row, active_to=date(2026, 7, 1), by=None, at=AT)
    targets.close_target(target=row, active_to=date(2026, 7, 1), corrects_history=True, reason="ошибка", by=None, at=AT)
    assert versions() == [(92, JANUARY, date(2026, 7, 1))]


def test_the_journal_tells_what_was_set_and_what_it_replaced(centre: Centre) -> None:
    set_qa(92, JANUARY, reason="Цель службы")
    row = set_qa(95, TODAY, reason="Выше")
    targets.close_target(target=row, active_to=DECEMBER, by=None, at=AT)
    first, second, third = JournalEntry.objects.filter(kind__startswith="metrics.target").order_by("pk")
    assert (first.kind, first.reason, first.data["replaced"]) == ("metrics.target_set", "Цель службы", [])
    assert second.data["replaced"] == [{"target": 920_000, "since": "2026-01-01", "until": None}]
    assert third.kind == "metrics.target_closed"
    for entry, amount in ((first, "92"), (second, "95"), (third, "95")):
        assert amount in journal.sentence(entry)
    told = OutboxEvent.objects.filter(kind="metrics.TargetChanged").order_by("pk")
    assert [event.payload["since"] for event in told] == ["2026-01-01", "2026-11-23", "2026-12-01"]


def test_the_day_of_a_change_is_the_organisations(centre: Centre) -> None:
    set_qa(92, JANUARY)
    late = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # 23 November in Moscow
    with pytest.raises(errors.RewritesHistory):
        set_qa(95, date(2026, 11, 22), at=late)
    set_qa(95, TODAY, at=late)
    assert versions()[-1] == (95, TODAY, None)
