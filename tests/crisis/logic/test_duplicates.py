from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.crisis.logic.duplicates import Paid, is_duplicate, pairs

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
FIRST = Paid(1, "bank", "a", "79", 199_000, "RUB", AT, "S-1")


def later(**fields: Any) -> Paid:
    made = {"id": 2, "ref": "b", "at": AT + timedelta(hours=1), "invoice": "S-1"}
    return Paid(**{**FIRST.__dict__, **made, **fields})


@pytest.mark.parametrize(
    "second",
    [
        later(),
        later(invoice=""),
        later(at=AT + timedelta(hours=72)),
        later(at=AT),
        later(provider="other", ref="a"),
    ],
)
def test_the_same_again_within_72_hours_is_a_double_payment(second: Paid) -> None:
    assert is_duplicate(FIRST, second)


@pytest.mark.parametrize(
    ("why", "second"),
    [
        ("a replayed webhook moved no money", later(ref="a")),
        ("a known instalment", later(is_instalment=True)),
        ("another invoice: a second child", later(invoice="S-2")),
        ("too late", later(at=AT + timedelta(hours=72, seconds=1))),
        ("earlier", later(at=AT - timedelta(seconds=1))),
        ("another payer", later(payer="80")),
        ("another sum", later(amount=199_001)),
        ("another currency", later(currency="USD")),
    ],
)
def test_what_only_looks_like_one_is_excluded(why: str, second: Paid) -> None:
    assert not is_duplicate(FIRST, second), why


def test_payments_without_a_payer_are_not_paired() -> None:
    assert not is_duplicate(Paid(**{**FIRST.__dict__, "payer": ""}), later(payer=""))


def test_ties_are_broken_by_id_so_that_one_of_two_is_the_second() -> None:
    twin = later(at=AT)
    assert (is_duplicate(FIRST, twin), is_duplicate(twin, FIRST)) == (True, False)


def test_each_is_paired_with_the_nearest_before_it() -> None:
    third = later(id=3, ref="c", at=AT + timedelta(hours=2))
    assert [(a.id, b.id) for a, b in pairs([third, later(), FIRST])] == [(1, 2), (2, 3)]


payments = st.lists(
    st.builds(
        Paid,
        st.integers(1, 10**6),
        st.just("bank"),
        st.uuids().map(str),
        st.sampled_from(["1", "2"]),
        st.sampled_from([100, 200]),
        st.just("RUB"),
        st.integers(0, 200).map(lambda hours: AT + timedelta(hours=hours)),
        st.sampled_from(["", "S-1", "S-2"]),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@given(payments)
def test_the_finder_agrees_with_the_rule(found: list[Paid]) -> None:
    seconds = {b.id for a in found for b in found if is_duplicate(a, b)}
    assert {b.id for _a, b in pairs(found)} == seconds
