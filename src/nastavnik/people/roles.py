"""What each role may do, in words people read on the settings page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from nastavnik.people.enums import Role


class Right(TextChoices):
    """Rights a role carries within its reach; the label completes «may ...»."""

    SEE_PEOPLE = "see_people", _("see the people within reach")
    SEE_FIGURES = "see_figures", _("see the figures of the people within reach")
    MANAGE_PEOPLE = "manage_people", _("hire, move and release people")
    IMPORT_PEOPLE = "import_people", _("import people from files")
    INVITE = "invite", _("invite people to log in")
    GRANT_ROLES = "grant_roles", _("grant and withdraw roles")
    IMPORT_FACTS = "import_facts", _("import records of work")
    EDIT_TARGETS = "edit_targets", _("edit the targets")
    EDIT_ITEMS = "edit_items", _("read and edit the item bank")
    SET_EXAMS = "set_exams", _("compose exams, mark answers and read item statistics")
    SEE_LEARNING = "see_learning", _("see the learning and the test results of the people within reach")
    EDIT_COURSES = "edit_courses", _("write and publish courses")
    EDIT_PROGRAMMES = "edit_programmes", _("design programmes and award certificates")
    ENROL = "enrol", _("enrol and register the people within reach")
    HOLD_SESSIONS = "hold_sessions", _("hold live sessions and mark attendance")
    WORK_CASES = "work_cases", _("work on cases of the crisis desk")
    SEE_CASES = "see_cases", _("see the cases of the people within reach")
    APPROVE_OFFERS = "approve_offers", _("approve compensation as the second person")
    JUDGE_FINDINGS = "judge_findings", _("judge findings of the compliance audit")
    MANAGE_DESK = "manage_desk", _("keep the crisis desk: policies, lexicon, clocks, offers, budgets")
    HANDLE_CUSTOMER_DATA = "handle_customer_data", _("export and erase a customer's data")
    READ_JOURNAL = "read_journal", _("read the journal")
    CHANGE_SETTINGS = "change_settings", _("change the settings of the organisation")


@dataclass(frozen=True)
class RoleCard:
    """A role as the settings page tells it."""

    meaning: Any
    rights: frozenset[Right]


_ALL = frozenset(Right)
_SEE = frozenset({Right.SEE_PEOPLE, Right.SEE_FIGURES})
_LEARN = frozenset({Right.SEE_LEARNING})
_LEAD = _SEE | _LEARN | {Right.ENROL, Right.SEE_CASES}
_TEACH = frozenset({Right.EDIT_ITEMS, Right.SET_EXAMS, Right.EDIT_COURSES, Right.EDIT_PROGRAMMES, Right.HOLD_SESSIONS})

ROLE_CARDS: dict[Role, RoleCard] = {
    Role.AGENT: RoleCard(_("works with customers; sees own plan and figures"), frozenset()),
    Role.CRISIS_MANAGER: RoleCard(
        _("works on refunds and complaints; sees own cases and figures"), frozenset({Right.WORK_CASES})
    ),
    Role.MENTOR: RoleCard(_("leads newcomers through trial work"), _SEE | _LEARN),
    Role.TRAINER: RoleCard(_("builds programmes and holds live sessions"), _SEE | _LEARN | _TEACH | {Right.ENROL}),
    Role.PSYCHOLOGIST: RoleCard(
        _("holds soft-skill sessions and confidential talks"), frozenset({Right.SEE_PEOPLE, Right.HOLD_SESSIONS})
    ),
    Role.REVIEWER: RoleCard(_("reviews sampled contacts by scorecard"), _SEE | {Right.SEE_CASES, Right.JUDGE_FINDINGS}),
    Role.TEAM_LEAD: RoleCard(
        _("answers for a team: its figures and who is ready for the next step"), _LEAD | {Right.APPROVE_OFFERS}
    ),
    Role.PARTNER_LEAD: RoleCard(_("answers for a partner centre's people"), _LEAD),
    Role.PLANNER: RoleCard(_("plans staff and training time"), _SEE | _LEARN | {Right.IMPORT_FACTS}),
    Role.BUSINESS_CUSTOMER: RoleCard(_("orders training against a metric"), frozenset({Right.SEE_FIGURES})),
    Role.ACADEMY_HEAD: RoleCard(
        _("answers for training and its effect"),
        _SEE
        | _LEARN
        | _TEACH
        | {Right.IMPORT_FACTS, Right.IMPORT_PEOPLE, Right.EDIT_TARGETS, Right.ENROL}
        | {Right.READ_JOURNAL, Right.INVITE},
    ),
    Role.CENTRE_HEAD: RoleCard(_("answers for the whole centre"), _ALL - {Right.CHANGE_SETTINGS}),
    Role.JURY: RoleCard(_("scores nomination dossiers without names"), frozenset()),
    Role.ADMINISTRATOR: RoleCard(_("keeps the installation: people, roles, imports, settings"), _ALL),
}
