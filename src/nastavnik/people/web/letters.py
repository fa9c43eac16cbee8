"""Letters to people, in their language."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from nastavnik.people import queries
from nastavnik.people.actions.invitations import NewInvitation

log = logging.getLogger(__name__)


def link_of(request: HttpRequest, token: str) -> str:
    """The invitation's address as the outside knows us."""
    path = reverse("people:invitation-accept", args=[token])
    return settings.PUBLIC_URL.rstrip("/") + path if settings.PUBLIC_URL else request.build_absolute_uri(path)


def sends_letters() -> bool:
    """Whether this installation has a mail server at all."""
    return settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2] not in ("dummy", "console")


def send_invitation(made: NewInvitation, link: str) -> bool:
    """Send the letter; False when there is no mail server or it refused, so that the link must be handed over."""
    if not sends_letters():
        return False
    person, organisation = made.invitation.person, queries.organisation()
    language = person.language or (organisation.language if organisation else settings.LANGUAGE_CODE)
    context = {"person": person, "link": link, "until": made.invitation.expires_at, "organisation": organisation}
    with override(language):
        subject = gettext("Invitation to %(name)s") % {"name": organisation or "Nastavnik"}
        body = render_to_string("people/invitation_letter.txt", context)
    try:
        send_mail(subject, body, None, [person.email])
    except (OSError, SMTPException) as error:
        log.warning("The invitation to person %s was not sent: %s", person.code, error)
        return False
    return True
