"""What learning does when people come, move and leave."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_noop

from nastavnik.assessment.events import AttemptClosed, AttemptRescored, ExamOffered
from nastavnik.assessment.models import Attempt
from nastavnik.content.actions import progress
from nastavnik.content.enums import ActivityKind
from nastavnik.content.events import ActivityCompleted, CourseCompleted, CourseReviewDue, TaskMarked
from nastavnik.kernel.events import reacts_to
from nastavnik.learning.actions import (
    advance,
    award_notices,
    bookings,
    enrolments,
    launches,
    notices,
    openings,
    permits,
    plans,
    reminders,
    renewals,
    study_notices,
)
from nastavnik.learning.enums import NoticeKind
from nastavnik.learning.events import (
    CertificateAwarded,
    CertificateExpired,
    CertificateExpiring,
    CertificateRevoked,
    PeopleEnrolled,
    PlanItemDone,
    ProgrammeFinished,
    SessionAttended,
    SignOffGiven,
    StagePassed,
)
from nastavnik.people.events import EmploymentChanged
from nastavnik.people.models import Person


@reacts_to(EmploymentChanged)
def withdraw_the_permits_of_a_leaver(event: EmploymentChanged, at: datetime) -> None:
    """Somebody who left takes no contacts. A leaving noted for later is caught by the nightly job."""
    permits.withdraw_of_leavers(person_id=event.person_id, at=at)


@reacts_to(EmploymentChanged)
def free_the_seats_of_a_leaver(event: EmploymentChanged, at: datetime) -> None:
    """Seats in sessions after the last day of work go to the wait-list."""
    bookings.free_leavers_seats(person=Person.objects.get(pk=event.person_id), at=at)


@reacts_to(SessionAttended)
def tick_the_activities_that_ask_for_the_session(event: SessionAttended, at: datetime) -> None:
    """Courses with a live session of this kind have it done."""
    person = Person.objects.get(pk=event.person_id)
    progress.note_evidence(
        person=person,
        kind=ActivityKind.SESSION,
        reference=event.session_kind_code,
        evidence={"attended": True, "at": event.at.isoformat()},
        at=at,
    )


# -- programmes --------------------------------------------------------------------------------------------------------


@reacts_to(EmploymentChanged)
def close_what_a_leaver_was_learning(event: EmploymentChanged, at: datetime) -> None:
    """A leaving noted for later is caught by the nightly job."""
    enrolments.close_of_leavers(person_id=event.person_id, at=at)


@reacts_to(PeopleEnrolled)
def look_at_the_first_gate(event: PeopleEnrolled, at: datetime) -> None:
    """What a person knew before is ticked at once; then the first stage opens its courses and tests."""
    advance.evaluate(event.enrolment_ids, at=at)
    openings.open_stages(event.enrolment_ids, at=at)


@reacts_to(PeopleEnrolled)
def tell_those_enrolled(event: PeopleEnrolled, at: datetime) -> None:
    reminders.tell_enrolled(event.enrolment_ids, at=at)


@reacts_to(StagePassed)
def open_the_next_stage(event: StagePassed, at: datetime) -> None:
    if event.next_key:
        openings.open_stages([event.enrolment_id], at=at)


@reacts_to(CourseCompleted)
def go_on_after_a_course(event: CourseCompleted, at: datetime) -> None:
    advance.evaluate_person(event.person_id, at=at)


@reacts_to(ActivityCompleted)
def go_on_after_an_activity(event: ActivityCompleted, at: datetime) -> None:
    """Only gates that ask for this very activity are looked at: most activities are a course's own affair."""
    advance.evaluate_asking(event.person_id, course_code=event.course_code, key=event.key, at=at)


@reacts_to(AttemptClosed)
def go_on_after_a_test(event: AttemptClosed, at: datetime) -> None:
    """A failed test becomes a plan of the weak topics; the gate says what is missing either way."""
    if event.outcome == "failed":
        openings.offer_again(plans.plan_after_failure(attempt_id=event.attempt_id, at=at), at=at)
    advance.evaluate_person(event.person_id, at=at)


