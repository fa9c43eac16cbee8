"""What a file would change, from rows and the present state alone."""

from datetime import date
from typing import Any

import pytest

from nastavnik.people.logic import people_import as planner
from nastavnik.people.logic.people_import import Catalogue, Change, Hiring, Known, KnownPerson, Plan, Step
from nastavnik.people.logic.spans import Span

NOVEMBER = date(2026, 11, 1)
JANUARY = date(2026, 1, 12)
CHAT, CRISIS = Known(1, "Чат"), Known(2, "Кризис")
CATALOGUE = Catalogue(
    teams={"чат": CHAT, "chat": CHAT, "кризис": CRISIS},
    posts={"оператор": Known(5, "Оператор")},
    grades={"сеньор": Known(8, "Сеньор", group=1), "мидл": Known(7, "Мидл", group=1)},
    partners={"волга": Known(3, "Волга")},
    kinds={"штат": "staff", "удаленка": "remote", "партнер": "partner"},
)


def anna(**fields: Any) -> KnownPerson:
    known: dict[str, Any] = {
        "id": 11,
        "code": "A-001",
        "name": "Петрова Анна",
        "card": {"family_name": "Петрова", "given_name": "Анна", "email": "anna@example.org"},
        "aliases": frozenset({"agent-1"}),
        "employments": (Span(JANUARY, None, ("staff", None)),),
        "teams": (Span(JANUARY, None, 1),),
    }
    return KnownPerson(**{**known, **fields})


def planned(*rows: dict[str, str | None], person: KnownPerson | None = None) -> Plan:
    people = {person.code: person} if person else {}
    return planner.plan(enumerate(rows, start=2), people, CATALOGUE, NOVEMBER)


def steps(**cells: str | None) -> tuple[Step, ...]:
    """Steps of one row about Anna."""
    made = planned({"code": "A-001", **cells}, person=anna())
    assert made.rejected == []
    return made.changes[0].steps if made.changes else ()


def problem(*rows: dict[str, str | None], person: KnownPerson | None = None) -> tuple[int, str]:
    rejected = planned(*rows, person=person).rejected
    return rejected[-1].line, type(rejected[-1].problem).__name__


def test_a_new_code_is_hired_as_of_the_day() -> None:
    made = planned({"code": "B-1", "name": "Ёлкина Мария Олеговна", "team": "чат", "email": "M@Example.org"})
    card = {"family_name": "Ёлкина", "given_name": "Мария", "patronymic": "Олеговна", "email": "m@example.org"}
    hiring = Hiring(NOVEMBER, "staff", card, team=1)
    assert made.changes == [Change(2, "B-1", "Ёлкина Мария", hiring)]


def test_a_newcomer_comes_with_everything_the_row_names() -> None:
    row = {"code": "B-1", "family_name": "Ёлкина", "joined": "12.10.2026", "partner": "Волга", "post": "Оператор"}
    made = planned({**row, "grade": "Сеньор", "alias": "agent-9", "left": "2026-12-31"})
    hiring = Hiring(
        date(2026, 10, 12), "partner", {"family_name": "Ёлкина"}, partner=3, post=5, grade=8, alias="agent-9"
    )
    left = Step("left", "", "2026-12-31", date(2026, 12, 31))
    assert made.changes == [Change(2, "B-1", "Ёлкина", hiring, (left,))]


def test_a_row_that_says_what_is_so_changes_nothing() -> None:
    row = {
        "code": "A-001",
        "name": "Петрова Анна",
        "team": "Chat",
        "kind": "штат",
        "alias": "agent-1",
        "joined": "2026-01-12",
    }
    made = planned(row, person=anna())
    assert (made.read, made.unchanged, made.changes, made.rejected) == (1, 1, [], [])


def test_empty_cells_say_nothing() -> None:
    assert steps(team=None, email="", post=None, left=None) == ()


@pytest.mark.parametrize(
    ("cells", "step"),
    [
        ({"team": "Кризис"}, Step("team", "Чат", "Кризис", NOVEMBER, 2)),
        ({"team": "Кризис", "since": "2026-10-01"}, Step("team", "Чат", "Кризис", date(2026, 10, 1), 2)),
        ({"post": "оператор"}, Step("post", "", "Оператор", NOVEMBER, 5)),
        ({"grade": "мидл"}, Step("grade", "", "Мидл", NOVEMBER, 7)),
        ({"kind": "удалёнка"}, Step("kind", "staff", "remote", NOVEMBER)),
        ({"partner": "волга"}, Step("kind", "staff", "partner", NOVEMBER, 3)),
        ({"family_name": "Орлова"}, Step("family_name", "Петрова", "Орлова")),
        ({"alias": "agent-2"}, Step("alias", "", "agent-2")),
        ({"left": "30.11.2026"}, Step("left", "", "2026-11-30", date(2026, 11, 30))),
    ],
)
def test_each_cell_makes_its_step(cells: dict[str, str], step: Step) -> None:
    assert steps(**cells) == (step,)


