"""What customers send by the public form, with their files."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nastavnik.crisis.actions import intake
from nastavnik.crisis.actions.intake import Admitted, Arrival
from nastavnik.crisis.actions.messages import Said
from nastavnik.crisis.errors import FileNotTaken
from nastavnik.crisis.logic.files import MOST_BYTES, type_of
from nastavnik.crisis.logic.texts import one_line
from nastavnik.crisis.models import Attachment, Message

MOST_FILES = 3


def send(
    *,
    name: str,
    email: str,
    kind: str,
    contract: str,
    text: str,
    files: Sequence[tuple[str, bytes]],
    click: str,
    at: datetime,
) -> Admitted:
    """A case of somebody who did not log in: the customer is known by the address only, the contract is not believed.

    `click` names the post: sent twice, it is one. Raises FileNotTaken.
    """
    refuse_files(files)
    address = email.strip().lower()
    subject = f"{contract}: {text}" if contract else text
    with transaction.atomic():
        done = intake.admit(
            arrival=Arrival(
                customer_id=f"form:{address}"[:120], customer_name=name, contacts={"email": address}, kind=kind,
                subject=subject[:120], channel="form", origin="form", external_id=click[:120],
                said=[Said(text=text, at=at, source_id=click[:160])],
            ),
            by=None, at=at,
        )  # fmt: skip
        message = Message.objects.filter(conversation__case=done.case, source_id=click[:160]).first()
        if message is not None and done.messages:
            attach(message=message, files=files)
    return done


def refuse_files(files: Sequence[tuple[str, bytes]]) -> None:
    """Raises FileNotTaken."""
    for name, data in files:
        if len(data) > MOST_BYTES or type_of(data) is None:
            raise FileNotTaken(name=one_line(name, 120), limit=MOST_BYTES // 1024**2)


def attach(*, message: Message, files: Sequence[tuple[str, bytes]]) -> None:
    """Keep files with their hashes; the same file of one message is kept once."""
    for name, data in files:
        Attachment.objects.get_or_create(
            message=message, sha256=hashlib.sha256(data).hexdigest(),
            defaults={"name": one_line(name, 200) or "file", "size": len(data), "content_type": type_of(data) or "",
                      "content": data},
        )  # fmt: skip
