"""The letter that asks a customer for a rating; nobody writes to customers who left no address."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext, override

from nastavnik.crisis.actions import ratings
from nastavnik.crisis.models import RatingRequest

log = logging.getLogger(__name__)


def send(asked: RatingRequest) -> bool:
    """Send the link; False where there is no address, no public address of ours, or no mail server."""
    customer = asked.conversation.customer
    address = str(customer.contacts.get("email") or "")
    if not address or not settings.PUBLIC_URL or "dummy" in settings.EMAIL_BACKEND:
        return False
    link = settings.PUBLIC_URL.rstrip("/") + reverse("crisis:rate", args=[ratings.token_of(asked)])
    with override(customer.lang or settings.LANGUAGE_CODE):
        subject = gettext("How was our conversation?")
        body = gettext("Tell us in one click how it went: {link}").format(link=link)
    try:
        send_mail(subject, body, None, [address])
    except (OSError, SMTPException) as error:
        log.warning("The request for a rating %s was not sent: %s", asked.public_id, error)
        return False
    return True
