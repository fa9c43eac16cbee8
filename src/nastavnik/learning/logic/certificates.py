"""How long certificates hold and what they are on a day. Days are local; ends are exclusive."""

from dataclasses import dataclass
from datetime import date, timedelta

from nastavnik.kernel.logic.days import add_months
from nastavnik.learning.enums import CertificateState


@dataclass(frozen=True)
class Terms:
    """The rules of a kind: `months` None = without end; `expiry_month` 1-12 = always ends with that month."""

    months: int | None
    expiry_month: int | None = None
    window_days: int = 30
    grace_days: int = 0
    from_old_expiry: bool = True


@dataclass(frozen=True)
class Span:
    """The days of one certificate: valid in [start, end), renewable from `window`, tolerated until `grace`."""

    start: date
    end: date | None = None
    window: date | None = None
    grace: date | None = None


def _after_month(day: date, month: int) -> date:
    """The first 1st after the month `month` that does not come before `day`: where a fixed month ends."""
    turn = date(day.year, month, 1)
    found = add_months(turn, 1)
    return found if found >= day else add_months(found, 12)


def span_of(terms: Terms, completed: date, previous: Span | None = None) -> Span:
    """The days of a certificate earned on `completed`, following `previous` (the last unrevoked cycle, if any).

    Inside the window of `previous` the new end counts from the old end (or from completion, by the kind's switch);
    after it, from completion. Renewed too early it never ends before the old one.
    """
    if terms.months is None:
        return Span(completed)
    base = completed
    if previous and previous.end and previous.window and terms.from_old_expiry:
        base = previous.end if previous.window <= completed < previous.end else completed
    end = add_months(base, terms.months)
    if terms.expiry_month:
        end = _after_month(end, terms.expiry_month)
    if previous and previous.end and completed < previous.end:
        end = max(end, previous.end)
    window = max(completed, end - timedelta(days=terms.window_days))
    return Span(completed, end, window, end + timedelta(days=terms.grace_days))


def state_on(span: Span, day: date, *, revoked: bool = False, renewed: bool = False) -> CertificateState:
    """What a certificate is on the day; a revoked one is revoked whatever its days say."""
    if revoked:
        return CertificateState.REVOKED
    if renewed:
        return CertificateState.RENEWED
    if span.end is None or (span.window is not None and day < span.window):
        return CertificateState.VALID
    if day < span.end:
        return CertificateState.WINDOW
    return CertificateState.GRACE if span.grace is not None and day < span.grace else CertificateState.EXPIRED
