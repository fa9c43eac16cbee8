"""What a person is hired as, as of a day."""

from datetime import date, datetime

from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.people.actions._dated import employment_on, named, refuse_stale, rewrite, writing_to
from nastavnik.people.events import PostChanged
from nastavnik.people.models import Person, Post, PostHolding

APPOINTED = "people.post_changed"


def appoint(
    *,
    person: Person,
    post: Post | None,
    since: date,
    by: Person | None,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> PostHolding | None:
    """Appoint the person to the post from `since` until the next known change; None leaves the person without one.

    The same again changes nothing. Raises NotEmployed, ChangedMeanwhile.
    """
    with writing_to(person):
        refuse_stale([APPOINTED], seen, person_id=person.pk)
        outcome = rewrite(
            PostHolding.objects.select_related("post"),
            {"person_id": person.pk},
            ("post_id",),
            (post.pk,) if post else None,
            since=since,
            until=employment_on(person, since).active_to,
        )
        if outcome.differs:
            data = {
                "from": named(outcome.before.post) if outcome.before else None,
                "to": named(post),
                "since": since.isoformat(),
            }
            journal.write(APPOINTED, by=by, at=at, subject=person, person_id=person.pk, reason=reason, data=data)
            publish(PostChanged(person.pk, since), at=at)
    return outcome.after
