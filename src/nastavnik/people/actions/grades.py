"""How far a person has come on a ladder, as of a day."""

from datetime import date, datetime

from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.people.actions._dated import employment_on, named, refuse_stale, rewrite, writing_to
from nastavnik.people.events import GradeChanged
from nastavnik.people.models import Grade, GradeHolding, Ladder, Person

PROMOTED, TAKEN_AWAY = "people.grade_changed", "people.grade_taken_away"


def promote(
    *,
    person: Person,
    grade: Grade,
    since: date,
    by: Person | None,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> GradeHolding:
    """Put the person on the grade of its ladder (up or down) from `since` until the next known change.

    Ladders are independent of one another. The same again changes nothing. Raises NotEmployed, ChangedMeanwhile.
    """
    holding = _change(
        person=person, ladder=grade.ladder, grade=grade, since=since, by=by, at=at, reason=reason, seen=seen
    )
    assert holding is not None  # what was set is in force
    return holding


def take_away(
    *,
    person: Person,
    ladder: Ladder,
    since: date,
    by: Person | None,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Take the person off the ladder from `since` until the next known change. Raises NotEmployed, ChangedMeanwhile."""
    _change(person=person, ladder=ladder, grade=None, since=since, by=by, at=at, reason=reason, seen=seen)


def _change(
    *,
    person: Person,
    ladder: Ladder,
    grade: Grade | None,
    since: date,
    by: Person | None,
    at: datetime,
    reason: str,
    seen: int | None,
) -> GradeHolding | None:
    with writing_to(person):
        refuse_stale([PROMOTED, TAKEN_AWAY], seen, person_id=person.pk)
        outcome = rewrite(
            GradeHolding.objects.select_related("grade"),
            {"person_id": person.pk, "ladder_id": ladder.pk},
            ("grade_id",),
            (grade.pk,) if grade else None,
            since=since,
            until=employment_on(person, since).active_to,
        )
        if outcome.differs:
            before = outcome.before.grade if outcome.before else None
            data = {
                "ladder": named(ladder),
                "from": named(before),
                "to": named(grade),
                "up": bool(grade and (before is None or grade.rank > before.rank)),
                "since": since.isoformat(),
            }
            kind = PROMOTED if grade else TAKEN_AWAY
            journal.write(kind, by=by, at=at, subject=person, person_id=person.pk, reason=reason, data=data)
            publish(GradeChanged(person.pk, ladder.pk, since), at=at)
    return outcome.after
