"""What may be offered: kinds, the matrix, limits of grades, budgets. All of it dated, every change a new row."""

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.enums import Channel, Severity
from nastavnik.crisis.models.cases import CrisisCase
from nastavnik.crisis.money_enums import Category, Fault, Issue, Tool
from nastavnik.kernel.dated import Dated, DatedQuerySet, ends_after_start, no_overlap
from nastavnik.kernel.models import new_public_id
from nastavnik.people.models import Grade, Person, Team
from nastavnik.people.models.organisation import Named

ANY = ""
OFFER_HOURS = 24


class OfferKind(Named):
    """Something the desk can offer. `has_cost`: it needs a budget; `to_account`: once accepted, it is credited."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    category = models.CharField(_("sort"), max_length=16, choices=Category.choices, default=Category.CUSTOM)
    has_cost = models.BooleanField(_("costs money"), default=True)
    to_account = models.BooleanField(_("credited to the customer's account"), default=False)
    lifetime_hours = models.PositiveSmallIntegerField(_("stands for, hours"), default=OFFER_HOURS)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("kind of offer")
        verbose_name_plural = _("kinds of offers")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(lifetime_hours__gte=1), name="crisis_offer_lifetime"),
            models.CheckConstraint(condition=Q(to_account=False) | Q(has_cost=True), name="crisis_credit_costs"),
        ]


class MatrixRow(Dated):
    """In such a case this may be offered, from `least` to `most` (minor units). Empty conditions mean any."""

    issue = models.CharField(_("what went wrong"), max_length=10, choices=Issue.choices, blank=True)
    fault = models.CharField(_("whose fault"), max_length=6, choices=Fault.choices, blank=True)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity.choices, null=True, blank=True)
    value_band = models.CharField(_("value band"), max_length=20, blank=True)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel.choices, blank=True)
    kind = models.ForeignKey(OfferKind, models.PROTECT, related_name="matrix", verbose_name=_("offer"))
    currency = models.CharField(_("currency"), max_length=3, default="RUB")
    least = models.BigIntegerField(_("from"), default=0)
    most = models.BigIntegerField(_("up to"), default=0)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    version = models.PositiveIntegerField(_("version"), default=1)
    slot = models.GeneratedField(
        expression=Func(
            Concat(
                Cast(F("issue"), models.TextField()),
                Value("|"),
                Cast(F("fault"), models.TextField()),
                Value("|"),
                Cast(F("severity"), models.TextField()),
                Value("|"),
                Cast(F("value_band"), models.TextField()),
                Value("|"),
                Cast(F("channel"), models.TextField()),
                Value("|"),
                Cast(F("currency"), models.TextField()),
                output_field=models.TextField(),
            ),
            Value(0),
            function="hashtextextended",
            output_field=models.BigIntegerField(),
        ),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    objects = DatedQuerySet["MatrixRow"].as_manager()

    class Meta:
        verbose_name = _("row of the matrix")
        verbose_name_plural = _("rows of the matrix")
        ordering = ["position", "pk"]
        constraints = [
            no_overlap("slot", "kind", name="crisis_matrix_no_overlap"),
            ends_after_start("crisis_matrix_days"),
            models.CheckConstraint(condition=Q(least__gte=0) & Q(most__gte=F("least")), name="crisis_matrix_bounds"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.version}"

    @property
    def conditions(self) -> int:
        """How many conditions are set: the most exact row decides."""
        return sum(bool(one) for one in (self.issue, self.fault, self.severity, self.value_band, self.channel))


class AuthorityLimit(Dated):
    """How much a grade may give of a kind, which certificate that needs, from where on a second person."""

    grade = models.ForeignKey(Grade, models.PROTECT, related_name="+", verbose_name=_("grade"))
    kind = models.ForeignKey(OfferKind, models.PROTECT, related_name="limits", verbose_name=_("offer"))
    currency = models.CharField(_("currency"), max_length=3, default="RUB")
    most = models.BigIntegerField(_("up to"))
    second_from = models.BigIntegerField(_("second person from"), null=True, blank=True)
    certificate_code = models.CharField(_("certificate needed"), max_length=60, blank=True)
    objects = DatedQuerySet["AuthorityLimit"].as_manager()

    class Meta:
        verbose_name = _("limit of authority")
        verbose_name_plural = _("limits of authority")
        ordering = ["grade__ladder_id", "grade__rank", "kind_id"]
        constraints = [
            no_overlap("grade", "kind", name="crisis_limit_no_overlap"),
            ends_after_start("crisis_limit_days"),
            models.CheckConstraint(
                condition=Q(most__gte=0) & (Q(second_from__isnull=True) | Q(second_from__gte=0)),
                name="crisis_limit_amounts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade}: {self.kind}"


class Budget(Dated):
    """Money for compensation of a team (or the whole desk), for a kind (or all), in a period.

    Reserved when promised, spent when granted, released when declined or expired. The database holds
    reserved + spent <= amount, whatever races.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team")
    )  # fmt: skip
    kind = models.ForeignKey(
        OfferKind, models.PROTECT, null=True, blank=True, related_name="budgets", verbose_name=_("offer")
    )
    currency = models.CharField(_("currency"), max_length=3, default="RUB")
    amount = models.BigIntegerField(_("amount"))
    reserved = models.BigIntegerField(_("reserved"), default=0)
    spent = models.BigIntegerField(_("spent"), default=0)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    objects = DatedQuerySet["Budget"].as_manager()

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ["-active_from", "team__name", "pk"]
        constraints = [
            no_overlap("team", "kind", name="crisis_budget_no_overlap"),
            ends_after_start("crisis_budget_days"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(spent__gte=0) & Q(amount__gte=F("reserved") + F("spent")),
                name="crisis_budget_not_exceeded",
                violation_error_message=_("The budget has not enough left."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team or ''} {self.kind or ''} {self.active_from}".strip()

    @property
    def left(self) -> int:
        return self.amount - self.reserved - self.spent

    @property
    def spent_percent(self) -> int:
        """Of the budget, for the bar."""
        return 100 * self.spent // self.amount if self.amount else 0

    @property
    def reserved_percent(self) -> int:
        """Of the budget, for the bar; never past its end."""
        return min(-(-100 * self.reserved // self.amount), 100 - self.spent_percent) if self.amount else 0


class TrainingWish(models.Model):
    """A training somebody asked for by pressing a tool without its certificate. Open until the certificate is there."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("who"))
    certificate_code = models.CharField(_("certificate needed"), max_length=60)
    case = models.ForeignKey(
        CrisisCase, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("case")
    )
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("training asked for")
        verbose_name_plural = _("trainings asked for")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "certificate_code"], condition=Q(answered_at__isnull=True),
                name="crisis_training_asked_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}: {self.certificate_code}"


class ToolRule(Dated):
    """Which certificate a tool of the money side asks for. An empty certificate: anybody who works on cases."""

    tool = models.PositiveSmallIntegerField(_("tool"), choices=Tool.choices)
    certificate_code = models.CharField(_("certificate needed"), max_length=60, blank=True)
    objects = DatedQuerySet["ToolRule"].as_manager()

    class Meta:
        verbose_name = _("rule of a tool")
        verbose_name_plural = _("rules of tools")
        ordering = ["tool", "active_from"]
        constraints = [no_overlap("tool", name="crisis_tool_no_overlap"), ends_after_start("crisis_tool_days")]

    def __str__(self) -> str:
        return str(self.get_tool_display())
