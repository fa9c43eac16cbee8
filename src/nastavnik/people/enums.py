"""Closed lists of the people app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EmploymentKind(TextChoices):
    STAFF = "staff", _("staff")
    REMOTE = "remote", _("remote surge staff")
    PARTNER = "partner", _("partner centre's staff")


class LineKind(TextChoices):
    """What kind of contact a line handles; a written line may be worked without a telephone."""

    VOICE = "voice", _("voice")
    WRITTEN = "written", _("written")
    MIXED = "mixed", _("voice and written")


class ClearanceMode(TextChoices):
    """How a person may work on a line."""

    FULL = "full", _("all channels")
    WRITTEN_ONLY = "written_only", _("written work only")


class RoleScope(TextChoices):
    """How far a role reaches."""

    ORGANISATION = "organisation", _("the whole organisation")
    PARTNER = "partner", _("one partner centre")
    TEAM = "team", _("one team")
    SELF = "self", _("oneself")


class Role(TextChoices):
    """Roles of the house; rights of each are listed in `people.roles`."""

    AGENT = "agent", _("agent")
    CRISIS_MANAGER = "crisis_manager", _("crisis manager")
    MENTOR = "mentor", _("mentor")
    TRAINER = "trainer", _("trainer")
    PSYCHOLOGIST = "psychologist", _("psychologist")
    REVIEWER = "reviewer", _("quality reviewer")
    TEAM_LEAD = "team_lead", _("team lead")
    PARTNER_LEAD = "partner_lead", _("partner centre's lead")
    PLANNER = "planner", _("planner")
    BUSINESS_CUSTOMER = "business_customer", _("business customer")
    ACADEMY_HEAD = "academy_head", _("head of academy")
    CENTRE_HEAD = "centre_head", _("head of the centre")
    JURY = "jury", _("jury member")
    ADMINISTRATOR = "administrator", _("administrator")
