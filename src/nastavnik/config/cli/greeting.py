"""What `nastavnik run` tells about logging in, once everything answers."""

import os


def lines(url: str, *, host: str) -> list[str]:
    """Sentences for the terminal: how to log in, and what other machines need."""
    from django.contrib.auth import get_user_model

    said = []
    if not get_user_model()._default_manager.exists():
        said.append(
            "The centre is empty. Make its first administrator: nastavnik administrator --email you@example.org"
        )
    elif is_demo():
        said.append(f"A demo centre with invented people: open {url} and choose whom to be, no password is needed.")
    if host in {"0.0.0.0", "::"} and not os.environ.get("NASTAVNIK_ALLOWED_HOSTS"):
        said.append("To serve other machines, name this one: NASTAVNIK_ALLOWED_HOSTS=its.name,127.0.0.1")
    return said


def is_demo() -> bool:
    """True when this database holds the demo story."""
    from nastavnik.people.models import Organisation

    return Organisation.objects.filter(is_demo=True).exists()
