"""Live sessions: where, who teaches, for how many; and who has a seat, waits, was there.

The database refuses a room, a trainer or a person twice at one time, and one seat more than there are.
"""

from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.models import new_public_id
from nastavnik.learning.enums import AttendanceMark, BookingState, SessionState
from nastavnik.people.models import Person, Team
from nastavnik.people.models.organisation import Named
from nastavnik.people.reach import has_right, has_right_everywhere, reach_of
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within

if TYPE_CHECKING:
    from datetime import datetime


def not_twice_at_once(key: str, *, name: str, condition: Q, message: Any) -> ExclusionConstraint:
    """A constraint that refuses two rows with one `key` (a foreign key) whose [starts_at, ends_at) overlap."""
    one = Func(F(key), F(key), Value("[]"), function="int8range", output_field=BigIntegerRangeField())
    during = Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange", output_field=DateTimeRangeField())
    return ExclusionConstraint(
        name=name, index_type="GIST", expressions=[(one, "&&"), (during, "&&")], condition=condition,
        violation_error_message=message,
    )  # fmt: skip


class Room(Named):
    """A room sessions are held in; `time_zone` is empty where it is the organisation's."""

    place = models.CharField(_("how to get there"), max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=12)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["name"]


class SessionKind(Named):
    """What is taught in a live session, and how long it takes. Courses and programmes ask for it by its code."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=90)
    capacity = models.PositiveSmallIntegerField(_("usual number of seats"), default=12)
    minimum = models.PositiveSmallIntegerField(_("usual minimum"), default=0)
    description = models.TextField(_("what it is about"), blank=True)
    needs_approval = models.BooleanField(_("the lead agrees to each registration"), default=False)
    is_active = models.BooleanField(_("is held"), default=True)

    class Meta:
        verbose_name = _("session kind")
        verbose_name_plural = _("session kinds")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=720), name="learning_kind_minutes")
        ]


class SessionQuerySet(models.QuerySet["LiveSession"]):
    """Filters of live sessions."""

    def visible_to(self, person: Person) -> Self:
        """What one may register for, was registered for, or holds; everything for those who plan sessions.

        An open session is for the organisation's own people, and for partner centres only where it says so.
        """
        if has_right_everywhere(person, Right.HOLD_SESSIONS) or has_right_everywhere(person, Right.SEE_LEARNING):
            return self
        mine = Q(trainer=person) | Q(pk__in=Booking.objects.filter(person=person).values("session_id"))
        day = models.functions.Now()
        employed: Any = person.employments.filter(Q(active_to__isnull=True) | Q(active_to__gt=day))
        partners = employed.filter(partner__isnull=False).exists()
        if not employed.exists():
            return self.filter(mine)
        offered = Q(pk__isnull=False) if has_right(person, Right.ENROL) else Q(is_open=True)
        return self.filter(mine | (offered & Q(for_partners=True) if partners else offered))

    def upcoming(self, at: "datetime") -> Self:
        """Planned sessions that have not ended."""
        return self.filter(state=SessionState.PLANNED, ends_at__gt=at)

    def with_waiting(self) -> Self:
        """Each with `waiting`: how many are on its wait-list."""
        rows = Booking.objects.filter(session=models.OuterRef("pk"), state=BookingState.WAITING).order_by()
        counted = rows.values("session").annotate(n=models.Count("pk")).values("n")
        return self.annotate(waiting=models.functions.Coalesce(models.Subquery(counted), 0))


class LiveSession(models.Model):
    """One session: kind, place, trainer, time, seats. `booked` is kept by a trigger and never passes `capacity`."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    kind = models.ForeignKey(SessionKind, models.PROTECT, related_name="sessions", verbose_name=_("session kind"))
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("room")
    )
    link = models.URLField(_("link"), max_length=500, blank=True)
    trainer = models.ForeignKey(Person, models.PROTECT, related_name="sessions_held", verbose_name=_("trainer"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    closes_at = models.DateTimeField(_("registration until"))
    capacity = models.PositiveSmallIntegerField(_("seats"))
    minimum = models.PositiveSmallIntegerField(_("minimum"), default=0)
    team_quota = models.PositiveSmallIntegerField(_("seats for one team at most"), null=True, blank=True)
    is_open = models.BooleanField(_("people register themselves"), default=True)
    for_partners = models.BooleanField(_("for partner centres too"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    booked = models.PositiveSmallIntegerField(_("seats taken"), default=0, editable=False)
    note = models.CharField(_("what to bring, what to prepare"), max_length=500, blank=True)
    cancelled_because = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("live session")
        verbose_name_plural = _("live sessions")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="learning_session_start")]
        constraints = [
            not_twice_at_once(
                "room", name="learning_room_once", condition=Q(room__isnull=False) & ~Q(state="cancelled"),
                message=_("The room is taken at this time."),
            ),
            not_twice_at_once(
                "trainer", name="learning_trainer_once", condition=~Q(state="cancelled"),
                message=_("The trainer holds another session at this time."),
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="learning_session_hours"),
            models.CheckConstraint(condition=Q(closes_at__lte=F("starts_at")), name="learning_session_closes"),
            models.CheckConstraint(condition=Q(booked__lte=F("capacity")), name="learning_session_seats"),
            models.CheckConstraint(
                condition=Q(room__isnull=False) | ~Q(link=""), name="learning_session_somewhere",
                violation_error_message=_("A session needs a room or a link."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.kind)

    def get_absolute_url(self) -> str:
        return reverse("learning:session-detail", args=[self.public_id])

    @property
    def seats_left(self) -> int:
        return self.capacity - self.booked

    @property
    def is_short(self) -> bool:
        """Whether fewer people than the minimum are booked."""
        return self.booked < self.minimum

    def venue_zone(self, organisations: ZoneInfo) -> ZoneInfo:
        """The time zone of the place it is held in."""
        return ZoneInfo(self.room.time_zone) if self.room and self.room.time_zone else organisations


class BookingQuerySet(models.QuerySet["Booking"]):
    """Filters of registrations."""

    def visible_to(self, person: Person) -> Self:
        """One's own, those of one's reach, and everybody's in the sessions one holds."""
        if has_right_everywhere(person, Right.HOLD_SESSIONS):
            return self
        return self.filter(within(reach_of(person, Right.SEE_LEARNING)) | Q(session__trainer=person))

    def active(self) -> Self:
        """Seats and places on wait-lists."""
        return self.exclude(state=BookingState.CANCELLED)


class Booking(models.Model):
    """That a person has a seat in a session, asks for one, waits, or had one.

    It copies the session's hours for the constraint.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    session = models.ForeignKey(LiveSession, models.PROTECT, related_name="bookings", verbose_name=_("live session"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="bookings", verbose_name=_("person"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team"))
    state = models.CharField(_("state"), max_length=10, choices=BookingState.choices)
    starts_at = models.DateTimeField(_("starts"), editable=False)
    ends_at = models.DateTimeField(_("ends"), editable=False)
    made_at = models.DateTimeField(_("registered"))
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("registered by"))
    settled_at = models.DateTimeField(_("state since"))
    reason = models.CharField(_("why"), max_length=300, blank=True)
    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("session booking")
        verbose_name_plural = _("session bookings")
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["session", "state"], name="learning_booking_session")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=~Q(state="cancelled"), name="learning_booked_once",
                violation_error_message=_("This person is registered already."),
            ),
            not_twice_at_once(
                "person", name="learning_person_once", condition=Q(state="booked"),
                message=_("This person has a seat in another session at this time."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.session}: {self.person}"


class Attendance(models.Model):
    """Whether a person was at a session, by whom and when it was marked; changes stand in the journal."""

    session = models.ForeignKey(LiveSession, models.PROTECT, related_name="attendances", verbose_name=_("live session"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances", verbose_name=_("person"))
    mark = models.CharField(_("was there"), max_length=10, choices=AttendanceMark.choices)
    by_code = models.BooleanField(_("by the code on the screen"), default=False)
    marked_at = models.DateTimeField(_("marked"))
    marked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("marked by"))
    told_at = models.DateTimeField(_("counted as evidence"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="learning_attended_once")]

    def __str__(self) -> str:
        return f"{self.session}: {self.person}, {self.get_mark_display()}"


class CalendarFeed(models.Model):
    """A secret address under which one's calendar programme reads one's sessions; only its hash is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="calendar_feeds", verbose_name=_("person"))
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("created"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(revoked_at=None), name="learning_one_feed")
        ]

    def __str__(self) -> str:
        return str(self.person)
