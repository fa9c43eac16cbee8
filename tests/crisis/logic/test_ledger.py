import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.crisis.logic import ledger
from nastavnik.crisis.logic.ledger import EmptyLeg, Leg, MixedCurrencies, NotBalanced, TooFewLegs
from nastavnik.crisis.logic.ledger_reconciliation import Difference, Movement, compare

RUB = {1: "RUB", 2: "RUB", 3: "USD"}
legs = st.lists(st.builds(Leg, st.integers(1, 5), st.integers(-1000, 1000).filter(bool)), min_size=1, max_size=6)


def test_a_sound_entry_tells_its_currency() -> None:
    assert ledger.check([Leg(1, -500), Leg(2, 500)], RUB) == "RUB"


@pytest.mark.parametrize(
    ("given_legs", "refusal"),
    [
        ([], TooFewLegs),
        ([Leg(1, 0)], TooFewLegs),
        ([Leg(1, 0), Leg(2, 0)], EmptyLeg),
        ([Leg(1, -500), Leg(2, 499)], NotBalanced),
        ([Leg(1, -500), Leg(3, 500)], MixedCurrencies),
        ([Leg(1, 2**64), Leg(2, -(2**64))], EmptyLeg),
    ],
)
def test_an_unsound_entry_is_refused(given_legs: list[Leg], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        ledger.check(given_legs, RUB)


@given(legs)
def test_the_mirror_of_legs_undoes_them(one: list[Leg]) -> None:
    assert ledger.is_mirror(ledger.mirrored(one), one)


@given(legs)
def test_twice_the_same_legs_is_no_mirror_unless_they_add_up_to_nothing(one: list[Leg]) -> None:
    totals: dict[int, int] = {}
    for leg in one:
        totals[leg.account_id] = totals.get(leg.account_id, 0) + leg.amount
    assert ledger.is_mirror(one, one) == (not any(totals.values()))


def hash_of(one: list[Leg], case_id: int | None = None) -> str:
    return ledger.payload_hash(kind="goodwill", legs=one, case_id=case_id, reverses_id=None)


@given(legs)
def test_the_order_of_legs_does_not_change_the_hash(one: list[Leg]) -> None:
    assert hash_of(one) == hash_of(list(reversed(one)))


def test_another_sum_or_case_changes_the_hash() -> None:
    pair = [Leg(1, -5), Leg(2, 5)]
    assert len({hash_of(pair), hash_of([Leg(1, -6), Leg(2, 6)]), hash_of(pair, case_id=1)}) == 3


def test_the_days_lists_are_compared_by_reference() -> None:
    theirs = [
        Movement("a", 100, "RUB"),
        Movement("b", 200, "RUB"),
        Movement("c", -50, "RUB"),
        Movement("c", -50, "RUB"),
    ]
    ours = [Movement("a", 100, "RUB"), Movement("b", 250, "RUB"), Movement("d", 7, "RUB")]
    outcome = compare(theirs, ours)
    assert [(one.ref, one.kind) for one in outcome.findings] == [
        ("b", Difference.AMOUNT), ("c", Difference.ONLY_THEIRS), ("c", Difference.TWICE), ("d", Difference.ONLY_OURS),
    ]  # fmt: skip
    assert (outcome.matched, outcome.theirs, outcome.ours) == (1, (("RUB", 200),), (("RUB", 357),))


@given(st.lists(st.builds(Movement, st.uuids().map(str), st.integers(-9, 9).filter(bool), st.just("RUB")), max_size=9))
def test_equal_lists_agree(movements: list[Movement]) -> None:
    outcome = compare(movements, list(reversed(movements)))
    assert (outcome.agrees, outcome.matched) == (True, len(movements))
