"""Behind a figure: its records and cells add up to it exactly, in any scope, reach and page."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nastavnik.kernel import clock
from nastavnik.metrics.actions import tallies
from nastavnik.metrics.enums import Period, ScopeKind
from nastavnik.metrics.queries import cells, readings, records
from nastavnik.metrics.queries.records import RecordFilters
from nastavnik.metrics.queries.scopes import ORGANISATION, Scope
from nastavnik.people.models import TeamMembership
from nastavnik.people.permissions import Reach
from tests.factories import metrics as make
from tests.factories.metrics import AT, Centre

pytestmark = pytest.mark.django_db
FIRST, END = date(2026, 7, 1), date(2026, 10, 1)


@pytest.fixture
def centre() -> Iterator[Centre]:
    """Contacts of everybody on every third day; A-1 moves to another team in the middle."""
    with clock.frozen(AT):
        made = make.centre()
        mover = made.people["A-1"]
        TeamMembership.objects.filter(person=mover).update(active_to=date(2026, 8, 10))
        TeamMembership.objects.create(person=mover, team=made.teams["blue"], active_from=date(2026, 8, 10))
        contacts, reviews = [], []
        for number, who in enumerate([*made.people.values(), None]):
            for step in range(20):
                day = FIRST + timedelta(days=3 * step + number)
                contacts.append(make.contact(
                    who, day, rating=None if step % 4 == 3 else 1 + (step + number) % 5, topic=("a", "b")[step % 2],
                    channel=1 + step % 2, line_id=made.lines["chat" if number % 2 else "voice"].pk,
                    waited_ms=1000 * step, handled_ms=60_000 * number, customer=f"c{step // 2}",
                    resolved=True, answered=step % 7 != 6,
                ))  # fmt: skip
                if who:
                    reviews.append(
                        make.review(who, day, 80 + step, 100 + number, sampling=("random", "targeted")[step % 2])
                    )
        make.tally("contacts", contacts)
        make.tally("reviews", reviews)
        yield made


def scope_of(centre: Centre, text: str) -> Scope:
    kind, _colon, code = text.partition(":")
    units: dict[str, Any] = {
        "person": centre.people, "team": centre.teams, "line": centre.lines, "grade": centre.grades,
        "partner": {"partner": centre.partner},
    }  # fmt: skip
    return Scope(ScopeKind(kind), units[kind][code].pk) if code else ORGANISATION


SCOPES = ("organisation", "person:A-1", "team:red", "team:blue", "line:chat", "grade:senior", "partner:partner")


@pytest.mark.parametrize("text", SCOPES)
@pytest.mark.parametrize("code", ["csat", "csat_top", "qa", "sla", "aht", "fcr"])
def test_records_and_cells_add_up_to_the_figure_exactly(centre: Centre, code: str, text: str) -> None:
    scope = scope_of(centre, text)
    figure = readings.read([code], scope=scope, first=FIRST, end=END, per=Period.WHOLE)[code][0]
    page = records.of(code, scope=scope, first=FIRST, end=END, limit=1000)
    assert (page.n, page.numerator, page.denominator) == (figure.n, figure.numerator, figure.denominator)
    assert page.total == len(page.rows) == figure.n
    scanned = records.of(code, scope=scope, first=FIRST, end=END, filters=RecordFilters(least=-1), limit=1000)
    assert (scanned.sums, [row["id"] for row in scanned.rows]) == (page.sums, [row["id"] for row in page.rows])
    shown = cells.breakdown(code, scope=scope, first=FIRST, end=END, limit=1000)
    assert shown.total == len(shown.rows)
    assert sum(row.numerator for row in shown.rows) == figure.numerator
    assert sum(row.n for row in shown.rows) == figure.n


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    offset=st.integers(0, 110), limit=st.integers(1, 40),
    sort=st.sampled_from(["moment", "-moment", "value", "-value"]), text=st.sampled_from(SCOPES),
)  # fmt: skip
def test_pages_put_together_are_the_whole_list(centre: Centre, offset: int, limit: int, sort: str, text: str) -> None:
    scope = scope_of(centre, text)
    whole = list(records.stream_rows("csat", scope=scope, first=FIRST, end=END, sort=sort))
    page = records.of("csat", scope=scope, first=FIRST, end=END, sort=sort, offset=offset, limit=limit)
    assert [row["id"] for row in page.rows] == [row[0] for row in whole[offset : offset + limit]]
    assert page.total == len(whole)


@pytest.mark.parametrize("kind", ["self", "team", "partner", "both"])
def test_records_beyond_reach_are_not_listed(centre: Centre, kind: str) -> None:
    me, blue = centre.people["A-2"].pk, frozenset({centre.teams["blue"].pk})
    north = frozenset({centre.partner.pk if centre.partner else 0})
    reach = {
        "self": Reach(me), "team": Reach(me, team_ids=blue), "partner": Reach(me, partner_ids=north),
        "both": Reach(me, partner_ids=north, team_ids=blue),
    }[kind]  # fmt: skip
    for text in SCOPES:
        scope = scope_of(centre, text)
        figure = readings.read(["csat"], scope=scope, first=FIRST, end=END, per=Period.WHOLE, reach=reach)["csat"][0]
        page = records.of("csat", scope=scope, first=FIRST, end=END, reach=reach, limit=1000)
        scanned = records.of("csat", scope=scope, first=FIRST, end=END, reach=reach, filters=RecordFilters(least=0))
        assert page.total == len(page.rows) == scanned.total == figure.n
        assert scanned.numerator == figure.numerator
    mine = records.of("csat", scope=ORGANISATION, first=FIRST, end=END, reach=Reach(me), limit=1000)
    assert {row["person_id"] for row in mine.rows} == {me}


def test_filters_narrow_by_slice_topic_and_value(centre: Centre) -> None:
    def count(**filters: Any) -> list[dict[str, Any]]:
        found = records.of(
            "csat", scope=ORGANISATION, first=FIRST, end=END, filters=RecordFilters(**filters), limit=1000
        )
        assert found.total == len(found.rows)
        return found.rows

    everything = count()
    line = centre.lines["chat"].pk
    assert len(count(line_id=line)) == sum(row["line_id"] == line for row in everything)
    assert len(count(channel=2)) == sum(row["channel"] == "чат" or row["channel"] == "chat" for row in everything)
    assert len(count(topic="a")) == sum(row["topic"] == "a" for row in everything)
    assert {row["value"] for row in count(most=2)} == {1, 2}
    assert count(topic="no such") == []


def test_a_record_shows_whose_it_was_on_its_day(centre: Centre) -> None:
    rows = records.of("csat", scope=scope_of(centre, "person:A-1"), first=FIRST, end=END, limit=100).rows
    teams = {row["team"] for row in rows if row["day"] < date(2026, 8, 10)}
    assert teams == {"red"}
    assert {row["team"] for row in rows if row["day"] >= date(2026, 8, 10)} == {"blue"}
    assert {(row["person"], row["grade"], row["partner"]) for row in rows} == {("A-1 Яна", "junior", "")}
    assert all(row["moment"].tzinfo is not None for row in rows)


def test_an_export_has_a_value_for_every_column(centre: Centre) -> None:
    heads = [column.key for column in records.columns("qa")]
    rows = list(records.stream_rows("qa", scope=scope_of(centre, "team:red"), first=FIRST, end=END))
    assert heads[-4:] == ["team", "grade", "partner", "value"]
    assert all(len(row) == len(heads) for row in rows)
    assert (
        len(rows)
        == readings.read(["qa"], scope=scope_of(centre, "team:red"), first=FIRST, end=END, per=Period.WHOLE)["qa"][0].n
    )


def test_a_headcount_has_no_records(centre: Centre) -> None:
    assert records.of("junior_share", scope=ORGANISATION, first=FIRST, end=END).total == 0
    assert list(records.stream_rows("junior_share", scope=ORGANISATION, first=FIRST, end=END)) == []
    assert cells.breakdown("junior_share", scope=ORGANISATION, first=FIRST, end=END).total == 0


def test_a_time_without_records_is_an_empty_list(centre: Centre) -> None:
    early = {"scope": ORGANISATION, "first": date(2020, 1, 1), "end": date(2020, 2, 1)}
    assert records.of("csat", **early).rows == []  # type: ignore[arg-type]  # the keys are those of the call
    assert records.of("csat", **early, filters=RecordFilters(topic="a")).rows == []  # type: ignore[arg-type]  # as above
    assert list(records.stream_rows("csat", **early)) == []  # type: ignore[arg-type]  # as above
    assert tallies.check() == []
