"""Where and as what a person works, over time. Overlaps are refused by the database."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.dated import Dated, DatedQuerySet, ends_after_start, no_overlap
from nastavnik.people.enums import ClearanceMode, EmploymentKind, Role, RoleScope
from nastavnik.people.models.organisation import Line, Partner, Team
from nastavnik.people.models.persons import Person


class Employment(Dated):
    """A person's time with the organisation: staff, remote surge, or a partner centre's."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="employments", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=10, choices=EmploymentKind.choices)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="employments", verbose_name=_("partner centre")
    )
    leaving_reason = models.CharField(_("reason for leaving"), max_length=200, blank=True)
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        constraints = [
            no_overlap("person", name="people_one_employment_at_a_time"),
            ends_after_start("people_employment_days"),
            models.CheckConstraint(
                condition=Q(kind="partner", partner__isnull=False) | (~Q(kind="partner") & Q(partner__isnull=True)),
                name="people_partner_named",
                violation_error_message=_("A partner's employee needs the partner centre, others must not have one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"


class TeamMembership(Dated):
    """Which team a person works in; one at a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships", verbose_name=_("team"))
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("team membership")
        verbose_name_plural = _("team memberships")
        constraints = [no_overlap("person", name="people_one_team_at_a_time"), ends_after_start("people_member_days")]

    def __str__(self) -> str:
        return f"{self.person}: {self.team}"


class TeamLeadership(Dated):
    """Who leads a team; one lead at a time, a person may lead several teams."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="leaderships", verbose_name=_("person"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="leaderships", verbose_name=_("team"))
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("team leadership")
        verbose_name_plural = _("team leaderships")
        constraints = [no_overlap("team", name="people_one_lead_at_a_time"), ends_after_start("people_lead_days")]

    def __str__(self) -> str:
        return f"{self.team}: {self.person}"


class LineClearance(Dated):
    """Which line a person may work on, and how; a restriction to written work names its reason."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="clearances", verbose_name=_("person"))
    line = models.ForeignKey(Line, models.PROTECT, related_name="clearances", verbose_name=_("line"))
    mode = models.CharField(_("how"), max_length=20, choices=ClearanceMode.choices, default=ClearanceMode.FULL)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("line clearance")
        verbose_name_plural = _("line clearances")
        constraints = [
            no_overlap("person", "line", name="people_one_clearance_per_line"),
            ends_after_start("people_clearance_days"),
            models.CheckConstraint(
                condition=~Q(mode="written_only") | ~Q(reason=""),
                name="people_restriction_has_reason",
                violation_error_message=_("A restriction to written work needs its reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.line}"


class RoleAssignment(Dated):
    """A role a person holds, how far it reaches, from when until when."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="role_assignments", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    scope = models.CharField(_("reach"), max_length=20, choices=RoleScope.choices, default=RoleScope.ORGANISATION)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner centre")
    )
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("role assignment")
        verbose_name_plural = _("role assignments")
        constraints = [
            ends_after_start("people_role_days"),
            models.CheckConstraint(
                condition=Q(scope="team", team__isnull=False, partner__isnull=True)
                | Q(scope="partner", partner__isnull=False, team__isnull=True)
                | Q(scope__in=["organisation", "self"], team__isnull=True, partner__isnull=True),
                name="people_role_scope_named",
                violation_error_message=_("A role for a team or partner centre names it; other roles name neither."),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "scope", "team", "partner"],
                condition=Q(active_to__isnull=True),
                nulls_distinct=False,
                name="people_open_role_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
