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
