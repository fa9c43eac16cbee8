"""How big each part of the demo centre is for a given number of people."""

from dataclasses import dataclass

from nastavnik.demo.careers import LinePlan, TeamPlan
from nastavnik.demo.errors import TooFewPeople
from nastavnik.demo.figures import apportion

DEFAULT_PEOPLE, LEAST, MOST = 240, 160, 10_000
PARTNER, PARTNER_NAME, PARTNER_NAME_EN = "ladoga", "Контакт-центр «Ладога»", "Ladoga contact centre"
ORGANISATION_NAME = "Служба заботы «Полярная звезда»"
TEAM_SIZE = 14

LINES = (
    LinePlan("inbound", "Входящая линия", "Inbound", "voice"),
    LinePlan("outbound", "Исходящая линия", "Outbound", "voice"),
    LinePlan("chat", "Чаты и письма", "Chats and letters", "written"),
    LinePlan("internal", "Внутренняя поддержка", "Internal support", "mixed"),
    LinePlan("crisis", "Кризисная линия", "Crisis", "mixed"),
    LinePlan("premium", "Премиум-линия", "Premium", "mixed"),
)
# The teams that the source documents speak of; their sizes do not grow with the centre.
NAMED_TEAMS = (
    TeamPlan("crisis", "Кризисная команда", "Crisis team", "crisis", 12),
    TeamPlan("middle-crisis", "Миддл-кризис", "Middle crisis team", "crisis", 10),
    TeamPlan("premium", "Премиум", "Premium team", "premium", 12),
    TeamPlan("internal-support", "Внутренняя поддержка", "Internal support team", "internal", 12),
)
_GENERAL = {
    "inbound": ("Входящие", "Inbound", 5),
    "chat": ("Чаты", "Chats", 3),
    "outbound": ("Исходящие", "Outbound", 2),
}


@dataclass(frozen=True)
class Plan:
    """Numbers of people without a team, and the teams with theirs. Adds up to `people` exactly."""

    people: int
    trainers: int
    psychologists: int
    reviewers: int
    planners: int
    teams: tuple[TeamPlan, ...]

    # Head of the centre, head of the academy, administrator, business customer, jury member, partner centre's lead.
    SINGLE = 6

    @property
    def total(self) -> int:
        """Everybody: agents, a lead for each team, and those without a team."""
        without = self.trainers + self.psychologists + self.reviewers + self.planners + self.SINGLE
        return sum(team.size + 1 for team in self.teams) + without


def plan(people: int = DEFAULT_PEOPLE) -> Plan:
    """The centre's parts; a quarter of the people belong to the partner centre. Raises TooFewPeople."""
    if not LEAST <= people <= MOST:
        raise TooFewPeople(least=LEAST, most=MOST, asked=people)
    trainers, psychologists = max(4, round(people * 0.006)), max(2, round(people * 0.0025))
    reviewers, planners = max(4, people // 50), max(3, people // 150)
    partner = people // 4
    staff = people - partner - trainers - psychologists - reviewers - planners - (Plan.SINGLE - 1)
    staff -= sum(team.size + 1 for team in NAMED_TEAMS)
    teams = (*NAMED_TEAMS, *_general(staff, ""), *_general(partner - 1, PARTNER))
    return Plan(people, trainers, psychologists, reviewers, planners, teams)


def _general(people: int, partner: str) -> list[TeamPlan]:
    """Teams of about 14 agents and a lead each on the three big lines, `people` in all."""
    count = max(3, round(people / (TEAM_SIZE + 1)))
    sizes = [size - 1 for size in apportion(people, [1] * count)]
    per_line = apportion(count - len(_GENERAL), [weight for *_, weight in _GENERAL.values()])
    found: list[TeamPlan] = []
    for (line, (name, name_en, _)), extra in zip(_GENERAL.items(), per_line, strict=True):
        for number in range(1, extra + 2):
            code, suffix = f"{line}-{number}", ""
            if partner:
                code, suffix = f"{partner}-{code}", " («Ладога»)"
            english = f"{name_en} {number}{' (Ladoga)' if partner else ''}"
            found.append(TeamPlan(code, f"{name} {number}{suffix}", english, line, sizes[len(found)], partner))
    return found
