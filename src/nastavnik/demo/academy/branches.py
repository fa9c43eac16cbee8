"""The academy's story beside the monthly test: courses, certificates, live sessions, and four branches of learning."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random

from nastavnik.assessment.actions import result_facts
from nastavnik.assessment.models import Sitting
from nastavnik.demo.academy import awards, courses, newcomers, programmes
from nastavnik.demo.academy.newcomers import Latest
from nastavnik.demo.academy.programmes import LEAD, TALK, TOOLS
from nastavnik.demo.academy.scene import Scene
from nastavnik.demo.academy.sessions import Timetable, working
from nastavnik.demo.careers import Centre
from nastavnik.demo.settle import Parts, at
from nastavnik.learning.actions import (
    advance,
    award_notices,
    certificates,
    enrolments,
    plans,
    reminders,
    renewals,
    study_notices,
    triggers,
)
from nastavnik.learning.enums import AttendanceMark, Branch, CertificateState, EnrolmentState
from nastavnik.learning.models import Certificate, CertificateTurn, Enrolment, Trigger
from nastavnik.learning.values import AfterDays, Every, Launch, Problem, Scope, TriggerRule
from nastavnik.people.models import Person

DAY = timedelta(days=1)
BEGUN_DAYS = 430  # the academy was set up so many days before the day of loading
LAUNCH_IN = 9
LIMIT = 85.0  # the campaign is for those under so many per cent in the last tests
Progress = Callable[[float], None]


def build(centre: Centre, parts: Parts, seed: int, now: datetime, progress: Progress) -> Scene:
    """Everything of the academy but the monthly test, which must be there. Inside the caller's transaction."""
    scene = _set_up(centre, parts, seed, now)
    progress(0.2)
    latest = newcomers.build(scene)
    progress(0.4)
    _premium(scene)
    awards.past(centre, parts, scene.kinds)
    _life_cycle(scene)
    progress(0.6)
    campaign = _campaign(scene)
    _launch(scene)
    progress(0.8)
    _coming_week(scene, latest, campaign)
    _tell(scene)
    _freeze(scene)
    progress(1.0)
    return scene


def _set_up(centre: Centre, parts: Parts, seed: int, now: datetime) -> Scene:
    begun = at(centre.today - BEGUN_DAYS * DAY)
    shelf = courses.build(parts, begun, now)
    known = awards.kinds(parts, begun, _launch_day(centre.today) + DAY)
    timetable = Timetable(parts, begun)
    made = programmes.build(parts, shelf, begun)
    return Scene(centre, parts, seed, begun, now, Random(f"academy {seed}"), shelf, known, made, timetable)


def _launch_day(today: date) -> date:
    return today + LAUNCH_IN * DAY


def _trigger(scene: Scene, title: str, code: str, rule: TriggerRule, since: date) -> Trigger:
    programme = scene.programmes[code]
    return triggers.save(
        trigger=None, title=title, branch=Branch(programme.branch), programme=programme, rule=rule, is_active=True,
        by=scene.head, at=at(since),
    )  # fmt: skip


def _run(scene: Scene, trigger: Trigger, day: date) -> list[Enrolment]:
    """Run the trigger on a past day; those enrolled are told."""
    moment = at(day, 9)
    report = triggers.run(trigger=trigger, by=None, at=moment)
    people = [one.hit.person_id for one in report.foreseen]
    rows = Enrolment.objects.filter(programme=trigger.programme, person__in=people, enrolled_at=moment)
    found = list(rows.select_related("person").order_by("person__code"))
    reminders.tell_enrolled([row.pk for row in found], at=moment)
    return found


