from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.crisis.logic.authority import Bounds, Limit, Standing, Wish, may_grant

WISH = Wish("скидка", 50_000, "RUB")
FREE = Standing(
    maker_id=1, currency="RUB", bounds=Bounds(10_000, 200_000), limit=Limit("Мидл", 150_000, 100_000, "money"),
    budget_left=60_000, certificates=frozenset({"money"}),
)  # fmt: skip


def codes(wish: Wish = WISH, **standing: Any) -> frozenset[str]:
    return may_grant(wish, replace(FREE, **standing)).codes


def test_within_every_bound_it_may_be_granted() -> None:
    assert may_grant(WISH, FREE).may


@pytest.mark.parametrize(
    ("wish", "standing", "failed"),
    [
        (WISH, {"bounds": None}, {"matrix"}),
        (replace(WISH, amount=9_999), {}, {"matrix"}),
        (replace(WISH, amount=0), {}, {"amount", "matrix"}),
        (replace(WISH, currency="USD"), {}, {"currency"}),
        (WISH, {"limit": None}, {"grade"}),
        (WISH, {"limit": Limit("Джуниор", 49_999)}, {"grade"}),
        (WISH, {"certificates": frozenset()}, {"certificate"}),
        (WISH, {"budget_left": None}, {"budget"}),
        (WISH, {"budget_left": 49_999}, {"budget"}),
        (replace(WISH, amount=100_000), {"budget_left": 100_000}, {"second"}),
        (replace(WISH, amount=100_000), {"budget_left": 100_000, "approver_id": 1}, {"maker"}),
        (
            replace(WISH, amount=250_000), {"certificates": frozenset()},
            {"matrix", "grade", "certificate", "budget", "second"},
        ),
    ],
)  # fmt: skip
def test_every_failed_clause_is_said(wish: Wish, standing: dict[str, Any], failed: set[str]) -> None:
    assert codes(wish, **standing) == failed


def test_another_persons_word_opens_what_waited_for_it() -> None:
    large = replace(WISH, amount=100_000)
    assert may_grant(large, replace(FREE, budget_left=100_000)).waits_for_second
    assert may_grant(large, replace(FREE, budget_left=100_000, approver_id=2)).may


def test_what_costs_nothing_needs_no_budget_and_takes_no_sum() -> None:
    pause = Wish("пауза", 0, "RUB", has_cost=False)
    assert codes(pause, budget_left=None, bounds=Bounds(0, 0)) == set()
    assert codes(replace(pause, amount=5), bounds=Bounds(0, 0)) == {"amount"}


amounts = st.integers(0, 300_000)
standings = st.builds(
    Standing,
    maker_id=st.just(1),
    currency=st.sampled_from(["RUB", "USD"]),
    bounds=st.none() | st.builds(lambda a, b: Bounds(min(a, b), max(a, b)), amounts, amounts),
    limit=st.none() | st.builds(Limit, st.just("Мидл"), amounts, st.none() | amounts, st.sampled_from(["", "money"])),
    budget_left=st.none() | amounts,
    certificates=st.sampled_from([frozenset(), frozenset({"money"})]),
    approver_id=st.sampled_from([None, 1, 2]),
)


@given(amounts, standings)
def test_what_may_be_granted_keeps_every_rule(amount: int, standing: Standing) -> None:
    answer = may_grant(replace(WISH, amount=amount), standing)
    assert answer.may == (not answer.codes)
    if answer.may:
        assert standing.bounds is not None
        assert standing.limit is not None
        assert standing.bounds.least <= amount <= min(standing.bounds.most, standing.limit.most)
        assert amount <= (standing.budget_left or 0)
        assert standing.limit.certificate in {"", *standing.certificates}
        second = standing.limit.second_from
        assert second is None or amount < second or standing.approver_id == 2


@given(amounts, standings)
def test_more_rights_never_close_what_was_open(amount: int, standing: Standing) -> None:
    wish = replace(WISH, amount=amount)
    richer = replace(standing, budget_left=(standing.budget_left or 0) + 10**6, certificates=frozenset({"money"}))
    assert may_grant(wish, richer).codes <= may_grant(wish, standing).codes