def test_a_leaver_is_not_moved_by_the_same_row() -> None:
    assert [step.what for step in steps(left="2026-11-30", team="Кризис")] == ["left"]


def test_a_leaving_already_noted_is_so() -> None:
    gone = anna(employments=(Span(JANUARY, date(2026, 12, 1), ("staff", None)),))
    assert planned({"code": "A-001", "left": "2026-11-30"}, person=gone).unchanged == 1
    moved = planned({"code": "A-001", "left": "2026-11-29"}, person=gone).changes[0].steps
    assert moved == (Step("left", "2026-11-30", "2026-11-29", date(2026, 11, 29)),)


def test_the_card_of_somebody_who_left_is_still_corrected() -> None:
    gone = anna(employments=(Span(JANUARY, date(2026, 6, 1), ("staff", None)),), teams=())
    made = planned({"code": "A-001", "name": "Орлова Анна"}, person=gone)
    assert made.changes[0].steps == (Step("family_name", "Петрова", "Орлова"),)


def test_a_first_day_after_the_last_employment_is_a_return() -> None:
    gone = anna(employments=(Span(JANUARY, date(2026, 6, 1), ("staff", None)),), teams=())
    row = {"code": "A-001", "joined": "2026-11-10", "team": "чат"}
    made = planned(row, person=gone).changes[0].steps
    day = date(2026, 11, 10)
    assert made == (Step("joined", "", "staff", day), Step("team", "", "Чат", day, 1))


def test_a_partners_person_stays_so_when_only_the_kind_is_named() -> None:
    theirs = anna(employments=(Span(JANUARY, None, ("partner", 3)),))
    assert planned({"code": "A-001", "kind": "партнёр"}, person=theirs).unchanged == 1


def test_two_rows_of_one_person_on_two_days_are_two_changes() -> None:
    rows: list[dict[str, str | None]] = [
        {"code": "A-001", "team": "Кризис", "since": "2026-10-01"},
        {"code": "A-001", "team": "Чат", "since": "2026-11-01"},
    ]
    made = planned(*rows, person=anna())
    assert [change.steps[0].new for change in made.changes] == ["Кризис", "Чат"]


def test_a_newcomer_may_be_moved_by_a_later_row() -> None:
    rows: list[dict[str, str | None]] = [
        {"code": "B-1", "family_name": "Ёлкина", "joined": "2026-10-01", "team": "Чат", "since": "2026-10-01"},
        {"code": "B-1", "team": "Кризис", "since": "2026-11-01"},
    ]
    made = planned(*rows)
    assert [change.hiring is not None for change in made.changes] == [True, False]
    assert made.changes[1].steps == (Step("team", "Чат", "Кризис", NOVEMBER, 2),)


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({"code": None}, "NoCode"),
        ({"code": "B-1"}, "NoFamilyName"),
        ({"code": "A-001", "team": "Луна"}, "UnknownName"),
        ({"code": "A-001", "kind": "призрак"}, "UnknownName"),
        ({"code": "A-001", "since": "вчера"}, "NotADay"),
        ({"code": "A-001", "left": "31.02.2026"}, "NotADay"),
        ({"code": "A-001", "team": "Кризис", "since": "2025-12-31"}, "NotEmployedThen"),
        ({"code": "A-001", "left": "2025-12-31"}, "LeftBeforeJoined"),
        ({"code": "B-1", "name": "Ёлкина", "joined": "2026-02-01", "left": "2026-01-01"}, "LeftBeforeJoined"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(cells: dict[str, str | None], name: str) -> None:
    assert problem(cells, person=anna()) == (2, name)


def test_the_same_person_twice_for_one_day_is_refused() -> None:
    row: dict[str, str | None] = {"code": "A-001", "team": "Кризис"}
    assert problem(row, row, person=anna()) == (3, "CodeTwice")


@pytest.mark.parametrize("text", ["2026-11-01", "1.11.2026", "2026-11-01 00:00:00", "01.11.2026"])
def test_days_are_read_as_people_and_spreadsheets_write_them(text: str) -> None:
    assert planner.to_day(text) == NOVEMBER