def _took(scene: Scene, rows: Sequence[Enrolment], codes: Sequence[str], day: date, share: float) -> list[Enrolment]:
    """A share of the enrolled took the courses from the day on, a few began them; returns those who are through."""
    order = list(rows)
    scene.dice.shuffle(order)
    through = order[: round(share * len(order))]
    begun = order[len(through) : len(through) + len(order) // 8]
    for place, code in enumerate(codes):
        moments = [(row.person, at(day + place * DAY, 11) + scene.minutes(400), 1.0) for row in through]
        moments += [(row.person, at(day, 12) + scene.minutes(300), 0.5) for row in begun if place == 0]
        scene.shelf.taken(code, moments, scene.dice, scene.now)
    return through


# The branches ---------------------------------------------------------------------------------------------------------


def _life_cycle(scene: Scene) -> None:
    """Day 30 after joining, and every half-year; rounds of three weeks ago and of today."""
    today, before = scene.today, scene.today - 21 * DAY
    everybody = Scope(posts=frozenset({"agent"}))
    rules: tuple[tuple[str, str, TriggerRule], ...] = (
        ("Тридцатый день после прихода", "first-thirty", AfterDays(30, grace_days=35, scope=everybody)),
        ("Каждые 180 дней", "half-year", Every(180, grace_days=40, scope=everybody)),
    )
    taken = {"first-thirty": ("quality", "tone"), "half-year": ("refusal", "data")}
    for title, code, rule in rules:
        trigger = _trigger(scene, title, code, rule, before - 30 * DAY)
        rows = _run(scene, trigger, before)
        _took(scene, rows, taken[code], before + 2 * DAY, 0.75)
        advance.evaluate([row.pk for row in rows], at=at(before + 12 * DAY, 1))
        _run(scene, trigger, today)


def _campaign(scene: Scene) -> list[Person]:
    """Inbound people under the limit in the last tests; returns those who wait for the workshop."""
    result_facts.send(at=scene.now)
    since = scene.today - 12 * DAY
    rule = Problem(
        metric="exam_mean", limit=LIMIT, window_days=62, least_n=1, scope=Scope(lines=frozenset({"inbound"}))
    )
    trigger = _trigger(scene, "Возвраты: кто ошибается в тесте", "refunds-campaign", rule, since)
    rows = _run(scene, trigger, since)
    through = _took(scene, rows, ("refunds",), since + DAY, 0.6)
    advance.evaluate([row.pk for row in rows], at=at(since + 6 * DAY, 1))
    came, rest = through[: len(through) // 2][:10], through[len(through) // 2 :]
    marks = {row.person: AttendanceMark.PRESENT for row in came}
    if len(came) > 2:
        marks |= {came[0].person: AttendanceMark.ABSENT, came[1].person: AttendanceMark.LATE}
    scene.timetable.held(TOOLS, working(scene.today, -2), 15, marks, trainer="T-04", room="aurora")
    advance.evaluate([row.pk for row in rows], at=scene.now)
    return [row.person for row in rest]


def _launch(scene: Scene) -> None:
    """Everybody on the outbound line by a day ahead; over half have passed."""
    since = scene.today - 6 * DAY
    rule = Launch(
        by=_launch_day(scene.today), contact_type=awards.INTENSIVES, scope=Scope(lines=frozenset({"outbound"}))
    )
    trigger = _trigger(scene, "Запуск интенсивов: исходящая линия", "intensives", rule, since)
    rows = _run(scene, trigger, since)
    _took(scene, rows, ("intensives",), since + DAY, 0.6)
    advance.evaluate([row.pk for row in rows], at=at(scene.today - DAY, 20))


def _premium(scene: Scene) -> None:
    """The premium team went the long way in three waves: valid, about to end, ended; the last two renew."""
    people = scene.agents("premium")
    waves = (
        (people[4:], scene.today - 118 * DAY), (people[2:4], scene.today - 361 * DAY),
        (people[:2], scene.today - 393 * DAY),
    )  # fmt: skip
    for some, day in waves:
        if not some:
            continue
        found = enrolments.enrol_all(
            people=[one.pk for one in some], programme=scene.programmes["premium"], by=scene.head, at=at(day)
        )
        for place, code in enumerate(("premium", "refunds")):
            moments = [(one, at(day + (1 + place) * DAY, 11) + scene.minutes(300), 1.0) for one in some]
            scene.shelf.taken(code, moments, scene.dice, scene.now)
        advance.evaluate([one.pk for one in found.enrolments], at=at(day + 8 * DAY, 18))


# The coming week, bells, the plan of the month ------------------------------------------------------------------------


def _coming_week(scene: Scene, latest: Latest, campaign: Sequence[Person]) -> None:
    """A full session with a wait-list, one with free seats, one on approval with too few people."""
    table, today, ready = scene.timetable, scene.today, list(latest.ready)
    morning = scene.now - timedelta(hours=20)
    seats = min(max(1, len(ready) - 2), 14)
    full = table.plan(TALK, working(today, 2), 10, trainer="T-02", room="north", capacity=seats,
                      note="Возьмите запись одного своего разговора")  # fmt: skip
    table.book(full, ready, morning)
    table.plan(TALK, working(today, 6), 10, trainer="T-03")
    free = table.plan(TOOLS, working(today, 3), 15, trainer="T-04", room="aurora")
    table.book(free, campaign[:6], morning)
    table.plan(TOOLS, working(today, 8), 11, trainer="T-03")
    asked = table.plan(LEAD, working(today, 4), 12, trainer="T-01", room="north")
    staff = scene.agents("chat")
    table.book(asked, staff[2:5], morning, by=scene.head)
    table.book(asked, staff[:2], morning)


def _tell(scene: Scene) -> None:
    """What bells hold: certificates of late, those to renew, tests offered, what is due. Reactions are silent here."""
    now = scene.now
    certificates.follow_days(at=now)
    for turn in CertificateTurn.objects.select_related("certificate__kind").order_by("pk"):
        one = turn.certificate
        tell = award_notices.tell_expiring if turn.state == CertificateState.WINDOW else award_notices.tell_expired
        tell(certificate_id=one.pk, at=now)
        if one.valid_to:
            renewals.renew(person_id=one.person_id, kind_code=one.kind.code, valid_to=one.valid_to, at=now)
    fresh = Certificate.objects.filter(awarded_at__gt=now - 14 * DAY)
    award_notices.tell_all_awarded(certificate_ids=list(fresh.values_list("pk", flat=True)), at=now)
    for gone in Certificate.objects.filter(revoked_at__isnull=False):
        award_notices.tell_revoked(certificate_id=gone.pk, at=gone.revoked_at or now)
    for sitting in Sitting.objects.open_at(now):
        people = list(sitting.attempts.filter(opened_at=None).values_list("person_id", flat=True))
        study_notices.tell_offered(sitting_id=sitting.pk, person_ids=people, at=now)
    tone = scene.shelf.courses["tone"]
    if tone.review_date:
        study_notices.tell_review_due(
            course_code=tone.code, owner_id=tone.owner_id, review_date=tone.review_date, at=now
        )
    renewed = Enrolment.objects.filter(enrolled_at=now, source="renewal", state=EnrolmentState.ACTIVE)
    reminders.tell_enrolled(list(renewed.values_list("pk", flat=True)), at=now)
    reminders.remind(at=now)


def _freeze(scene: Scene) -> None:
    """The plans of this month and the last one were frozen on their first days."""
    this = scene.today.replace(day=1)
    for month in ((this - DAY).replace(day=1), this):
        plans.freeze(month=month, by=None, at=at(month, 1))
    plans.report(at=scene.now)
