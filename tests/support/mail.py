"""A real SMTP server on a socket of this machine, which keeps what it was given and refuses when it is told to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings


class Box:
    """What came, and how many of the next letters are refused."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refusals = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refusals:
            self.refusals -= 1
            return "451 The box is full, come later"
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 Taken"

    def taken(self) -> list[tuple[str, str]]:
        """Address and subject of each letter, in the order they came."""
        return [(str(letter["To"]), str(letter["Subject"])) for letter in self.letters]


@contextmanager
def mail_server() -> Iterator[Box]:
    """The product sends its mail to a server on a free port while the block runs."""
    box = Box()
    with socket.socket() as free:  # the controller must be told its port
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=port,
            EMAIL_HOST_USER="", EMAIL_HOST_PASSWORD="", EMAIL_USE_TLS=False, EMAIL_USE_SSL=False,
        ):  # fmt: skip
            yield box
    finally:
        controller.stop()
