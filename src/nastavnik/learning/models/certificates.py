"""Kinds of certificates, and what people were awarded: a row per cycle that never changes but may be revoked."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.models import new_public_id
from nastavnik.learning.enums import CertificateState, RenewalFrom
from nastavnik.learning.logic import certificates as rules
from nastavnik.learning.models.contacts import ContactType
from nastavnik.people.models import Person
from nastavnik.people.models.organisation import localized
from nastavnik.people.reach import reach_of
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within


class CertificateKind(models.Model):
    """What is certified, how long it holds, when it may be renewed, and which contacts it lets people take."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("name"), max_length=160)
    title_en = models.CharField(_("name in English"), max_length=160, blank=True)
    valid_months = models.PositiveSmallIntegerField(_("valid for, months"), null=True, blank=True)
    expiry_month = models.PositiveSmallIntegerField(_("always ends with the month"), null=True, blank=True)
    window_days = models.PositiveSmallIntegerField(_("may be renewed before the end, days"), default=30)
    grace_days = models.PositiveSmallIntegerField(_("grace days after the end"), default=0)
    renewal_from = models.CharField(
        _("a renewal counts"), max_length=12, choices=RenewalFrom.choices, default=RenewalFrom.OLD_EXPIRY
    )
    contact_types = models.ManyToManyField(
        ContactType, blank=True, related_name="certificate_kinds", verbose_name=_("permits contacts")
    )
    is_active = models.BooleanField(_("is awarded"), default=True)

    class Meta:
        verbose_name = _("certificate kind")
        verbose_name_plural = _("certificate kinds")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_months__isnull=True) | Q(valid_months__gte=1, valid_months__lte=240),
                name="learning_kind_months",
                violation_error_message=_("A certificate holds from 1 to 240 months."),
            ),
            models.CheckConstraint(
                condition=Q(expiry_month__isnull=True)
                | Q(expiry_month__gte=1, expiry_month__lte=12, valid_months__isnull=False),
                name="learning_kind_expiry_month",
                violation_error_message=_("A fixed month needs the number of months a certificate holds."),
            ),
        ]

    def __str__(self) -> str:
        return localized(self.title, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("learning:certificate-kind-edit", args=[self.public_id])

    @property
    def terms(self) -> rules.Terms:
        """What the pure rules need to know of the kind."""
        return rules.Terms(
            months=self.valid_months,
            expiry_month=self.expiry_month,
            window_days=self.window_days,
            grace_days=self.grace_days,
            from_old_expiry=self.renewal_from == RenewalFrom.OLD_EXPIRY,
        )


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Filters of certificates."""

    def visible_to(self, person: Person) -> Self:
        """One's own, and those of the people whose learning one may see."""
        return self.filter(within(reach_of(person, Right.SEE_LEARNING)))

    def holding_on(self, day: date) -> Self:
        """Certificates that are valid on the day; grace days do not count."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day, revoked_at=None)

    def newest_of_each(self) -> Self:
        """The last cycle of each person and kind."""
        later = Certificate.objects.filter(
            person=models.OuterRef("person"), kind=models.OuterRef("kind"), cycle__gt=models.OuterRef("cycle")
        )
        return self.filter(~models.Exists(later))

    def with_renewal(self) -> Self:
        """Each with `is_renewed`: whether a later, unrevoked cycle follows it."""
        later = Certificate.objects.filter(
            person=models.OuterRef("person"), kind=models.OuterRef("kind"), cycle__gt=models.OuterRef("cycle")
        )
        return self.annotate(is_renewed=models.Exists(later.filter(revoked_at=None)))


class Certificate(models.Model):
    """What one person was awarded in one cycle. A trigger lets it be revoked once and refuses any other change."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    kind = models.ForeignKey(
        CertificateKind, models.PROTECT, related_name="certificates", verbose_name=_("certificate kind")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates", verbose_name=_("person"))
    number = models.CharField(_("number"), max_length=32, unique=True)
    cycle = models.PositiveIntegerField(_("cycle"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until (exclusive)"), null=True, blank=True)
    window_from = models.DateField(_("may be renewed from"), null=True, blank=True)
    grace_until = models.DateField(_("grace until (exclusive)"), null=True, blank=True)
    evidence = models.JSONField(_("evidence"), default=list)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    awarded_at = models.DateTimeField(_("awarded"))
    awarded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("awarded by"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )
    revocation_reason = models.CharField(_("why it was revoked"), max_length=300, blank=True)
    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-awarded_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "kind"], name="learning_cert_person"),
            models.Index(fields=["valid_to"], name="learning_cert_end"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "cycle"], name="learning_one_cert_a_cycle"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True, window_from__isnull=True, grace_until__isnull=True)
                | Q(valid_to__gt=F("valid_from"), window_from__lte=F("valid_to"), grace_until__gte=F("valid_to")),
                name="learning_cert_days",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revocation_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revocation_reason="")),
                name="learning_cert_revoked_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("learning:certificate-detail", args=[self.public_id])

    @property
    def span(self) -> rules.Span:
        """Its days, for the pure rules."""
        return rules.Span(self.valid_from, self.valid_to, self.window_from, self.grace_until)

    def state_on(self, day: date, *, renewed: bool | None = None) -> CertificateState:
        """What it is on the day; `renewed` is taken from `with_renewal()` unless given."""
        is_renewed = bool(getattr(self, "is_renewed", False)) if renewed is None else renewed
        return rules.state_on(self.span, day, revoked=self.revoked_at is not None, renewed=is_renewed)


class CertificateTurn(models.Model):
    """That a certificate came into its window or ended, told once, by the nightly job."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="turns", verbose_name=_("certificate"))
    state = models.CharField(_("state"), max_length=10, choices=CertificateState.choices)
    told_at = models.DateTimeField(_("told"))

    class Meta:
        verbose_name = _("turn of a certificate")
        verbose_name_plural = _("turns of certificates")
        constraints = [models.UniqueConstraint(fields=["certificate", "state"], name="learning_one_turn_a_state")]

    def __str__(self) -> str:
        return f"{self.certificate}: {self.get_state_display()}"
