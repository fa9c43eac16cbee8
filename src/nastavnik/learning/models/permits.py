"""Who may take which contacts, from when until when, and on what evidence."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.dated import Dated, DatedQuerySet, ends_after_start, no_overlap
from nastavnik.kernel.models import new_public_id
from nastavnik.learning.enums import PermitSource
from nastavnik.learning.models.certificates import Certificate
from nastavnik.learning.models.contacts import ContactType
from nastavnik.people.models import Person
from nastavnik.people.reach import reach_of
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within


class PermitQuerySet(DatedQuerySet["Permit"]):
    """Filters of permits."""

    def visible_to(self, person: Person) -> Self:
        """One's own, and those of the people whose learning one may see."""
        return self.filter(within(reach_of(person, Right.SEE_LEARNING)))

    def in_force(self, day: date, at: datetime) -> Self:
        """Permits of the day that were not withdrawn by the moment."""
        return self.on(day).filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at))


class Permit(Dated):
    """That a person may take contacts of a type, and the evidence it rests on. It is withdrawn, never changed."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="permits", verbose_name=_("person"))
    contact_type = models.ForeignKey(
        ContactType, models.PROTECT, related_name="permits", verbose_name=_("contact type")
    )
    source = models.CharField(_("rests on"), max_length=12, choices=PermitSource.choices)
    certificate = models.ForeignKey(
        Certificate, models.PROTECT, null=True, blank=True, related_name="permits", verbose_name=_("certificate")
    )
    evidence = models.JSONField(_("evidence"), default=list)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    granted_at = models.DateTimeField(_("given"))
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("given by"))
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken back by")
    )
    withdrawal_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)
    objects = PermitQuerySet.as_manager()

    class Meta:
        verbose_name = _("permit")
        verbose_name_plural = _("permits")
        ordering = ["-granted_at", "-pk"]
        indexes = [models.Index(fields=["contact_type", "active_from"], name="learning_permit_type")]
        constraints = [
            no_overlap(
                "person", "contact_type", "certificate",
                name="learning_one_permit_a_source", condition=Q(withdrawn_at__isnull=True),
            ),
            ends_after_start("learning_permit_days"),
            models.CheckConstraint(
                condition=Q(source="certificate", certificate__isnull=False)
                | (Q(source="decision", certificate__isnull=True) & ~Q(reason="")),
                name="learning_permit_has_ground",
                violation_error_message=_("A permit rests on a certificate, or on a decision with its reason."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="learning_permit_withdrawn_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}: {self.contact_type}"
