"""Who is in the invented centre."""

from collections import Counter
from datetime import date

import pytest

from nastavnik.demo import truth
from nastavnik.demo.errors import TooFewPeople
from nastavnik.demo.plan import LEAST, PARTNER, plan
from nastavnik.demo.roster import roster

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("people", [LEAST, 161, 199, 240, 241, 777, 2000, 10_000])
def test_the_parts_add_up_to_the_people_asked_for(people: int) -> None:
    assert plan(people).total == people
    assert len(roster(people, 1, TODAY).careers) == people


@pytest.mark.parametrize("people", [0, LEAST - 1, 10_001])
def test_a_centre_too_small_or_too_large_is_refused(people: int) -> None:
    with pytest.raises(TooFewPeople):
        plan(people)


def test_equal_seed_and_day_give_an_equal_centre() -> None:
    assert roster(240, 7, TODAY) == roster(240, 7, TODAY)
    assert roster(240, 7, TODAY) != roster(240, 8, TODAY)


def test_the_default_centre_has_six_lines_and_a_partner_centre_of_sixty() -> None:
    centre = roster(240, 1, TODAY)
    assert [line.code for line in centre.lines] == ["inbound", "outbound", "chat", "internal", "crisis", "premium"]
    assert sum(career.partner == PARTNER for career in centre.careers) == 60


def test_half_of_the_crisis_team_were_juniors_in_june_2023_and_two_of_eleven_in_september() -> None:
    def grades(day: date) -> Counter[str]:
        centre = roster(240, 1, TODAY)
        team = [c for c in centre.careers if c.handles_contacts and c.team_on(day) == "crisis"]
        return Counter(
            [grade for since, ladder, grade in c.grades if ladder == "agent" and since <= day][-1] for c in team
        )

    june, september = grades(date(2023, 6, 30)), grades(date(2023, 9, 30))
    assert (june["junior"], june.total()) == (5, 10)
    assert (september["junior"], september.total()) == (2, 11)


def test_some_left_some_moved_some_may_only_write_and_some_came_in_monthly_intakes() -> None:
    careers = roster(240, 1, TODAY).careers
    first = truth.window(TODAY).first
    assert sum(c.left is not None for c in careers) >= 4
    assert sum(len(c.teams) > 1 and c.teams[-1][0] >= first for c in careers) >= 3
    assert sum(bool(c.restrictions) for c in careers) >= 3
    assert len({c.joined for c in careers if c.joined >= first}) >= 2


@pytest.mark.parametrize("people", [LEAST, 240, 2000])
def test_persons_of_known_effect_are_there_and_stay(people: int) -> None:
    careers = {c.code: c for c in roster(people, 3, TODAY).careers}
    for code in (*truth.ABOVE, *truth.BELOW):
        assert careers[code].handles_contacts
        assert careers[code].left is None


def test_nothing_happens_after_the_day_of_loading() -> None:
    for career in roster(500, 5, TODAY).careers:
        days = [career.joined, *(d for d, _ in career.teams), *(d for d, _, _ in career.grades)]
        assert max(days) <= TODAY
        assert days == sorted(days) or career.joined == min(days)
