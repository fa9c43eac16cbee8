"""The kinds of requirements this room knows: activities, courses, tests, certificates, tenure, metrics, sign-offs."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nastavnik.assessment.models import Exam, Result
from nastavnik.content.enums import VersionState
from nastavnik.content.models import Activity, ActivityProgress, Course, CourseProgress
from nastavnik.learning.days import local_days
from nastavnik.learning.logic import judging
from nastavnik.learning.logic.requirements import Need
from nastavnik.learning.models import (
    Attendance,
    CertificateKind,
    PanelMark,
    PlanItem,
    SessionKind,
    SignOff,
    StageActivity,
)
from nastavnik.learning.queries.certificates import valid_kinds_of
from nastavnik.learning.requirements import Asked, Found, Kind, Names, Parameter, register
from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.enums import ScopeKind
from nastavnik.metrics.queries import readings, scopes
from nastavnik.people.enums import Role
from nastavnik.people.models import Employment


def _ids(asked: Sequence[Asked]) -> set[int]:
    return {one.person_id for one in asked}


def _codes(asked: Sequence[Asked], name: str) -> set[str]:
    return {str(one.need[name]) for one in asked}


def _title(need: Need, names: Names, name: str) -> str:
    return names.get(str(need[name]), str(need[name]))


# Activities of the stage ----------------------------------------------------------------------------------------------


def _items(asked: Sequence[Asked]) -> dict[tuple[int, int], list[Any]]:
    """Plan items of the enrolments by (enrolment, stage); dropped ones ask nothing."""
    found: dict[tuple[int, int], list[Any]] = defaultdict(list)
    rows = PlanItem.objects.filter(
        enrolment_id__in={one.enrolment_id for one in asked}, stage_id__in={one.stage_id for one in asked},
        dropped_at=None,
    )  # fmt: skip
    for row in rows.order_by("position").values_list(
        "enrolment_id", "stage_id", "activity_key", "title", "is_required", "done_at", named=True
    ):
        found[row.enrolment_id, row.stage_id].append(row)
    return found


def _find_stage(asked: Sequence[Asked], at: datetime) -> Found:
    items = _items(asked)
    return {
        one: judging.stage_done(
            tuple(
                row.title
                for row in items.get((one.enrolment_id, one.stage_id), ())
                if row.is_required and row.done_at is None
            )
        )
        for one in asked
    }


def _find_activity(asked: Sequence[Asked], at: datetime) -> Found:
    local_day = local_days()
    items = PlanItem.objects.filter(
        enrolment_id__in={one.enrolment_id for one in asked}, activity_key__in=_codes(asked, "activity")
    )
    known = {
        (enrolment, key): (title, done)
        for enrolment, key, title, done in items.values_list("enrolment_id", "activity_key", "title", "done_at")
    }
    found: Found = {}
    for one in asked:
        title, done = known.get((one.enrolment_id, one.need["activity"]), ("", None))
        found[one] = judging.done(title, local_day(done) if done else None)
    return found


def _activity_names(codes: set[str]) -> Names:
    return dict(StageActivity.objects.filter(key__in=codes).order_by("pk").values_list("key", "title"))


# Courses and tests ----------------------------------------------------------------------------------------------------


def _course_names(codes: set[str]) -> Names:
    return dict(Course.objects.filter(code__in=codes).values_list("code", "title"))


def _find_course(asked: Sequence[Asked], at: datetime) -> Found:
    local_day = local_days()
    rows = CourseProgress.objects.filter(
        person_id__in=_ids(asked), course__code__in=_codes(asked, "course"), completed_at__isnull=False
    )
    known: dict[tuple[int, str], datetime] = {}
    for person, code, done in rows.order_by("completed_at").values_list("person_id", "course__code", "completed_at"):
        if done is not None:
            known[person, code] = done
    names = _course_names(_codes(asked, "course"))
    found: Found = {}
    for one in asked:
        code = one.need["course"]
        done = known.get((one.person_id, code))
        day = local_day(done) if done else None
        found[one] = judging.done(names.get(code, code), day if day and (not one.since or day >= one.since) else None)
    return found


def _part_names(codes: set[str]) -> Names:
    """Titles of activities of published courses by «course/activity»."""
    return dict(_titles(Activity.objects.filter(version__course__code__in={code.partition("/")[0] for code in codes})))


def _titles(rows: Any) -> list[tuple[str, str]]:
    rows = rows.filter(version__state=VersionState.PUBLISHED).order_by("version__course__title", "position")
    return [
        (f"{course}/{key}", f"{whole}: {title}")
        for course, whole, key, title in rows.values_list(
            "version__course__code", "version__course__title", "key", "title"
        )
    ]


def _parts() -> list[tuple[str, Any]]:
    return list(_titles(Activity.objects.all()))


def _find_part(asked: Sequence[Asked], at: datetime) -> Found:
    """One activity of a course, on whatever version the person is."""
    local_day = local_days()
    wanted = _codes(asked, "part")
    rows = ActivityProgress.objects.filter(
        progress__person_id__in=_ids(asked), progress__course__code__in={one.partition("/")[0] for one in wanted},
        key__in={one.partition("/")[2] for one in wanted}, done_at__isnull=False,
    )  # fmt: skip
    known: dict[tuple[int, str], datetime] = {}
    for person, course, key, done in rows.order_by("done_at").values_list(
        "progress__person_id", "progress__course__code", "key", "done_at"
    ):
        if done is not None:
            known[person, f"{course}/{key}"] = done
    names, found = _part_names(wanted), Found()
    for one in asked:
        moment = known.get((one.person_id, one.need["part"]))
        day = local_day(moment) if moment else None
        title = names.get(one.need["part"], one.need["part"])
        found[one] = judging.done(title, day if day and (not one.since or day >= one.since) else None)
    return found


def _exam_names(codes: set[str]) -> Names:
    return dict(Exam.objects.filter(code__in=codes).values_list("code", "title"))


def _find_exam(asked: Sequence[Asked], at: datetime) -> Found:
    """The latest result counts: who fails a retest has failed."""
    local_day = local_days()
    rows = Result.objects.in_force().filter(
        attempt__person_id__in=_ids(asked), attempt__exam__code__in=_codes(asked, "exam")
    )
    known: dict[tuple[int, str], tuple[float, datetime]] = {}
    for person, code, score, made in rows.order_by("attempt__closed_at", "pk").values_list(
        "attempt__person_id", "attempt__exam__code", "percent", "attempt__closed_at"
    ):
        known[person, code] = (float(score), made or at)
    names = _exam_names(_codes(asked, "exam"))
    found: Found = {}
    for one in asked:
        code = one.need["exam"]
        known_of = known.get((one.person_id, code))
        percent, day = (known_of[0], local_day(known_of[1])) if known_of else (None, None)
        found[one] = judging.exam(names.get(code, code), one.need["percent"], percent, day, one.since)
    return found


# Live sessions --------------------------------------------------------------------------------------------------------


def _session_names(codes: set[str]) -> Names:
    return {one.code: str(one) for one in SessionKind.objects.filter(code__in=codes)}


def _find_session(asked: Sequence[Asked], at: datetime) -> Found:
    """Attendance that its trainer has settled, the latest."""
    local_day = local_days()
    rows = Attendance.objects.filter(
        person_id__in=_ids(asked), session__kind__code__in=_codes(asked, "session"), told_at__isnull=False
    )
    known: dict[tuple[int, str], datetime] = {}
    for person, code, told in rows.order_by("told_at").values_list("person_id", "session__kind__code", "told_at"):
        known[person, code] = told or at
    names = _session_names(_codes(asked, "session"))
    found: Found = {}
    for one in asked:
        code = one.need["session"]
        told = known.get((one.person_id, code))
        day = local_day(told) if told else None
        title = names.get(code, code)
        found[one] = judging.attended(title, day if day and (not one.since or day >= one.since) else None)
    return found


# Certificates, tenure -------------------------------------------------------------------------------------------------


def _certificate_names(codes: set[str]) -> Names:
    return {one.code: str(one) for one in CertificateKind.objects.filter(code__in=codes)}


def _find_certificate(asked: Sequence[Asked], at: datetime) -> Found:
    valid = valid_kinds_of(_ids(asked), at)
    names = _certificate_names(_codes(asked, "certificate"))
    return {
        one: judging.certificate(
            names.get(one.need["certificate"], one.need["certificate"]),
            is_valid=one.need["certificate"] in valid.get(one.person_id, ()),
        )
        for one in asked
    }


def _find_tenure(asked: Sequence[Asked], at: datetime) -> Found:
    local_day = local_days()
    today = local_day(at)
    joined = dict(
        Employment.objects.on(today).filter(person_id__in=_ids(asked)).values_list("person_id", "active_from")
    )
    return {one: judging.tenure(one.need["days"], joined.get(one.person_id), today) for one in asked}


# Figures of work ------------------------------------------------------------------------------------------------------


def figures(metric: str, days: int, today: date) -> dict[int, Any]:
    """The metric of every person over so many days up to yesterday."""
    found = readings.by(
        [metric], by=ScopeKind.PERSON, within=scopes.ORGANISATION, first=today - timedelta(days=days), end=today
    )
    return {person: spans[0] for person, spans in found[metric].items() if spans}


def _find_metric(asked: Sequence[Asked], at: datetime) -> Found:
    local_day = local_days()
    today, found = local_day(at), Found()
    for metric, window in {(one.need["metric"], one.need["window"]) for one in asked}:
        known = figures(metric, window, today) if metric in METRICS else {}
        for one in asked:
            if (one.need["metric"], one.need["window"]) == (metric, window):
                it = known.get(one.person_id)
                found[one] = judging.reading(
                    metric, window=window, n=it.n if it else 0, value=it.value if it else None,
                    target=it.target if it else None, met=it.met if it else None,
                )  # fmt: skip
    return found


# Decisions of people --------------------------------------------------------------------------------------------------


def _find_sign_off(asked: Sequence[Asked], at: datetime) -> Found:
    local_day = local_days()
    rows = SignOff.objects.filter(enrolment_id__in={one.enrolment_id for one in asked}).select_related("by")
    latest = {(row.enrolment_id, row.stage_id, row.role): row for row in rows.order_by("at", "pk")}
    found: Found = {}
    for one in asked:
        row = latest.get((one.enrolment_id, one.stage_id, one.need["role"]))
        found[one] = judging.sign_off(
            one.need["role"], approved=row.approved if row else None, name=str(row.by) if row else "",
            on=local_day(row.at) if row else None, comment=row.comment if row else "",
        )  # fmt: skip
    return found


def _find_panel(asked: Sequence[Asked], at: datetime) -> Found:
    marks: dict[tuple[int, str], list[float]] = defaultdict(list)
    rows = PanelMark.objects.filter(enrolment_id__in={one.enrolment_id for one in asked})
    for enrolment, key, percent in rows.values_list("enrolment_id", "activity_key", "percent"):
        marks[enrolment, key].append(percent)
    return {
        one: judging.panel(
            one.need["percent"], one.need["judges"], tuple(marks.get((one.enrolment_id, one.need["activity"]), ()))
        )
        for one in asked
    }


def _exams() -> list[tuple[str, Any]]:
    return list(Exam.objects.order_by("title").values_list("code", "title"))


def _courses() -> list[tuple[str, Any]]:
    return list(Course.objects.order_by("title").values_list("code", "title"))


def _certificates() -> list[tuple[str, Any]]:
    return [(one.code, str(one)) for one in CertificateKind.objects.order_by("title")]


def _session_kinds() -> list[tuple[str, Any]]:
    return [(one.code, str(one)) for one in SessionKind.objects.order_by("name")]


def _metrics() -> list[tuple[str, Any]]:
    return [(code, metric.title) for code, metric in METRICS.items() if not metric.is_snapshot]


def _say_reading(need: Need, names: Names) -> str:
    metric = METRICS[need["metric"]].title if need["metric"] in METRICS else need["metric"]
    return _("{metric} on target over {days} days").format(metric=metric, days=need["window"])


register(
    Kind(
        "stage", gettext_lazy("everything obligatory of the stage done"), (),
        say=lambda _need, _names: _("everything obligatory of the stage is done"), find=_find_stage,
    )
)  # fmt: skip
register(
    Kind(
        "activity", gettext_lazy("an activity done"), (Parameter("activity", gettext_lazy("Activity"), list),),
        say=lambda need, names: _("“{title}” is done").format(title=_title(need, names, "activity")),
        find=_find_activity, named_by="activity", names=_activity_names,
    )
)  # fmt: skip
register(
    Kind(
        "course", gettext_lazy("a course completed"), (Parameter("course", gettext_lazy("Course"), _courses),),
        say=lambda need, names: _("the course “{title}” is completed").format(title=_title(need, names, "course")),
        find=_find_course, named_by="course", names=_course_names,
    )
)  # fmt: skip
register(
    Kind(
        "part", gettext_lazy("one activity of a course done"),
        (Parameter("part", gettext_lazy("Activity of a course"), _parts),),
        say=lambda need, names: _("“{title}” is done").format(title=_title(need, names, "part")),
        find=_find_part, named_by="part", names=_part_names,
    )
)  # fmt: skip
register(
    Kind(
        "exam", gettext_lazy("a test passed"),
        (
            Parameter("exam", gettext_lazy("Test"), _exams),
            Parameter("percent", gettext_lazy("At least, %"), least=1, most=100, initial=85),
        ),
        say=lambda need, names: _("at least {percent}% in the test “{title}”").format(
            percent=need["percent"], title=_title(need, names, "exam")
        ),
        find=_find_exam, named_by="exam", names=_exam_names,
    )
)  # fmt: skip
register(
    Kind(
        "session", gettext_lazy("a live session attended"),
        (Parameter("session", gettext_lazy("Live session"), _session_kinds),),
        say=lambda need, names: _("the live session “{title}” is attended").format(
            title=_title(need, names, "session")
        ),
        find=_find_session, named_by="session", names=_session_names,
    )
)  # fmt: skip
register(
    Kind(
        "certificate", gettext_lazy("a valid certificate"),
        (Parameter("certificate", gettext_lazy("Certificate"), _certificates),),
        say=lambda need, names: _("the certificate “{title}” is valid").format(
            title=_title(need, names, "certificate")
        ),
        find=_find_certificate, named_by="certificate", names=_certificate_names,
    )
)  # fmt: skip
register(
    Kind(
        "tenure", gettext_lazy("time with us"),
        (Parameter("days", gettext_lazy("Days since joining"), least=1, most=4000, initial=30),),
        say=lambda need, _names: _("{days} days since joining").format(days=need["days"]), find=_find_tenure,
    )
)  # fmt: skip
register(
    Kind(
        "metric", gettext_lazy("a metric on target"),
        (
            Parameter("metric", gettext_lazy("Metric"), _metrics),
            Parameter("window", gettext_lazy("Days before the decision"), least=1, most=366, initial=28),
        ),
        say=_say_reading, find=_find_metric,
    )
)  # fmt: skip
register(
    Kind(
        "sign_off", gettext_lazy("a sign-off by a role"),
        (Parameter("role", gettext_lazy("Role"), lambda: Role.choices),),
        say=lambda need, _names: _("signed off by: {role}").format(role=Role(need["role"]).label), find=_find_sign_off,
    )
)  # fmt: skip
register(
    Kind(
        "panel", gettext_lazy("a project defended before a panel"),
        (
            Parameter("activity", gettext_lazy("Defence"), list),
            Parameter("percent", gettext_lazy("Mean of the panel at least, %"), least=1, most=100, initial=70),
            Parameter("judges", gettext_lazy("Judges"), least=1, most=15, initial=3),
        ),
        say=lambda need, names: _("“{title}” defended before {judges} judges, at least {percent}%").format(
            title=_title(need, names, "activity"), judges=need["judges"], percent=need["percent"]
        ),
        find=_find_panel, named_by="activity", names=_activity_names,
    )
)  # fmt: skip
