"""Compile `locale/*/LC_MESSAGES/django.po` to `.mo` with Babel, so that nobody needs GNU gettext to run Nastavnik."""

import os
import secrets
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_stale(folder: Path = LOCALE) -> list[Path]:
    """Compile each catalogue that is newer than its compiled form; returns those compiled.

    Safe for several starters at once: each writes a file of its own and renames it. An installation that cannot write
    its own package keeps the compiled form it came with.
    """
    compiled = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        if os.access(source.parent, os.W_OK):
            _compile(source, target)
            compiled.append(target)
    return compiled


def _compile(source: Path, target: Path) -> None:
    from babel.messages import mofile, pofile

    stamp = source.stat().st_mtime_ns  # of the state we read: a later change of the source makes the result stale again
    with source.open("rb") as file:
        catalogue = pofile.read_po(file, locale=source.parent.parent.name)
    draft = target.with_suffix(f".{secrets.token_hex(4)}")
    with draft.open("wb") as file:
        mofile.write_mo(file, catalogue)
    os.utime(draft, ns=(stamp, stamp))
    draft.replace(target)