@reacts_to(AttemptRescored)
def tell_of_a_new_result(event: AttemptRescored, at: datetime) -> None:
    """Whoever's result was counted anew learns it from us and not from a colleague."""
    attempt = Attempt.objects.select_related("person", "exam").get(pk=event.attempt_id)
    notices.notify(
        person=attempt.person, kind=NoticeKind.DECISION, title=gettext_noop("Your result was counted anew: {exam}"),
        object_key=f"attempt:{attempt.pk}", at=at, params={"exam": attempt.exam.title},
        url=reverse("assessment:attempt-result", args=[attempt.public_id]),
    )  # fmt: skip


@reacts_to(AttemptRescored)
def look_again_after_a_rescore(event: AttemptRescored, at: datetime) -> None:
    advance.evaluate_person(event.person_id, at=at)


@reacts_to(CertificateAwarded)
def go_on_after_a_certificate(event: CertificateAwarded, at: datetime) -> None:
    advance.evaluate_person(event.person_id, at=at)


@reacts_to(SignOffGiven)
def go_on_after_a_sign_off(event: SignOffGiven, at: datetime) -> None:
    advance.evaluate([event.enrolment_id], at=at)


@reacts_to(PlanItemDone)
def go_on_after_something_was_accepted(event: PlanItemDone, at: datetime) -> None:
    advance.evaluate_person(event.person_id, at=at)


@reacts_to(CertificateExpiring)
def renew_in_the_window(event: CertificateExpiring, at: datetime) -> None:
    renewals.renew(person_id=event.person_id, kind_code=event.kind_code, valid_to=event.valid_to, at=at)


@reacts_to(CertificateExpired)
def renew_after_the_end(event: CertificateExpired, at: datetime) -> None:
    """Who was not reached in the window (enrolment was closed then) is enrolled now."""
    renewals.renew(person_id=event.person_id, kind_code=event.kind_code, valid_to=event.valid_to, at=at)


@reacts_to(SessionAttended)
def go_on_after_a_session(event: SessionAttended, at: datetime) -> None:
    advance.evaluate_person(event.person_id, at=at)


@reacts_to(ProgrammeFinished)
def permit_what_a_launch_asked_for(event: ProgrammeFinished, at: datetime) -> None:
    """Who passed what a launch asks for may take its contacts, also when it was late."""
    launches.permit_late(person_id=event.person_id, programme_code=event.programme_code, at=at)


# -- notices about courses and tests -----------------------------------------------------------------------------------


@reacts_to(TaskMarked)
def tell_of_a_marked_task(event: TaskMarked, at: datetime) -> None:
    study_notices.tell_marked(
        person_id=event.person_id, course_code=event.course_code, key=event.key, accepted=event.accepted, at=at
    )


@reacts_to(CourseReviewDue)
def tell_the_owner_of_a_course(event: CourseReviewDue, at: datetime) -> None:
    study_notices.tell_review_due(
        course_code=event.course_code, owner_id=event.owner_id, review_date=event.review_date, at=at
    )


@reacts_to(ExamOffered)
def tell_those_offered_a_test(event: ExamOffered, at: datetime) -> None:
    study_notices.tell_offered(sitting_id=event.sitting_id, person_ids=event.person_ids, at=at)


# -- notices about certificates ----------------------------------------------------------------------------------------


@reacts_to(CertificateAwarded)
def tell_the_holder(event: CertificateAwarded, at: datetime) -> None:
    award_notices.tell_awarded(certificate_id=event.certificate_id, at=at)


@reacts_to(CertificateRevoked)
def tell_of_the_revocation(event: CertificateRevoked, at: datetime) -> None:
    award_notices.tell_revoked(certificate_id=event.certificate_id, at=at)


@reacts_to(CertificateExpiring)
def tell_that_it_is_time_to_renew(event: CertificateExpiring, at: datetime) -> None:
    award_notices.tell_expiring(certificate_id=event.certificate_id, at=at)


@reacts_to(CertificateExpired)
def tell_that_it_has_ended(event: CertificateExpired, at: datetime) -> None:
    award_notices.tell_expired(certificate_id=event.certificate_id, at=at)
