"""Gates: three values, two levels, what is missing."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.learning.logic import judging, requirements
from nastavnik.learning.logic.requirements import BadGate, Finding, Group, Need, Outcome, Rule, Verdict

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
A, B, C = Need.of("tenure", days=1), Need.of("tenure", days=2), Need.of("tenure", days=3)

needs = st.builds(lambda days: Need.of("tenure", days=days), st.integers(1, 6))
groups = st.builds(Group, st.sampled_from(Rule), st.lists(needs, min_size=1, max_size=4).map(tuple))
trees = st.builds(Group, st.sampled_from(Rule), st.lists(needs | groups, min_size=1, max_size=4).map(tuple))
worlds = st.fixed_dictionaries({days: st.sampled_from(Verdict) for days in range(1, 7)})


def judged(tree: Group, **verdicts: Verdict) -> Outcome:
    known = {A: verdicts.get("a"), B: verdicts.get("b"), C: verdicts.get("c")}
    return requirements.evaluate(tree, lambda need: Finding(known[need] or UNKNOWN))


@pytest.mark.parametrize(
    ("a", "b", "all_of", "any_of"),
    [
        (MET, MET, MET, MET),
        (MET, NOT_MET, NOT_MET, MET),
        (MET, UNKNOWN, UNKNOWN, MET),
        (NOT_MET, NOT_MET, NOT_MET, NOT_MET),
        (NOT_MET, UNKNOWN, NOT_MET, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_three_values_join_as_kleene_says(a: Verdict, b: Verdict, all_of: Verdict, any_of: Verdict) -> None:
    for first, second in ((a, b), (b, a)):
        assert judged(Group(Rule.ALL, (A, B)), a=first, b=second).verdict == all_of
        assert judged(Group(Rule.ANY, (A, B)), a=first, b=second).verdict == any_of


def test_a_gate_without_needs_is_open() -> None:
    assert judged(Group()) == Outcome(MET)


def test_each_need_of_all_is_missing_by_itself() -> None:
    assert judged(Group(Rule.ALL, (A, B, C)), a=MET, b=NOT_MET, c=UNKNOWN) == Outcome(NOT_MET, ((B,), (C,)))


def test_needs_of_any_are_alternatives() -> None:
    tree = Group(Rule.ALL, (A, Group(Rule.ANY, (B, C))))
    assert judged(tree, a=MET, b=NOT_MET, c=NOT_MET) == Outcome(NOT_MET, ((B, C),))
    assert judged(tree, a=NOT_MET, b=MET, c=NOT_MET) == Outcome(NOT_MET, ((A,),))


@given(trees, worlds)
def test_an_open_gate_lacks_nothing_and_a_shut_one_says_what(tree: Group, world: dict[int, Verdict]) -> None:
    outcome = requirements.evaluate(tree, lambda need: Finding(world[need["days"]]))
    assert bool(outcome.lacks) == (outcome.verdict != MET)
    assert all(world[need["days"]] != MET for lack in outcome.lacks for need in lack)


@given(trees, worlds)
def test_unknown_means_that_it_may_still_go_either_way(tree: Group, world: dict[int, Verdict]) -> None:
    """The verdict of what is unknown follows from deciding it: always yes, always no, or it depends."""

    def verdict(of_unknown: Verdict) -> Verdict:
        return requirements.evaluate(
            tree, lambda need: Finding(of_unknown if world[need["days"]] == UNKNOWN else world[need["days"]])
        ).verdict

    best, worst = verdict(MET), verdict(NOT_MET)
    found = requirements.evaluate(tree, lambda need: Finding(world[need["days"]])).verdict
    assert found == (best if best == worst else UNKNOWN)


@given(trees)
def test_a_gate_survives_being_stored(tree: Group) -> None:
    assert requirements.from_json(requirements.to_json(tree)) == tree


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"rule": "all"},
        {"rule": "none", "parts": []},
        {"rule": "any", "parts": []},
        {"rule": "all", "parts": [{"days": 3}]},
        {"rule": "all", "parts": [{"kind": "tenure", "days": [1]}]},
        {"rule": "all", "parts": [{"rule": "any", "parts": [{"rule": "all", "parts": [{"kind": "x"}]}]}]},
        {"rule": "all", "parts": [{"kind": "tenure", "days": day} for day in range(41)]},
    ],
)
def test_what_is_no_gate_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(BadGate):
        requirements.from_json(stored)


def test_a_gate_reads_as_a_sentence() -> None:
    tree = Group(Rule.ALL, (A, Group(Rule.ANY, (B, C)), Group(Rule.ANY, (A,))))
    said = requirements.joined(tree, lambda need: f"day {need['days']}", all_of="and", any_of="or")
    assert said == "day 1 and (day 2 or day 3) and day 1"


def test_taking_a_need_out_takes_its_empty_group_too() -> None:
    tree = Group(Rule.ALL, (A, Group(Rule.ANY, (B,))))
    assert requirements.without(tree, B) == Group(Rule.ALL, (A,))


def test_an_exam_is_not_enough_evidence_until_it_was_taken_in_this_cycle() -> None:
    march, may = date(2026, 3, 2), date(2026, 5, 4)
    assert judging.exam("Test", 85, None, None).verdict == UNKNOWN
    assert judging.exam("Test", 85, 84.96, march).verdict == NOT_MET
    assert judging.exam("Test", 85, 85, march).verdict == MET
    assert judging.exam("Test", 85, 99, march, since=may).verdict == UNKNOWN
    assert judging.exam("Test", 85, 99, may, since=may).verdict == MET


def test_what_is_missing_names_the_figure() -> None:
    found = judging.exam("Refunds", 85, 71.25, date(2026, 3, 2)).missing
    assert found is not None
    assert found.text == "71.2% in the test “Refunds”, 85% are needed"


def test_tenure_counts_days_since_joining() -> None:
    joined = date(2026, 1, 1)
    assert judging.tenure(30, joined, date(2026, 1, 30)).verdict == NOT_MET
    assert judging.tenure(30, joined, date(2026, 1, 31)).verdict == MET
    assert judging.tenure(30, None, date(2026, 1, 31)).verdict == UNKNOWN


def test_a_panel_waits_for_all_judges_and_takes_the_mean() -> None:
    marks = [(90.0, 90.0), (60.0, 70.0, 80.0), (60.0, 60.0, 80.0)]
    assert [judging.panel(70, 3, one).verdict for one in marks] == [UNKNOWN, MET, NOT_MET]


def test_a_reading_without_target_or_records_is_not_enough_evidence() -> None:
    assert judging.reading("CSAT", window=28, n=3, value=None, target=4.85, met=None).verdict == UNKNOWN
    assert judging.reading("CSAT", window=28, n=90, value=4.9, target=None, met=None).verdict == UNKNOWN
    assert judging.reading("CSAT", window=28, n=90, value=4.9, target=4.85, met=True).verdict == MET
    assert judging.reading("CSAT", window=28, n=90, value=4.7, target=4.85, met=False).verdict == NOT_MET


def test_a_sign_off_is_open_until_somebody_decides() -> None:
    found = [judging.sign_off("mentor", approved=one, comment="no").verdict for one in (None, False, True)]
    assert found == [UNKNOWN, NOT_MET, MET]


def test_equal_needs_have_one_key_whatever_the_order() -> None:
    assert Need.of("exam", exam="a", percent=85).key == Need.of("exam", percent=85, exam="a").key
    assert len({Need.of(kind, days=days).key for kind, days in product("ab", (1, 2))}) == 4
