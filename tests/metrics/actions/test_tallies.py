"""Tallying: only what changed is written, sums are exact, cells follow people, and a check finds what is wrong."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nastavnik.kernel import events
from nastavnik.metrics.actions import tallies
from nastavnik.metrics.enums import Grain
from nastavnik.metrics.models import Cell, FactDay, TalliedDay, UnitCell
from nastavnik.people.events import EmploymentChanged, GradeChanged, MembershipChanged, PersonHired
from nastavnik.people.models import Employment, GradeHolding, TeamMembership
from tests.factories import metrics as make
from tests.factories.metrics import AT, Centre

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 30)


@pytest.fixture
def centre() -> Centre:
    return make.centre()


def ratings(centre: Centre, days: int = 4) -> list[dict[str, Any]]:
    """Two rated contacts of each person and day, across the end of March."""
    rows = []
    for back in range(days):
        day = FIRST + timedelta(days=back)
        for number, who in enumerate(centre.people.values()):
            line = centre.lines["voice" if who.code.startswith("A") else "chat"]
            rows += [
                make.contact(who, day, rating=1 + (number + back + step) % 5, line_id=line.pk, channel=1 + step,
                             handled_ms=1000 * (number + 1))
                for step in range(2)
            ]  # fmt: skip
    return rows


def snapshot(model: type[Cell] | type[UnitCell]) -> list[tuple[Any, ...]]:
    """All cells without their ids."""
    names = [field.attname for field in model._meta.concrete_fields if field.name != "id"]
    rows = model.objects.order_by(*[name for name in names if name not in ("n", "total", "squares")])
    return [tuple(tuple(v) if isinstance(v, list) else v for v in row) for row in rows.values_list(*names)]


def test_a_cell_holds_number_sum_and_squares_with_whose_they_were(centre: Centre) -> None:
    who = centre.people["A-1"]
    make.tally("contacts", [make.contact(who, FIRST, rating=one, handled_ms=60_000) for one in (5, 5, 3)])
    cell = Cell.objects.get(tally_set="contacts", grain=Grain.DAY)
    assert (cell.n[0], cell.total[0], cell.squares[0]) == (3, 13, Decimal(59))
    assert (cell.n[1], cell.total[1], cell.squares[1]) == (3, 2, None)
    assert (cell.n[4], cell.squares[4]) == (3, Decimal(3 * 60_000**2))
    whose = (cell.person, cell.team, cell.grade, cell.partner, cell.line, cell.channel)
    assert whose == (who, centre.teams["red"], centre.grades["junior"], None, None, 0)


def test_squares_of_long_times_pass_64_bits_exactly(centre: Centre) -> None:
    longest = 31 * 86_400_000
    make.tally("contacts", [make.contact(centre.people["A-1"], FIRST, handled_ms=longest) for _n in range(3)])
    for model in (Cell, UnitCell):
        for row in model.objects.all():
            assert row.squares[4] == 3 * longest**2 > 2**64 - 1


def test_month_rows_are_the_sums_of_their_days_and_units_those_of_their_people(centre: Centre) -> None:
    make.tally("contacts", ratings(centre))
    total = sum(row["rating"] for row in ratings(centre))
    for model in (Cell, UnitCell):
        for grain in Grain:
            rows = model.objects.filter(tally_set="contacts", grain=grain)
            assert sum(row.total[0] for row in rows) == total
    assert set(Cell.objects.filter(grain=Grain.MONTH).values_list("start_date", flat=True)) == {
        date(2026, 3, 1), date(2026, 4, 1),
    }  # fmt: skip
    assert UnitCell.objects.filter(grain=Grain.DAY, start_date=FIRST).count() == 12


def test_tallying_again_writes_nothing(centre: Centre) -> None:
    make.tally("contacts", ratings(centre))
    before = (snapshot(Cell), snapshot(UnitCell), set(Cell.objects.values_list("pk", flat=True)))
    again = tallies.retally(stream="contacts", days=None, at=AT)
    assert (again.changed_days, again.cells) == (0, 0)
    assert again.days == 8  # four days of two tally sets
    assert (snapshot(Cell), snapshot(UnitCell), set(Cell.objects.values_list("pk", flat=True))) == before


def test_only_days_that_changed_are_written(centre: Centre) -> None:
    rows = ratings(centre)
    make.tally("contacts", rows)
    kept = set(Cell.objects.filter(grain=Grain.DAY, start_date__lt=date(2026, 4, 2)).values_list("pk", flat=True))
    rows[-1]["rating"] = 1
    make.write("contacts", rows)
    found = tallies.retally(stream="contacts", days=None, at=AT)
    assert found.changed_days == 1
    assert kept <= set(Cell.objects.values_list("pk", flat=True))
    assert tallies.check() == []


def test_a_day_that_lost_its_facts_loses_its_cells(centre: Centre) -> None:
    make.tally("contacts", ratings(centre))
    make.write("contacts", [make.contact(None, FIRST, rating=None)])
    found = tallies.retally(stream="contacts", days=[FIRST], at=AT)
    assert found.changed_days == 1
    # A contact without a rating or a time counts for nothing: no cell, no tallied day.
    assert not Cell.objects.filter(grain=Grain.DAY, start_date=FIRST).exists()
    assert not TalliedDay.objects.filter(day=FIRST).exists()
    assert tallies.check() == []


def test_records_of_nobody_count_for_the_organisation(centre: Centre) -> None:
    make.tally("contacts", [make.contact(None, FIRST, rating=4)])
    cell = Cell.objects.get(grain=Grain.MONTH)
    assert (cell.person, cell.team, cell.total[0]) == (None, None, 4)


def test_a_repeat_changes_the_cell_of_the_day_it_came_back_to(centre: Centre) -> None:
    who = centre.people["A-1"]
    first = make.contact(who, FIRST, customer="x", topic="a", resolved=True)
    make.tally("contacts", [first])
    repeat = make.contact(centre.people["B-1"], FIRST + timedelta(days=6), customer="x", topic="a")
    found = make.tally("contacts", [repeat])
    assert found.changed_days == 1
    cell = Cell.objects.get(tally_set="contacts_repeat", grain=Grain.DAY)
    assert (cell.person, cell.start_date, cell.n, cell.total) == (who, FIRST, [1], [0])
    assert tallies.check() == []


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_split_of_loads_and_any_order_gives_the_same_cells(data: st.DataObject) -> None:
    people = Centre(people={one.code: one for one in _people()})
    for table in (Cell, UnitCell, TalliedDay, FactDay):
        table.objects.all().delete()
    rows = [
        make.contact(
            data.draw(st.sampled_from(list(people.people.values()))), FIRST + timedelta(days=day), rating=rating,
            customer="x", topic="a", resolved=True,
        )
        for day, rating in data.draw(
            st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), min_size=1, max_size=12)
        )
    ]  # fmt: skip
    make.tally("contacts", rows)
    at_once = (snapshot(Cell), snapshot(UnitCell))
    days = data.draw(st.permutations(sorted({row["day"] for row in rows})))
    for model in (Cell, UnitCell, TalliedDay):
        model.objects.all().delete()
    for day in days:
        tallies.retally(stream="contacts", days=[day], at=AT)
    assert (snapshot(Cell), snapshot(UnitCell)) == at_once


def _people() -> list[Any]:
    from nastavnik.people.models import Person

    if not Person.objects.exists():
        make.centre()
    return list(Person.objects.all())


def _move(centre: Centre, code: str, team: str, since: date) -> None:
    person = centre.people[code]
    TeamMembership.objects.filter(person=person).update(active_to=since)
    TeamMembership.objects.create(person=person, team=centre.teams[team], active_from=since)


def test_cells_from_the_day_of_a_move_are_charged_to_the_new_team(centre: Centre) -> None:
    make.tally("contacts", ratings(centre))
    _move(centre, "A-1", "blue", date(2026, 4, 1))
    moved = tallies.reattribute(person_ids=[centre.people["A-1"].pk], since=date(2026, 4, 1), at=AT)
    assert moved == 4  # two days, two channels
    teams = Cell.objects.filter(person=centre.people["A-1"], grain=Grain.DAY, channel=1)
    assert [row.team_id for row in teams.order_by("start_date")] == [
        centre.teams[code].pk for code in ("red", "red", "blue", "blue")
    ]
    assert tallies.check() == []


def test_a_move_in_the_middle_of_a_month_splits_its_month_row(centre: Centre) -> None:
    make.tally("contacts", ratings(centre))
    _move(centre, "A-1", "blue", date(2026, 3, 31))
    tallies.reattribute(person_ids=[centre.people["A-1"].pk], since=date(2026, 3, 31), at=AT)
    march = Cell.objects.filter(person=centre.people["A-1"], grain=Grain.MONTH, start_date=date(2026, 3, 1), channel=1)
    assert {row.team_id: row.n[0] for row in march} == {centre.teams["red"].pk: 1, centre.teams["blue"].pk: 1}
    assert tallies.check() == []


def test_nothing_moves_twice(centre: Centre) -> None:
    make.tally("contacts", ratings(centre))
    everybody = [one.pk for one in centre.people.values()]
    assert tallies.reattribute(person_ids=everybody, since=date.min, at=AT) == 0
    assert tallies.reattribute(person_ids=[], since=date.min, at=AT) == 0


def test_reactions_to_moves_and_grades_are_idempotent(centre: Centre) -> None:
    make.tally("contacts", ratings(centre))
    person = centre.people["A-1"]
    _move(centre, "A-1", "blue", date(2026, 4, 1))
    GradeHolding.objects.filter(person=person).update(active_to=date(2026, 3, 31))
    grade = centre.grades["senior"]
    GradeHolding.objects.create(person=person, ladder=grade.ladder, grade=grade, active_from=date(2026, 3, 31))
    moved = MembershipChanged(person_id=person.pk, since=date(2026, 4, 1))
    graded = GradeChanged(person_id=person.pk, ladder_id=grade.ladder_id, since=date(2026, 3, 31))
    for _time in range(2):
        for event in (moved, graded):
            for reaction in events.reactions_to(type(event)).values():
                reaction(event, AT)
        assert tallies.check() == []
    grades = Cell.objects.filter(person=person, grain=Grain.DAY, channel=1).order_by("start_date")
    assert [row.grade_id for row in grades] == [centre.grades[one].pk for one in ("junior", *["senior"] * 3)]


def test_what_came_before_a_hiring_and_a_new_partner_is_charged_afterwards(centre: Centre) -> None:
    person = centre.people["A-1"]
    Employment.objects.filter(person=person).delete()
    TeamMembership.objects.filter(person=person).delete()
    make.tally("contacts", [make.contact(person, FIRST, rating=4)])
    TeamMembership.objects.create(person=person, team=centre.teams["north"], active_from=FIRST)
    for reaction in events.reactions_to(PersonHired).values():
        reaction(PersonHired(person_id=person.pk), AT)
    assert Cell.objects.get(grain=Grain.MONTH).team == centre.teams["north"]
    Employment.objects.create(person=person, kind="partner", partner=centre.partner, active_from=FIRST)
    for reaction in events.reactions_to(EmploymentChanged).values():
        reaction(EmploymentChanged(person_id=person.pk, since=FIRST), AT)
    assert Cell.objects.get(grain=Grain.MONTH).partner == centre.partner
    assert tallies.check() == []


@pytest.mark.parametrize("model", [Cell, UnitCell])
@pytest.mark.parametrize("grain", list(Grain))
def test_a_check_finds_a_cell_that_is_not_what_the_facts_give(
    centre: Centre, model: type[Cell] | type[UnitCell], grain: Grain
) -> None:
    make.tally("contacts", ratings(centre))
    row = model.objects.filter(grain=grain).order_by("pk")[0]
    row.total[0] += 1
    row.save(update_fields=["total"])
    found = tallies.check(stream="contacts")
    assert found
    assert any(one.table == model._meta.db_table and one.stored and one.expected for one in found)
    assert "expected" in str(found[0])


def test_a_check_finds_missing_and_superfluous_cells(centre: Centre) -> None:
    make.tally("contacts", ratings(centre))
    gone = Cell.objects.filter(grain=Grain.DAY).order_by("pk")[0]
    gone.delete()
    found = [one for one in tallies.check() if one.table == Cell._meta.db_table and one.grain == "D"]
    assert [(one.start_date, one.stored) for one in found] == [(gone.start_date, None)]
    assert tallies.check(stream="reviews") == []


def test_progress_counts_the_days(centre: Centre) -> None:
    seen: list[tuple[int, int]] = []
    days = make.write("contacts", ratings(centre))
    tallies.retally(stream="contacts", days=days, at=AT, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (8, 8)


def test_a_changed_definition_counts_every_day_anew(centre: Centre) -> None:
    make.tally("contacts", ratings(centre))
    TalliedDay.objects.filter(tally_set="contacts").update(fingerprint="of another definition")
    assert tallies.retally(stream="contacts", days=None, at=AT).changed_days == 4
