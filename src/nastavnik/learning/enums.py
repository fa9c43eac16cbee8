"""Closed lists of the learning app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# -- certificates and permits ------------------------------------------------------------------------------------------


class RenewalFrom(TextChoices):
    """What a certificate renewed inside its window is counted from."""

    OLD_EXPIRY = "old_expiry", _("from the day the old certificate ends")
    COMPLETION = "completion", _("from the day of completion")


class CertificateState(TextChoices):
    """What a certificate is on a day; computed, never stored."""

    VALID = "valid", _("valid")
    WINDOW = "window", _("time to renew")
    GRACE = "grace", _("expired, grace days run")
    EXPIRED = "expired", _("expired")
    RENEWED = "renewed", _("renewed")
    REVOKED = "revoked", _("revoked")


class PermitSource(TextChoices):
    """What a permit rests on."""

    CERTIFICATE = "certificate", _("certificate")
    DECISION = "decision", _("decision of a person")


# -- live sessions -----------------------------------------------------------------------------------------------------


class SessionState(TextChoices):
    """Where a live session stands."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class BookingState(TextChoices):
    """What a registration is."""

    ASKED = "asked", _("waits for the lead's answer")
    BOOKED = "booked", _("has a seat")
    WAITING = "waiting", _("on the wait-list")
    CANCELLED = "cancelled", _("cancelled")


class AttendanceMark(TextChoices):
    """Whether somebody was there."""

    PRESENT = "present", _("present")
    LATE = "late", _("late")
    LEFT_EARLY = "left_early", _("left early")
    ABSENT = "absent", _("absent")
    EXCUSED = "excused", _("absent, excused")

    @property
    def attended(self) -> bool:
        """Present and late count as having attended; somebody who left early has not."""
        return self in (AttendanceMark.PRESENT, AttendanceMark.LATE)


# -- notices -----------------------------------------------------------------------------------------------------------


class NoticeKind(TextChoices):
    """What a notice is about."""

    ASSIGNED = "assigned", _("learning assigned")
    DUE_SOON = "due_soon", _("due soon")
    OVERDUE = "overdue", _("overdue")
    SEAT = "seat", _("a seat for you")
    SESSION_MOVED = "session_moved", _("session moved or cancelled")
    EXPIRY = "expiry", _("certificate ends")
    DECISION = "decision", _("decision about you")


class DispatchState(TextChoices):
    """What became of an e-mail."""

    WAITING = "waiting", _("waits for its hour")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    DROPPED = "dropped", _("not sent")


# -- programmes, enrolments, plans, triggers ---------------------------------------------------------------------------


class Branch(TextChoices):
    """Why a programme exists: the four branches of learning, and a school."""

    NEWCOMERS = "newcomers", _("newcomers")
    LIFE_CYCLE = "life_cycle", _("life cycle")
    PROBLEM_ZONE = "problem_zone", _("problem zone")
    LAUNCH = "launch", _("launch")
    SCHOOL = "school", _("school")


class Path(TextChoices):
    """The way through a programme: the first time, or when a certificate is renewed."""

    ORIGINAL = "original", _("first time")
    RENEWAL = "renewal", _("renewal")


class StageKind(TextChoices):
    """What a stage mostly is."""

    DISTANCE = "distance", _("distance part")
    LIVE = "live", _("live part")
    PRACTICE = "practice", _("trial work")
    PROJECT = "project", _("project")
    ADMISSION = "admission", _("admission")


class LearningKind(TextChoices):
    """What one thing to do is: on a stage, in a plan."""

    COURSE = "course", _("course")
    EXAM = "exam", _("test")
    SESSION = "session", _("live session")
    TASK = "task", _("task")
    EXTERNAL = "external", _("external course")
    PANEL = "panel", _("panel defence")


class EnrolmentState(TextChoices):
    """Where an enrolment stands."""

    ACTIVE = "active", _("learning")
    PAUSED = "paused", _("on a pause")
    FINISHED = "finished", _("finished")
    CLOSED = "closed", _("closed")


OPEN_STATES = (EnrolmentState.ACTIVE, EnrolmentState.PAUSED)


class Source(TextChoices):
    """How something came into a plan."""

    HAND = "hand", _("assigned by hand")
    FILE = "file", _("from a file")
    TRIGGER = "trigger", _("by a rule")
    RENEWAL = "renewal", _("renewal of a certificate")
    FAILED_TEST = "failed_test", _("after a test that was not passed")
    PROGRAMME = "programme", _("part of a programme")


class EventKind(TextChoices):
    """What happened to an enrolment."""

    ENROLLED = "enrolled", _("enrolled")
    ENTERED = "entered", _("stage entered")
    PASSED = "passed", _("gate passed")
    WAIVED = "waived", _("waived")
    PAUSED = "paused", _("on a pause")
    RESUMED = "resumed", _("resumed")
    MOVED = "moved", _("moved")
    FINISHED = "finished", _("finished")
    CLOSED = "closed", _("closed")


class PauseKind(TextChoices):
    LEAVE = "leave", _("leave")
    ILLNESS = "illness", _("illness")
    WORK = "work", _("needed at work")


class WaiverScope(TextChoices):
    GATE = "gate", _("the whole gate")
    REQUIREMENT = "requirement", _("one requirement")
    ACTIVITY = "activity", _("one activity")


class ProofState(TextChoices):
    WAITING = "waiting", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


class HitOutcome(TextChoices):
    """What a trigger did about one person."""

    ENROLLED = "enrolled", _("enrolled")
    ALREADY = "already", _("is learning it already")
    EXCLUDED = "excluded", _("left out")
