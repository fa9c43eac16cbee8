"""How long certificates hold, and what they are on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.kernel.logic.days import add_months
from nastavnik.learning.enums import CertificateState
from nastavnik.learning.logic.certificates import Span, Terms, span_of, state_on

YEAR = Terms(months=12, window_days=30, grace_days=10)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
TERMS = st.builds(
    Terms,
    months=st.integers(1, 60),
    expiry_month=st.one_of(st.none(), st.integers(1, 12)),
    window_days=st.integers(0, 400),
    grace_days=st.integers(0, 90),
    from_old_expiry=st.booleans(),
)


def test_the_first_certificate_counts_from_completion() -> None:
    assert span_of(YEAR, date(2026, 3, 10)) == Span(
        date(2026, 3, 10), date(2027, 3, 10), date(2027, 2, 8), date(2027, 3, 20)
    )


def test_without_months_it_has_no_end() -> None:
    assert span_of(Terms(months=None), date(2026, 3, 10)) == Span(date(2026, 3, 10))


@pytest.mark.parametrize(
    ("completed", "from_old", "end"),
    [
        (date(2027, 2, 7), True, date(2028, 2, 7)),  # before the window: from completion
        (date(2027, 2, 8), True, date(2028, 3, 10)),  # its first day: from the old end
        (date(2027, 3, 9), True, date(2028, 3, 10)),  # the last valid day
        (date(2027, 3, 10), True, date(2028, 3, 10)),  # ended: from completion, which happens to be the same day
        (date(2027, 3, 15), True, date(2028, 3, 15)),  # in grace: from completion
        (date(2027, 2, 20), False, date(2028, 2, 20)),  # the kind counts from completion always
    ],
)
def test_a_renewal_counts_as_the_kind_says(completed: date, from_old: bool, end: date) -> None:
    old = span_of(YEAR, date(2026, 3, 10))
    terms = Terms(months=12, window_days=30, grace_days=10, from_old_expiry=from_old)
    assert span_of(terms, completed, old).end == end


def test_a_fixed_month_ends_all_certificates_together() -> None:
    march = Terms(months=12, expiry_month=3, window_days=31)
    first = span_of(march, date(2026, 2, 10))
    assert (first.end, first.window) == (date(2027, 4, 1), date(2027, 3, 1))
    assert span_of(march, date(2027, 3, 12), first).end == date(2028, 4, 1)
    assert span_of(Terms(months=12, expiry_month=12), date(2026, 5, 5)).end == date(2028, 1, 1)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2027, 2, 7), CertificateState.VALID),
        (date(2027, 2, 8), CertificateState.WINDOW),
        (date(2027, 3, 9), CertificateState.WINDOW),
        (date(2027, 3, 10), CertificateState.GRACE),
        (date(2027, 3, 19), CertificateState.GRACE),
        (date(2027, 3, 20), CertificateState.EXPIRED),
    ],
)
def test_the_state_turns_on_its_days(day: date, state: CertificateState) -> None:
    assert state_on(span_of(YEAR, date(2026, 3, 10)), day) == state


def test_revoked_and_renewed_come_before_the_days() -> None:
    span = span_of(YEAR, date(2026, 3, 10))
    assert state_on(span, date(2026, 4, 1), revoked=True, renewed=True) == CertificateState.REVOKED
    assert state_on(span, date(2030, 1, 1), renewed=True) == CertificateState.RENEWED
    assert state_on(Span(date(2026, 1, 1)), date(2099, 1, 1)) == CertificateState.VALID


@given(terms=TERMS, first=DAYS, later=st.integers(1, 3000))
def test_a_renewal_never_shortens_and_its_days_are_in_order(terms: Terms, first: date, later: int) -> None:
    old = span_of(terms, first)
    new = span_of(terms, first + timedelta(days=later), old)
    for span in (old, new):
        assert span.end is not None
        assert span.window is not None
        assert span.grace is not None
        assert span.start <= span.window <= span.end <= span.grace
        assert span.start < span.end
        assert span.end >= add_months(span.start, terms.months or 0)
    assert new.end is not None
    assert old.end is not None
    assert new.end >= old.end
