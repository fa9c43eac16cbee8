"""Customers and their contracts."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.models import new_public_id


class Customer(models.Model):
    """Somebody who pays or learns, as the organisation's own systems number them."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    ext_id = models.CharField(_("id elsewhere"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    value_band = models.CharField(_("value band"), max_length=20, blank=True)
    lang = models.CharField(_("language"), max_length=5, default="ru")
    contacts = models.JSONField(_("contacts"), default=dict, blank=True)
    search_text = models.TextField(editable=False, default="")
    created_at = models.DateTimeField(_("created"))
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")

    def __str__(self) -> str:
        return self.name or self.ext_id

    def get_absolute_url(self) -> str:
        return reverse("crisis:customer-detail", args=[self.public_id])


class Contract(models.Model):
    """What was sold to a customer. Amounts are integer minor units of `currency`."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="contracts", verbose_name=_("customer"))
    ext_id = models.CharField(_("id elsewhere"), max_length=120, unique=True)
    title = models.CharField(_("what was sold"), max_length=200, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="RUB")
    price = models.BigIntegerField(_("price"))
    paid = models.BigIntegerField(_("paid"), default=0)
    used = models.BigIntegerField(_("value used"), default=0)
    units_total = models.PositiveIntegerField(_("lessons bought"), null=True, blank=True)
    units_used = models.PositiveIntegerField(_("lessons used"), null=True, blank=True)
    costs = models.BigIntegerField(_("proven costs"), default=0)
    costs_evidence = models.TextField(_("proof of the costs"), blank=True)
    signed_date = models.DateField(_("signed"), null=True, blank=True)

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        constraints = [
            models.CheckConstraint(
                condition=Q(price__gte=0) & Q(paid__gte=0) & Q(used__gte=0) & Q(costs__gte=0),
                name="crisis_contract_amounts",
            ),
            # Costs that nobody proved may not be kept from a customer.
            models.CheckConstraint(
                condition=Q(costs=0) | ~Q(costs_evidence=""), name="crisis_costs_proven",
                violation_error_message=_("Costs count only with their proof."),
            ),
            models.CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="crisis_contract_currency"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title or self.ext_id
