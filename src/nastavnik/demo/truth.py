"""What is really so in the demo centre: the effects the generator puts into the records, to be found again.

Everything else a page shows is chance. docs/explanation/demo-story.md tells the same in words; a test compares them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from nastavnik.demo.careers import Career

WINDOW_DAYS = 120

# Ratings: everybody gives the same service up to a hair, except these three.
SHARE_OF_FIVES = 0.915
# Of the ratings that are no five: shares of 4, 3 and 2; the rest are ones. A mean rating is 5 - 1.73 * (1 - fives).
OTHER_RATINGS = (0.62, 0.17, 0.07)
FIVES_SPREAD = 0.006  # standard deviation between persons of the true share of fives; far inside the noise
ABOVE = {"A-001": 0.985, "B-007": 0.985}
BELOW = {"A-060": 0.780}

# One team improved.
IMPROVED_TEAM = "inbound-2"
IMPROVED_DAYS_AGO = 50
IMPROVED_HANDLING = 0.88  # its handling time is multiplied by this from that day on

# Reviews: the points missing to a hundred are drawn about a person's mean, exponentially.
QA_MEAN = 95.2
QA_BETWEEN = 0.5  # standard deviation between persons, points
QA_IMPROVED_BEFORE = 91.5  # of the improved team, before its day; after it QA_MEAN
QA_TARGETED = 9.0  # reviews chosen on suspicion miss so many points more; they do not count in the score
SAMPLING = (0.84, 0.08, 0.05)  # random, targeted, disputed; the rest are calibration

# Customers.
RETURN_SHARE = 0.15  # of a day's contacts come from customers of the last six days with the same topic
RETURN_DAYS = 6
SURVEY_SHARE = 0.95
RESPONSE_SHARE = {"crisis": 0.55, "premium": 0.45}  # of customers asked for a rating; 0.30 on the other lines
RESPONSE_ELSEWHERE = 0.30
ABANDONED_SHARE = 0.05  # contacts the customer gave up, for each one answered

# The desks.
RETAINED_SHARE = {"crisis": 0.77, "premium": 0.83}
TECHNICAL_SHARE = {"crisis": 0.09, "premium": 0.05}  # of refunds
COMPLEX_SHARE = 0.07
HANDLING_SPREAD = 0.06  # standard deviation between persons of handling time, as a share of the line's

# Service level: the target rises inside the window, the service itself does not change.
SLA_TARGETS = (80, 85)
SLA_TARGET_DAYS_AGO = 45


@dataclass(frozen=True)
class Window:
    """The days of the generated records: [first, end). The day of loading itself is not over, so it is not in."""

    first: date
    end: date


def window(today: date) -> Window:
    """The last 120 whole days before `today`."""
    return Window(today - timedelta(days=WINDOW_DAYS), today)


def improved_since(today: date) -> date:
    """The day from which the improved team works better."""
    return today - timedelta(days=IMPROVED_DAYS_AGO)


def sla_target_since(today: date) -> date:
    """The day from which the higher target of service level holds."""
    return today - timedelta(days=SLA_TARGET_DAYS_AGO)


def share_of_fives(code: str, place: float) -> float:
    """A person's true share of fives; `place` is a standard normal draw of this person alone."""
    known = ABOVE.get(code) or BELOW.get(code)
    return known or SHARE_OF_FIVES + FIVES_SPREAD * place


def mean_rating(fives: float) -> float:
    """The true mean rating that goes with a share of fives."""
    four, three, two = OTHER_RATINGS
    short = four + 2 * three + 3 * two + 4 * (1 - four - three - two)
    return 5 - (1 - fives) * short


def known_codes(careers: Iterable[Career]) -> frozenset[str]:
    """Persons of known effect: they neither leave nor move inside the window."""
    return frozenset(career.code for career in careers if career.code in ABOVE or career.code in BELOW)
