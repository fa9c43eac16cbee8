"""The crisis desk of today: its rules, who sits at it, the cases of the last two days in every stage, their money."""

from datetime import date, datetime, timedelta
from random import Random

from nastavnik.crisis.actions import desk, settings
from nastavnik.demo.careers import Centre
from nastavnik.demo.desk import money
from nastavnik.demo.desk.scenes import PLOTS, Scene, arrive
from nastavnik.demo.names import names
from nastavnik.demo.settle import Parts
from nastavnik.people.models import Person
from nastavnik.procedures.actions import settling

POLICY_SINCE = date(2022, 7, 1)
DESK = "crisis"
AT_THE_DESK = 6  # of the team, besides A-001
CASES = 2 * len(PLOTS)


def build(centre: Centre, parts: Parts, seed: int, now: datetime) -> int:
    """Rules, shifts and cases; answers how many cases. Inside the caller's transaction."""
    by = parts.persons["H-01"]
    settling.settle(by=by, at=now, since=POLICY_SINCE)
    settings.set_up(since=centre.today - timedelta(days=120), by=by, at=now)
    agents = _agents(centre, parts)
    for agent in agents:
        desk.come(person=agent, by=agent, at=now - timedelta(hours=1))
    dice, customers, scenes = Random(f"desk {seed}"), names(seed + 1), list[Scene]()
    for number in range(CASES):
        plot = PLOTS[number % len(PLOTS)]
        began = now - timedelta(minutes=90 + dice.randrange(0, 40) + 60 * (number // len(PLOTS)) * dice.randrange(1, 9))
        case = arrive(number, plot, next(customers), parts.teams[DESK], began)
        scenes.append(Scene(case, agents[number % len(agents)], began))
        plot.act(scenes[-1])
    return CASES + money.build(centre, parts, money.Stage(scenes, agents, customers), now)


def _agents(centre: Centre, parts: Parts) -> list[Person]:
    codes = [one.code for one in centre.careers if one.team_on(centre.today) == DESK and one.handles_contacts]
    return [parts.persons[code] for code in sorted(codes)[: AT_THE_DESK + 1]]
