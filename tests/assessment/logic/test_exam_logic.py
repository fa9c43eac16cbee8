"""Blueprints, assembly, windows, verdicts, reachable totals, papers."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.assessment.enums import EndedBy, Outcome
from nastavnik.assessment.logic import blueprint as blueprints
from nastavnik.assessment.logic import papers, verdicts
from nastavnik.assessment.logic.assembly import Candidate, Shortage, assemble
from nastavnik.assessment.logic.blueprint import (
    AnchorsOff,
    Blueprint,
    Line,
    LineTwice,
    NoItems,
    NoLines,
    SharesOff,
    Sort,
    UnreadableBlueprint,
    apportioned,
    counts,
)
from nastavnik.assessment.logic.items import Essay, Matching, Multiple, Ordering, Pair, Single, TrueFalse
from nastavnik.assessment.logic.reachable import reach, spread
from nastavnik.assessment.logic.texts import rich
from nastavnik.assessment.logic.windows import ending, gate_delay
from tests.factories.assessment import options, single

NINE = datetime(2026, 12, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("plan", "error"),
    [
        (Blueprint(0, (Line(100),)), NoItems),
        (Blueprint(201, (Line(100),)), NoItems),
        (Blueprint(10, ()), NoLines),
        (Blueprint(10, (Line(0), Line(100, 1))), NoLines),
        (Blueprint(10, (Line(50),)), SharesOff),
        (Blueprint(10, (Line(50), Line(50))), LineTwice),
        (Blueprint(10, (Line(100),), 5, 4), AnchorsOff),
        (Blueprint(10, (Line(100),), 0, 11), AnchorsOff),
    ],
)
def test_what_a_blueprint_cannot_be(plan: Blueprint, error: type[Exception]):
    with pytest.raises(error):
        blueprints.checked(plan)


def test_a_blueprint_is_the_same_after_being_stored():
    plan = Blueprint(30, (Line(70, 4), Line(30, 5, Sort.CASE)), 6, 10)
    assert blueprints.from_json(blueprints.to_json(plan)) == plan


@pytest.mark.parametrize("stored", [{}, None, [], {"items": "x", "lines": []}, {"items": 3, "lines": [{"share": 100}]}])
def test_an_unreadable_blueprint_is_refused(stored: Any):
    with pytest.raises((UnreadableBlueprint, NoLines)):
        blueprints.from_json(stored)


@given(st.integers(1, 200), st.lists(st.integers(1, 100), min_size=1, max_size=12))
def test_shares_are_apportioned_exactly_and_never_further_than_one_from_their_quota(total: int, weights: list[int]):
    found = apportioned(total, weights)
    assert sum(found) == total
    assert all(abs(n - total * weight / sum(weights)) < 1 for n, weight in zip(found, weights, strict=True))


def bank(number: int, **fields: Any) -> list[Candidate]:
    return [Candidate(n, Sort.CLASSIC, **fields) for n in range(1, number + 1)]


def test_items_nobody_has_seen_come_first_then_the_least_used():
    items = [
        Candidate(1, Sort.CLASSIC, seen_by=3), Candidate(2, Sort.CLASSIC, used=2), Candidate(3, Sort.CLASSIC, used=1),
        Candidate(4, Sort.CLASSIC),
    ]  # fmt: skip
    assert set(assemble(Blueprint(2, (Line(100),)), items, cap=1, seed=1).items) == {3, 4}


def test_items_over_the_cap_are_taken_only_when_nothing_else_is_left():
    items = [Candidate(1, Sort.CLASSIC, share=0.3), *bank(3)[1:]]
    two = assemble(Blueprint(2, (Line(100),)), items, cap=0.25, seed=1)
    three = assemble(Blueprint(3, (Line(100),)), items, cap=0.25, seed=1)
    assert (set(two.items), two.over_cap) == ({2, 3}, 0)
    assert (set(three.items), three.over_cap) == ({1, 2, 3}, 1)


def test_a_narrow_line_chooses_before_a_broad_one():
    items = [Candidate(1, Sort.CLASSIC, frozenset({7})), Candidate(2, Sort.CLASSIC, used=9)]
    found = assemble(Blueprint(2, (Line(50), Line(50, 7))), items, cap=1, seed=1)
    assert (set(found.items), found.shortages) == ({1, 2}, ())


def test_a_shortage_says_which_line_and_how_many():
    found = assemble(Blueprint(4, (Line(50), Line(50, 7))), bank(9), cap=1, seed=1)
    assert found.shortages == (Shortage(1, 2, 0),)


def test_too_few_anchors_are_a_shortage_of_their_own():
    items = [*bank(9), Candidate(10, Sort.CLASSIC, is_anchor=True)]
    found = assemble(Blueprint(5, (Line(100),), 2, 3), items, cap=1, seed=1)
    assert (found.anchors, found.shortages) == (frozenset({10}), (Shortage(None, 2, 1),))


@given(st.integers(0, 50), st.integers(1, 20), st.integers(0, 6))
def test_a_form_never_holds_an_item_twice_and_is_the_same_for_the_same_seed(seed: int, wanted: int, anchors: int):
    items = [Candidate(n, Sort.CLASSIC, frozenset({n % 3}), is_anchor=n % 4 == 0, used=n % 5) for n in range(30)]
    plan = Blueprint(wanted, (Line(60, 0), Line(40)), 0, min(anchors, wanted))
    found = assemble(plan, items, cap=1, seed=seed)
    assert len(found.items) == len(set(found.items)) <= wanted
    assert found == assemble(plan, items, cap=1, seed=seed)
    assert len(found.anchors) <= anchors


@pytest.mark.parametrize(
    ("minutes", "closes_after", "start_after", "ends_after", "by"),
    [
        (40, 720, 0, 40, EndedBy.TIME_LIMIT),
        (40, 720, 680, 720, EndedBy.TIME_LIMIT),  # both at once: the person's own limit
        (40, 720, 681, 720, EndedBy.WINDOW),
        (40, 720, 719, 720, EndedBy.WINDOW),
        (40, 30, 0, 30, EndedBy.WINDOW),
        (1, 720, 0, 1, EndedBy.TIME_LIMIT),
    ],
)
def test_which_rule_ends_an_attempt(minutes: int, closes_after: int, start_after: int, ends_after: int, by: EndedBy):
    found = ending(NINE + start_after * MINUTE, minutes, NINE + closes_after * MINUTE)
    assert (found.at, found.by) == (NINE + ends_after * MINUTE, by)


@given(st.text(max_size=20), st.integers(0, 600))
def test_the_gate_lets_everybody_in_within_the_spread(key: str, spread_seconds: int):
    delay = gate_delay(key, spread_seconds)
    assert timedelta(0) <= delay <= timedelta(seconds=spread_seconds)
    assert delay == gate_delay(key, spread_seconds)


def test_the_gate_spreads_two_thousand_starts_evenly():
    seconds = [int(gate_delay(f"attempt-{n}", 20).total_seconds()) for n in range(2000)]
    per_second = [seconds.count(n) for n in range(20)]
    assert min(per_second) > 60
    assert max(per_second) < 140


@pytest.mark.parametrize(
    ("points", "outcome"),
    [(23, "failed"), (24, "grey"), (25, "grey"), (27, "grey"), (28, "passed"), (30, "passed"), (0, "failed")],
)
def test_the_band_of_the_reference(points: int, outcome: str):
    judged_by = verdicts.rules(Fraction(30), pass_percent=85, grey=(80, 90))
    assert verdicts.outcome(Fraction(points), judged_by) == Outcome(outcome)


def test_the_band_moves_with_an_equated_cut():
    judged_by = verdicts.rules(Fraction(30), pass_percent=80, grey=(70, 90), equated_cut=Fraction(22))
    assert judged_by == verdicts.Rules(Fraction(22), verdicts.Band(Fraction(19), Fraction(25)))


@given(st.integers(0, 30), st.integers(0, 10))
def test_a_retest_passes_whoever_reaches_both_marks_together(earlier: int, again: int):
    needed = verdicts.needed_in_retest(
        earlier=Fraction(earlier), earlier_cut=Fraction(24), maximum=Fraction(10), pass_percent=80
    )
    if 22 <= earlier <= 32:
        assert (again >= needed) == (earlier + again >= 32)
    assert 0 <= needed <= 10


def test_reachable_totals_and_what_guessing_brings():
    found = reach([single(), single("другой")], Fraction(2))
    assert (found.lowest, found.highest, found.can_pass, found.can_fail) == (0, 2, True, True)
    assert found.guessing_passes == pytest.approx(0.25)
    assert not reach([single()], Fraction(2)).can_pass
    assert not reach([single()], Fraction(0)).can_fail


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (TrueFalse(stem=rich("?"), is_true=True), {Fraction(0): 0.5, Fraction(1): 0.5}),
        (Single(stem=rich("?"), choices=options("а", "б", "в", "г")), {Fraction(0): 0.75, Fraction(1): 0.25}),
        (Essay(stem=rich("?"), points=Fraction(2)), {Fraction(0): 1.0, Fraction(1): 0.0, Fraction(2): 0.0}),
        (
            Matching(stem=rich("?"), pairs=(Pair(rich("а"), "1"), Pair(rich("б"), "2"))),
            {Fraction(0): 0.25, Fraction(1, 2): 0.5, Fraction(1): 0.25},
        ),
    ],
)
def test_scores_of_one_item_under_guessing(item: Any, expected: dict[Fraction, float]):
    assert spread(item) == pytest.approx(expected)


ORDERING = Ordering(stem=rich("По порядку"), steps=tuple(rich(f"шаг{n}") for n in range(4)))
MULTIPLE = Multiple(stem=rich("Несколько"), choices=options("а", "б", "в"))
MATCHING = Matching(stem=rich("Соедините"), pairs=tuple(Pair(rich(f"л{n}"), f"п{n}") for n in range(3)))


@given(st.integers(0, 2**62), st.data())
def test_what_a_page_shows_and_what_it_sends_are_inverse(seed: int, data: st.DataObject):
    asked = [papers.question(one) for one in (single(), MULTIPLE, ORDERING, MATCHING)]
    laid = papers.layout(asked, seed=seed, shuffles_items=True, shuffles_options=True)
    answers = [
        data.draw(st.integers(0, 1)),
        sorted(data.draw(st.sets(st.integers(0, 2), min_size=1))),
        data.draw(st.permutations(range(4))),
        data.draw(st.lists(st.sampled_from(["п0", "п1", "п2"]), min_size=3, max_size=3)),
    ]
    for one in laid:
        question, answer = asked[one["p"] - 1], answers[one["p"] - 1]
        fields = _fields(question["kind"], papers.shown(question, one["o"], answer))
        assert papers.told(question, one["o"], fields, "q") == answer


def _fields(kind: str, shown: Any) -> dict[str, list[str]]:
    if kind == "single":
        return {"q": [str(shown)]}
    if kind == "multiple":
        return {"q": [str(place) for place in shown]}
    if kind == "ordering":
        return {f"q-{place}": [str(number)] for number, place in enumerate(shown, start=1)}
    return {f"q-{n}": [str(place)] for n, place in enumerate(shown)}


def test_a_frozen_question_holds_no_key():
    frozen = papers.question(Single(stem=rich("?"), choices=options("а", "б"), feedback=rich("Потому что")))
    assert frozen == {
        "kind": "single", "stem": ["?", "markdown"], "points": "1",
        "options": [["а", "markdown"], ["б", "markdown"]],
    }  # fmt: skip


def test_the_counts_of_a_blueprint_add_up():
    assert counts(Blueprint(30, (Line(33), Line(33, 1), Line(34, 2)))) == (10, 10, 10)
