"""The refund wishes behind the printed figures as cases of the desk: the figures of the archive follow from their logs.

Colleagues' wishes stay plain records: they make up no printed figure, and each case costs eight rows.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from nastavnik.crisis.actions import facts, history
from nastavnik.crisis.actions.history import PastCase, PastEvent
from nastavnik.crisis.enums import EventKind, Source
from nastavnik.crisis.money_enums import TECHNICAL, RefundReason
from nastavnik.demo.archive import HEADINGS, Row
from nastavnik.demo.settle import ZONE, Parts
from nastavnik.people.models import Person, Team

PRINTED_UNTIL = 2024
CRISIS_MANAGER = "A-001"
LESSON = 80_000  # kopecks
# How many soft attempts an ended refusal took. Three is one more than the policy allows: the audit finds those.
ATTEMPTS = ((0, 0.30), (1, 0.42), (2, 0.25), (3, 0.03))
_PLACE = {name: place for place, name in enumerate(HEADINGS["retention"])}
_TEAMS = {"crisis": "crisis", "premium": "premium"}


def bring_in(rows: Sequence[Row], parts: Parts, seed: int, at: datetime) -> list[Row]:
    """Cases for the archive's rows of the printed years; answers the archive with those rows told by the cases."""
    dice = Random(f"past cases {seed}")
    told = [row for row in rows if _is_printed(row)]
    cases = [_past(row, parts, dice) for row in told]
    made = history.bring_in(cases=cases, by=None, at=at)
    wishes = facts.rows_of([one.pk for one in made])["retention"]
    kept = [row for row in rows if not _is_printed(row)]
    return [*(_row(one) for one in wishes), *kept]


def _is_printed(row: Row) -> bool:
    """Of the years in print: the crisis manager of the sources, and the premium team."""
    is_theirs = row[_PLACE["person"]] == CRISIS_MANAGER or row[_PLACE["line"]] == "premium"
    return bool(is_theirs and row[_PLACE["closed_at"]].year < PRINTED_UNTIL)


def _row(wish: dict[str, object]) -> Row:
    """As the archive writes it: local moments without a zone, a channel where the case had no conversation."""
    closed = datetime.fromisoformat(str(wish["closed_at"])).astimezone(ZONE).replace(tzinfo=None)
    return tuple({**wish, "closed_at": closed, "channel": "phone"}[name] for name in HEADINGS["retention"])


def _past(row: Row, parts: Parts, dice: Random) -> PastCase:
    known = dict(zip(HEADINGS["retention"], row, strict=True))
    closed = known["closed_at"].replace(tzinfo=ZONE).astimezone(UTC)
    opened = closed - timedelta(minutes=dice.randrange(12, 90))
    agent, lessons = parts.persons[known["person"]], dice.randrange(8, 64)
    return PastCase(
        ext_id=known["id"], customer=f"h-{known['id']}", opened_at=opened, team=_team(agent, known["line"], parts),
        events=_log(known["outcome"], agent, opened, closed, dice), paid=lessons * LESSON,
        used=dice.randrange(0, lessons) * LESSON, reason=_reason(known["refund_reason"], dice),
    )  # fmt: skip


def _team(agent: Person, line: str, parts: Parts) -> Team:
    return parts.teams[_TEAMS[line]]


def _reason(told: str | None, dice: Random) -> str:
    if told == "technical":
        return str(dice.choice(sorted(TECHNICAL)))
    return told if told in RefundReason.values else RefundReason.OTHER


def _log(outcome: str, agent: Person, opened: datetime, closed: datetime, dice: Random) -> list[PastEvent]:
    """Asked, taken, refused, tried to keep, settled; between opening and closing at even distances."""
    tries = dice.choices([one for one, _share in ATTEMPTS], [share for _one, share in ATTEMPTS])[0]
    kinds: list[tuple[str, bool]] = [(EventKind.ASKED, False), (EventKind.TAKEN, True)]
    if tries or outcome != "retained":
        kinds.append((EventKind.TRIGGER, False))
    for number in range(tries):
        kinds.append((EventKind.SOFT, True))
        if number + 1 < tries:
            kinds.append((EventKind.MESSAGE, False))
    if outcome == "retained":
        kinds.append((EventKind.ACCEPT, False))
    elif outcome == "refunded":
        kinds += [(EventKind.INSIST, False)] if tries else []
        kinds += [(EventKind.REFUND_START, True), (EventKind.REFUND_DONE, False)]
    kinds.append((EventKind.CLOSE, True))
    step = (closed - opened) / len(kinds)
    return [
        PastEvent(
            kind, closed if number == len(kinds) else opened + step * number, agent if by_agent else None,
            Source.AGENT if by_agent else Source.SYSTEM if kind == EventKind.REFUND_DONE else Source.CUSTOMER,
            {"evidence": {"recording": "«Да, остаюсь»"}} if kind == EventKind.ACCEPT else {},
        )
        for number, (kind, by_agent) in enumerate(kinds, start=1)
    ]  # fmt: skip
