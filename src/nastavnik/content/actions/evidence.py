"""What learners do inside an activity, as evidence: pages seen, seconds watched, marked as read, opened, downloaded."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from nastavnik.content import queries
from nastavnik.content.actions import progress as ways
from nastavnik.content.enums import ActivityKind
from nastavnik.content.errors import NoSuchActivity, NotSoSoon
from nastavnik.content.logic import intervals, rules
from nastavnik.content.logic.activities import Article, Content, Video
from nastavnik.content.models import Activity, ActivityProgress, CourseProgress


def _entered(progress: CourseProgress, key: str, kind: ActivityKind, at: datetime) -> tuple[Activity, ActivityProgress]:
    activity = ways.activity_of(progress, key)
    if activity.kind != kind:
        raise NoSuchActivity
    return activity, ways.enter(progress=progress, key=key, at=at)


def mark_read(*, progress: CourseProgress, key: str, at: datetime) -> ActivityProgress:
    """The learner says the article is read. Raises NotSoSoon, NotYourTurn, NoSuchActivity."""
    activity, mine = _entered(progress, key, ActivityKind.ARTICLE, at)
    content = activity.content
    seconds = int((at - mine.opened_at).total_seconds())
    if isinstance(content, Article) and seconds < content.min_seconds:
        raise NotSoSoon(seconds=content.min_seconds)
    return ways.record(
        progress=progress,
        activity=activity,
        change=lambda known: known if "read_seconds" in known else {**known, "read_seconds": seconds},
        at=at,
    )


def see_page(*, progress: CourseProgress, key: str, page: int, at: datetime) -> ActivityProgress:
    """A page of the slides was shown. Pages that do not exist are left aside by the rule."""
    activity, _mine = _entered(progress, key, ActivityKind.SLIDES, at)
    pages = queries.facts_of(activity.content, queries.files_of(progress.course)).pages
    if not 1 <= page <= pages:
        raise NoSuchActivity

    def change(known: dict[str, Any]) -> dict[str, Any]:
        return {**known, "pages": sorted({*known.get("pages", []), page}), "page": page}

    return ways.record(progress=progress, activity=activity, change=change, at=at)


def watch(
    *,
    progress: CourseProgress,
    key: str,
    reported: Sequence[intervals.Interval],
    position: float,
    at: datetime,
) -> ActivityProgress:
    """The player's report: what was played since the last one, and where it stands now (for the next visit).

    Reports are merged under the lock of the way, and believed as far as time allows (`intervals.take`).
    """
    activity, _mine = _entered(progress, key, ActivityKind.VIDEO, at)
    content = activity.content
    seconds = queries.facts_of(content, queries.files_of(progress.course)).seconds
    change = _watching(content, seconds, reported[: intervals.MOST_IN_A_REPORT], position, at)
    return ways.record(progress=progress, activity=activity, change=change, at=at)


def _watching(
    content: Content, seconds: float, reported: Sequence[intervals.Interval], position: float, at: datetime
) -> ways.Change:
    def change(known: dict[str, Any]) -> dict[str, Any]:
        last = known.get("reported_at")
        elapsed = (at - datetime.fromisoformat(last)).total_seconds() if last else intervals.FIRST_REPORT_S
        taken = intervals.take(
            rules.spans(known),
            reported,
            duration=seconds,
            elapsed=elapsed,
            no_skip=isinstance(content, Video) and content.no_skip,
        )
        watched = [[round(begin, 2), round(end, 2)] for begin, end in taken.watched]
        where = round(max(0.0, min(position, seconds)), 1)
        return {**known, "watched": watched, "position": where, "reported_at": at.isoformat()}

    return change


def follow(*, progress: CourseProgress, key: str, at: datetime) -> Activity:
    """The link was opened."""
    activity, _mine = _entered(progress, key, ActivityKind.LINK, at)
    ways.record(progress=progress, activity=activity, change=lambda known: {**known, "followed": True}, at=at)
    return activity


def download(*, progress: CourseProgress, key: str, at: datetime) -> Activity:
    """The file was asked for."""
    activity, _mine = _entered(progress, key, ActivityKind.FILE, at)
    ways.record(progress=progress, activity=activity, change=lambda known: {**known, "downloaded": True}, at=at)
    return activity
