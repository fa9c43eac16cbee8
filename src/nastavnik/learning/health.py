"""What the learning app adds to `nastavnik doctor`."""

from collections.abc import Iterator

from nastavnik.learning.actions.dispatches import has_mail
from nastavnik.learning.enums import DispatchState
from nastavnik.learning.models import Dispatch


def health() -> Iterator[tuple[str, str, str]]:
    """Whether notices and invitations can leave by e-mail, and whether any was given up."""
    if not has_mail():
        yield (
            "e-mail", "warn",
            "Not set up: notices stay in the product and invitations are handed over as links. "
            "Set NASTAVNIK_EMAIL_URL, such as smtp+tls://user:password@mail.example:587, and start again.",
        )  # fmt: skip
        return
    failed = Dispatch.objects.filter(state=DispatchState.FAILED).count()
    if failed:
        yield "e-mail", "warn", f"{failed} e-mails were given up: see Notices, Sent e-mails for what the server said."
    else:
        yield "e-mail", "ok", "Set up; no e-mail was given up."
