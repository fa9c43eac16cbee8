"""Addresses of courses in the walk."""

from typing import Any

from nastavnik.content.actions import access, progress, work
from nastavnik.content.enums import ActivityKind
from nastavnik.content.models import Course
from nastavnik.kernel import clock
from tests.factories.content import a_course, a_file, a_picture, a_task, an_activity, published

COURSE = "a-course-of-walk"
_COURSE = [{"public_id": COURSE}, {"public_id": "no-such-record"}]
_KEY = [{"public_id": COURSE, "key": key} for key in ("law", "task", "no-such")]
_SENT = [{"public_id": "a-task-of-walk"}, {"public_id": "of-a-stranger"}, {"public_id": "no-such-record"}]
_ONE = (
    "course-detail", "course-describe", "course-move", "course-move-all", "course-edit", "draft-begin", "draft-order",
    "draft-discard", "course-publish", "course-retire", "text-preview", "access-list", "access-revoke",
    "survey-results", "file-list", "course-play",
)  # fmt: skip
_KEYED = (
    "activity-edit", "activity-move", "activity-remove", "activity-preview", "activity-play", "activity-read",
    "activity-watch", "activity-follow", "activity-download", "task-hand-in", "survey-answer",
)  # fmt: skip
_FILE = [{"public_id": COURSE, "name": name} for name in ("scheme.png", "no-such.png")]
SAMPLES: dict[str, list[dict[str, Any]]] = {
    **{f"content:{name}": _COURSE for name in _ONE},
    **{f"content:{name}": _KEY for name in _KEYED},
    "content:activity-add": [{"public_id": COURSE, "kind": kind} for kind in (*ActivityKind.values, "no-such")],
    "content:version-detail": [{"public_id": COURSE, "number": number} for number in (1, 2, 9)],
    "content:file-open": _FILE,
    "content:file-remove": _FILE,
    "content:slide-open": [{**one, "number": 1} for one in _FILE],
    "content:submission-mark": _SENT,
    "content:submission-file": _SENT,
    "content:person-panel": [{"public_id": "no-such-record"}],
    # The walk reads every ZIP as a workbook. What an archive holds is tested in tests/content/actions/test_archives.py;
    # only authors, who see everybody's courses, may fetch one.
    "content:course-export": [{"public_id": "no-such-record"}],
    "content:import-detail": [{"public_id": "no-such-record"}],
    "content:import-load": [{"public_id": "no-such-record"}],
}
PUBLIC: dict[str, str] = {}


def plant(centre: Any) -> None:
    """Progress and work of people of several teams, so that the walk would see them leak."""
    course = a_course("walk", is_open=True)
    Course.objects.filter(pk=course.pk).update(public_id=COURSE)
    course.refresh_from_db()
    a_file(course, "scheme.png", a_picture())
    an_activity(course, key="law")
    an_activity(course, a_task(), ActivityKind.TASK, key="task")
    published(course)
    for person, name in ((centre.agent, "a-task-of-walk"), (centre.stranger, "of-a-stranger")):
        access.grant(person=person, course=course, source="by hand", by=None, at=clock.now())
        way = progress.begin(person=person, course=course, at=clock.now())
        sent = work.hand_in(progress=way, key="task", text="Ответ", at=clock.now())
        type(sent).objects.filter(pk=sent.pk).update(public_id=name)
