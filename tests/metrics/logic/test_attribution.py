"""Whose a record is on its day."""

from datetime import date

from nastavnik.metrics.logic.attribution import Attribution, Holding, merge


def test_spans_change_wherever_anything_about_the_person_does() -> None:
    teams = [Holding(1, 10, date(2023, 1, 1), date(2023, 3, 1)), Holding(1, 11, date(2023, 4, 1))]
    grades = [Holding(1, 20, date(2023, 2, 1))]
    partners = [Holding(1, 30, date(2022, 1, 1), date(2022, 6, 1))]
    assert merge(teams, grades, partners) == [
        Attribution(1, date(2022, 1, 1), date(2022, 6, 1), None, None, 30),
        Attribution(1, date(2023, 1, 1), date(2023, 2, 1), 10, None, None),
        Attribution(1, date(2023, 2, 1), date(2023, 3, 1), 10, 20, None),
        Attribution(1, date(2023, 3, 1), date(2023, 4, 1), None, 20, None),
        Attribution(1, date(2023, 4, 1), date.max, 11, 20, None),
    ]


def test_each_person_has_spans_of_their_own() -> None:
    found = merge([Holding(1, 10, date(2023, 1, 1)), Holding(2, 10, date(2023, 1, 1))], [], [])
    assert [(one.person_id, one.team_id) for one in found] == [(1, 10), (2, 10)]
