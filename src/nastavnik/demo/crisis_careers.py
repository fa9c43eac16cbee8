"""The careers that the source figures need: who was in the crisis teams, premium and internal support, and since when.

Story. In 2022 the middle crisis team had ten people. On 1 January 2023 five of them, A-001 to A-005, became the core of
a new crisis team, joined until April by five newcomers straight from the academy: on 30 June 2023 half of its ten
people were juniors. Over the summer three of the five became middle and an experienced colleague came from inbound: on
30 September two of eleven were juniors, 18 %.
"""

from collections.abc import Callable
from datetime import date

from nastavnik.demo.careers import Career
from nastavnik.demo.names import Name

MIDDLE, CRISIS = "middle-crisis", "crisis"
REORGANISED = date(2023, 1, 1)
NEWCOMERS = {
    "A-006": (date(2023, 1, 16), date(2023, 8, 7)),
    "A-007": (date(2023, 2, 6), date(2023, 8, 21)),
    "A-008": (date(2023, 3, 6), date(2023, 9, 4)),
    "A-009": (date(2023, 3, 6), date(2023, 12, 4)),
    "A-010": (date(2023, 4, 3), date(2024, 2, 5)),
}  # joined, became middle
FROM_INBOUND, LATEST = "A-011", "A-012"
CORE = ("A-001", "A-002", "A-003", "A-004", "A-005")
STAYED_MIDDLE = ("A-013", "A-014", "A-015", "A-016", "A-017")
PREMIUM = tuple(f"A-{number:03d}" for number in range(23, 31))  # eight of the premium team worked there in 2023
INTERNAL = tuple(f"A-{number:03d}" for number in range(35, 43))  # as did eight of internal support

_AGENT = "agent"
# Joined, middle since, senior since (the sources give A-001's three dates).
_CORE_GRADES = {
    "A-001": (date(2020, 1, 13), date(2021, 7, 1), date(2022, 1, 10)),
    "A-002": (date(2020, 9, 7), date(2021, 11, 1), date(2023, 12, 4)),
    "A-003": (date(2021, 2, 1), date(2022, 2, 7), date(2024, 3, 4)),
    "A-004": (date(2019, 10, 7), date(2020, 12, 7), date(2022, 5, 16)),
    "A-005": (date(2021, 4, 5), date(2022, 4, 4), date(2024, 5, 6)),
}


def fixed_career(code: str, team: str) -> Callable[[Name], Career] | None:
    """The maker of the career that the sources prescribe for this code, or None for everybody else."""
    if code in _CORE_GRADES:
        joined, middle, senior = _CORE_GRADES[code]
        teams = [(joined, MIDDLE), (REORGANISED, CRISIS)]
        return lambda name: _career(code, name, joined, teams, [(middle, "middle"), (senior, "senior")])
    if code in NEWCOMERS:
        joined, middle = NEWCOMERS[code]
        return lambda name: _career(code, name, joined, [(joined, CRISIS)], [(middle, "middle")])
    if code == FROM_INBOUND:
        joined = date(2021, 9, 6)
        teams = [(joined, "inbound-1"), (date(2023, 7, 10), CRISIS)]
        return lambda name: _career(code, name, joined, teams, [(date(2022, 10, 3), "middle")])
    if code == LATEST:
        joined = date(2024, 2, 5)
        return lambda name: _career(code, name, joined, [(joined, CRISIS)], [(date(2025, 1, 13), "middle")])
    if code in STAYED_MIDDLE:
        joined = date(2021, 3 + STAYED_MIDDLE.index(code), 1)
        return lambda name: _career(code, name, joined, [(joined, MIDDLE)], [(date(2022, 6, 6), "middle")])
    if code in (*PREMIUM, *INTERNAL):
        joined = date(2022, 2, 7)
        return lambda name: _career(code, name, joined, [(joined, team)], [(date(2023, 2, 6), "middle")])
    return None


def _career(
    code: str, name: Name, joined: date, teams: list[tuple[date, str]], grades: list[tuple[date, str]]
) -> Career:
    crisis = any(team in {MIDDLE, CRISIS} for _, team in teams)
    steps = [(joined, _AGENT, "junior"), *((since, _AGENT, grade) for since, grade in grades)]
    return Career(code, name, "crisis-manager" if crisis else "agent", joined, teams=list(teams), grades=steps)
