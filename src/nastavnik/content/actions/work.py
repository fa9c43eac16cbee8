"""Tasks are handed in and marked by their rubric; feedback surveys are answered."""

import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from nastavnik.content.actions import progress as ways
from nastavnik.content.actions.files import LIMITS, MB, plain_name
from nastavnik.content.enums import ActivityKind, FileKind, HandIn, SubmissionState
from nastavnik.content.errors import (
    AlreadyAccepted,
    AlreadyAnswered,
    AlreadyHandedIn,
    AlreadyMarked,
    DangerousFile,
    EmptyFile,
    EmptyWork,
    NoSuchActivity,
    OwnWork,
    TooLarge,
    UnfitPoints,
)
from nastavnik.content.events import TaskMarked
from nastavnik.content.logic import sniffing
from nastavnik.content.logic.activities import Task
from nastavnik.content.logic.rules import rule_of
from nastavnik.content.models import CourseProgress, Submission, SurveyAnswer
from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.people.models import Person

MARKED, HANDED_IN = "content.task_marked", "content.task_handed_in"
MOST_LETTERS = 50_000


def hand_in(
    *,
    progress: CourseProgress,
    key: str,
    at: datetime,
    text: str = "",
    file_name: str = "",
    chunks: Iterable[bytes] = (),
) -> Submission:
    """Hand a task in, as a text or a file. Raises EmptyWork, AlreadyHandedIn, AlreadyAccepted and errors of files."""
    activity = ways.activity_of(progress, key)
    content = activity.content
    if not isinstance(content, Task):
        raise NoSuchActivity
    ways.enter(progress=progress, key=key, at=at)
    kept_text = text.replace("\0", "").strip()[:MOST_LETTERS] if content.hand_in != HandIn.FILE else ""
    kept_name = plain_name(file_name) if file_name and content.hand_in != HandIn.TEXT else ""
    if not kept_text and not kept_name:
        raise EmptyWork
    with transaction.atomic():
        CourseProgress.objects.select_for_update().get(pk=progress.pk)
        earlier = list(Submission.objects.filter(progress=progress, key=key))
        if any(one.state == SubmissionState.HANDED_IN for one in earlier):
            raise AlreadyHandedIn
        if any(one.state == SubmissionState.ACCEPTED for one in earlier):
            raise AlreadyAccepted
        made = Submission(
            progress=progress, key=key, number=len(earlier) + 1, text=kept_text, file_name=kept_name, handed_in_at=at
        )
        if kept_name:
            made.file_size = _store(made.path, kept_name, chunks)
        made.save(force_insert=True)
        ways.record(progress=progress, activity=activity, change=lambda known: {**known, "waits": True}, at=at)
        data = {"course": progress.course.title, "activity": activity.title}
        journal.write(HANDED_IN, by=progress.person, at=at, subject=made, person_id=progress.person_id, data=data)
    return made


def _store(path: Path, name: str, chunks: Iterable[bytes]) -> int:
    """Keep the file of a submission; it is only ever given out as a download."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft, size, limit = path.with_suffix(".part"), 0, LIMITS[FileKind.OTHER]
    try:
        with draft.open("wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLarge(name=name, size=-(-size // MB), limit=limit // MB)
                out.write(chunk)
        with draft.open("rb") as file:
            head = file.read(sniffing.HEAD)
        if not head:
            raise EmptyFile(name=name)
        if reason := sniffing.danger(head, name):
            raise DangerousFile(name=name, kind=reason)
        shutil.move(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return size


def mark(*, submission: Submission, points: Sequence[int], comment: str, by: Person, at: datetime) -> Submission:
    """Mark by the rubric: points for each criterion, in its order. At the threshold it is accepted, else returned.

    Raises OwnWork, AlreadyMarked, UnfitPoints.
    """
    if submission.progress.person_id == by.pk:
        raise OwnWork
    progress = submission.progress
    activity = ways.activity_of(progress, submission.key)
    content = activity.content
    if not isinstance(content, Task):
        raise NoSuchActivity
    if len(points) != len(content.rubric):
        raise UnfitPoints
    if any(not 0 <= given <= one.points for given, one in zip(points, content.rubric, strict=True)):
        raise UnfitPoints
    threshold = rule_of(ActivityKind.TASK, content).threshold
    with transaction.atomic():
        row = Submission.objects.select_for_update().get(pk=submission.pk)
        if row.marked_at is not None:
            raise AlreadyMarked
        row.points, row.total, row.maximum = list(points), sum(points), content.maximum
        row.state = SubmissionState.ACCEPTED if sum(points) >= threshold else SubmissionState.RETURNED
        row.comment, row.marked_by, row.marked_at = comment.strip()[:MOST_LETTERS], by, at
        row.save()
        evidence = {"submission": row.public_id, "points": row.total, "maximum": row.maximum}
        ways.record(progress=progress, activity=activity, change=lambda _known: evidence, at=at)
        accepted = row.state == SubmissionState.ACCEPTED
        data = {"course": progress.course.title, "activity": activity.title, "points": row.total, "of": row.maximum}
        journal.write(MARKED, by=by, at=at, subject=row, person_id=progress.person_id, data=data)
        publish(TaskMarked(progress.person_id, progress.course.code, row.key, accepted), at=at)
    return row


def answer_survey(
    *,
    progress: CourseProgress,
    key: str,
    comfortable: int,
    clear: int,
    useful: int,
    recommend: int,
    comment: str,
    at: datetime,
) -> SurveyAnswer:
    """Answer the feedback survey, once. Raises AlreadyAnswered, NotYourTurn, NoSuchActivity."""
    activity = ways.activity_of(progress, key)
    if activity.kind != ActivityKind.SURVEY:
        raise NoSuchActivity
    ways.enter(progress=progress, key=key, at=at)
    try:
        with transaction.atomic():
            made = SurveyAnswer.objects.create(
                progress=progress, key=key, comfortable=comfortable, clear=clear, useful=useful, recommend=recommend,
                comment=comment.replace("\0", "").strip()[:MOST_LETTERS], answered_at=at,
            )  # fmt: skip
            ways.record(progress=progress, activity=activity, change=lambda known: {**known, "answered": True}, at=at)
    except IntegrityError as error:
        raise AlreadyAnswered from error
    return made
