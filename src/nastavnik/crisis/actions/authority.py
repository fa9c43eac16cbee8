"""A tool one may not use yet opens a request for training; the case is not held up by it."""

from datetime import datetime

from django.db import transaction

from nastavnik.crisis.events import TrainingAsked
from nastavnik.crisis.models import CrisisCase, TrainingWish
from nastavnik.crisis.money_enums import Tool
from nastavnik.crisis.money_errors import CertificateNeeded
from nastavnik.crisis.queries import authority, authority_training
from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.people.models import Person

ASKED = "crisis.training_asked"


def require_tool(*, tool: Tool, person: Person, case: CrisisCase | None, at: datetime) -> None:
    """Raise CertificateNeeded where the tool asks for a certificate the person lacks; the training is asked for."""
    code = authority.certificate_missing(person, tool, at)
    if code:
        ask_training(person=person, code=code, case=case, at=at)
        raise CertificateNeeded(certificate=title_of(code))


def title_of(code: str) -> str:
    """The certificate's name, or its code where nobody has described it."""
    known = authority_training.described([code]).get(code)
    return known.title if known else code


def ask_training(*, person: Person, code: str, case: CrisisCase | None, at: datetime) -> None:
    """Ask for the training that leads to a certificate, in the person's name; once until it is answered."""
    with transaction.atomic():
        _wish, is_new = TrainingWish.objects.get_or_create(
            person=person, certificate_code=code, answered_at=None, defaults={"case": case, "asked_at": at}
        )
        if not is_new:
            return
        data = {"certificate": title_of(code), "code": code}
        journal.write(ASKED, by=person, at=at, subject=case, person_id=person.pk, data=data)
        publish(TrainingAsked(person.pk, code, case.pk if case else None, at), at=at)


def answer_training(*, person_id: int, code: str, at: datetime) -> None:
    """The certificate is there: what was asked for is answered. Lost and missed again, it is asked for anew."""
    TrainingWish.objects.filter(person_id=person_id, certificate_code=code, answered_at=None).update(answered_at=at)
