"""Invitations to log in: a letter with a link that holds seven days and lets the person choose a password."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from nastavnik.kernel import journal
from nastavnik.kernel.errors import InvalidInput
from nastavnik.people.actions._dated import writing_to
from nastavnik.people.actions._strength import refuse_stronger_person
from nastavnik.people.errors import InvitationInvalid, NoEmail
from nastavnik.people.models import Invitation, Person

INVITED, ACCEPTED = "people.person_invited", "people.invitation_accepted"
GOOD_FOR = timedelta(days=7)


class PasswordRefused(InvalidInput):
    """This password is too easy to guess. Choose a longer one."""


@dataclass(frozen=True)
class NewInvitation:
    """An invitation just made; `token` exists nowhere else, so the letter must be sent from here."""

    invitation: Invitation
    token: str


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invite(*, person: Person, by: Person | None, at: datetime) -> NewInvitation:
    """Invite the person; earlier invitations stop working. The caller sends the letter (`people.web.letters`).

    A person without a login gets their e-mail as login. Raises NoEmail, StrongerThanYou.
    """
    refuse_stronger_person(by, person)
    if not person.email:
        raise NoEmail(person=str(person))
    token = secrets.token_urlsafe(32)
    with writing_to(person):
        Invitation.objects.filter(person=person, accepted_at__isnull=True, expires_at__gt=at).update(expires_at=at)
        invitation = Invitation.objects.create(
            person=person, token_hash=_hash(token), invited_by=by, sent_at=at, expires_at=at + GOOD_FOR
        )
        data = {"email": person.email, "until": (at + GOOD_FOR).isoformat()}
        journal.write(INVITED, by=by, at=at, subject=person, person_id=person.pk, data=data)
    return NewInvitation(invitation, token)


def find(*, token: str, at: datetime) -> Invitation:
    """The invitation this token belongs to, if it still holds. Raises InvitationInvalid."""
    invitation = Invitation.objects.select_related("person").filter(token_hash=_hash(token)).first()
    if invitation is None or invitation.accepted_at or invitation.expires_at <= at or not invitation.person.is_active:
        raise InvitationInvalid
    return invitation


def accept(*, token: str, password: str, at: datetime) -> Person:
    """Use the invitation: the person has this password from now on. Raises InvitationInvalid, PasswordRefused."""
    person = find(token=token, at=at).person
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise PasswordRefused(" ".join(error.messages)) from error
    with transaction.atomic():
        # Of two who press at once, one finds the row already accepted.
        used = Invitation.objects.filter(token_hash=_hash(token), accepted_at__isnull=True, expires_at__gt=at)
        if not used.update(accepted_at=at):
            raise InvitationInvalid
        person.set_password(password)
        person.login = person.login or person.email
        person.save(update_fields=["password", "login"])
        journal.write(ACCEPTED, by=person, at=at, subject=person, person_id=person.pk)
    return person
