import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.crisis.logic import refunds
from nastavnik.crisis.logic.refunds import (
    AboveWhatWasPaid,
    CurrenciesDiffer,
    Fee,
    NegativeSum,
    NothingAsked,
    ReturnedTooMuch,
    Sum,
)

amounts = st.integers(0, 10**9)


def rub(amount: int) -> Sum:
    return Sum(amount, "RUB")


def test_paid_less_used_less_proven_costs_is_due() -> None:
    fees = [Fee("Комиссия банка", rub(1_500), proof="счёт 17"), Fee("Админ. сбор", rub(5_000))]
    found = refunds.calculate(paid=rub(100_000), used=rub(30_000), fees=fees)
    assert found.due == 68_500
    assert [(line.label, line.amount, line.counts) for line in found.lines] == [
        (refunds.PAID, 100_000, True),
        (refunds.USED, -30_000, True),
        (refunds.FEE, -1_500, True),
        (refunds.FEE_UNPROVEN, -5_000, False),
        (refunds.DUE, 68_500, False),
    ]


def test_what_was_given_back_before_is_not_given_back_again() -> None:
    found = refunds.calculate(paid=rub(100_000), used=rub(30_000), returned=rub(50_000))
    assert (found.due, found.most) == (20_000, 50_000)


def test_the_customer_never_owes_us() -> None:
    found = refunds.calculate(paid=rub(10_000), used=rub(30_000))
    assert found.due == 0
    assert refunds.NOT_BELOW_ZERO in [line.label for line in found.lines]


@given(paid=amounts, used=amounts, fee=amounts, back=amounts)
def test_due_lies_between_nothing_and_what_is_left_of_the_paid(paid: int, used: int, fee: int, back: int) -> None:
    if back > paid:
        with pytest.raises(ReturnedTooMuch):
            refunds.calculate(paid=rub(paid), used=rub(used), returned=rub(back))
        return
    found = refunds.calculate(paid=rub(paid), used=rub(used), fees=[Fee("x", rub(fee), proof="y")], returned=rub(back))
    assert 0 <= found.due <= found.most == paid - back
    assert sum(line.amount for line in found.lines if line.counts) == found.due


@given(paid=amounts, used=amounts, fee=amounts)
def test_a_cost_without_proof_changes_nothing(paid: int, used: int, fee: int) -> None:
    without = refunds.calculate(paid=rub(paid), used=rub(used))
    claimed = refunds.calculate(paid=rub(paid), used=rub(used), fees=[Fee("x", rub(fee), proof="  ")])
    assert without.due == claimed.due


def test_odd_sums_are_refused() -> None:
    with pytest.raises(NegativeSum):
        refunds.calculate(paid=rub(-1), used=rub(0))
    with pytest.raises(NegativeSum):
        refunds.calculate(paid=rub(1), used=rub(0), fees=[Fee("x", rub(-5), proof="y")])
    with pytest.raises(CurrenciesDiffer):
        refunds.calculate(paid=rub(1), used=Sum(0, "USD"))


def test_a_sum_above_what_was_paid_is_refused() -> None:
    found = refunds.calculate(paid=rub(100), used=rub(30))
    refunds.check_amount(100, found)
    for amount, refusal in ((101, AboveWhatWasPaid), (0, NothingAsked), (-1, NothingAsked)):
        with pytest.raises(refusal):
            refunds.check_amount(amount, found)


def test_less_than_due_without_a_calculation_is_a_violation() -> None:
    below = refunds.is_below_entitlement
    assert [
        below(99, due=100, has_calculation=False),
        below(99, due=100, has_calculation=True),
        below(100, due=100, has_calculation=False),
    ] == [True, False, False]


def test_a_fraction_of_a_kopeck_is_the_customers() -> None:
    assert refunds.used_part(price=100, lessons=3, taken=1) == 33
    assert refunds.used_part(price=100, lessons=3, taken=9) == 100
    assert refunds.used_part(price=100, lessons=0, taken=1) == 0


@given(paid=amounts, used=amounts)
def test_a_stored_calculation_comes_back_equal(paid: int, used: int) -> None:
    found = refunds.calculate(paid=rub(paid), used=rub(used))
    assert refunds.from_json(found.as_json()) == found
