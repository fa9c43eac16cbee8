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
