"""Every message of the source has a Russian translation: none missing, empty, fuzzy, or with other placeholders."""

import re
import sys

from babel.messages.catalog import Message
from messages import extract, russian

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
FORMS = 3  # one, few, many


def fault(wanted: Message, found: Message | None) -> str | None:
    """What is wrong with the translation of one message; None when nothing is."""
    if found is None:
        return "missing"
    if found.fuzzy:
        return "fuzzy"
    strings = [found.string] if isinstance(found.string, str) else list(found.string or [""])
    if not all(strings) or (wanted.pluralizable and len(strings) < FORMS):
        return "empty"
    names = _placeholders(wanted.id if isinstance(wanted.id, str) else wanted.id[-1])
    # A form for "one" may leave the number out; a name that the source does not fill would break the page.
    if any(_placeholders(string) - names for string in strings):
        return "has a placeholder the source does not fill"
    if not wanted.pluralizable and any(names - _placeholders(string) for string in strings):
        return "lacks a placeholder"
    return None


def main() -> int:
    """Print the messages at fault."""
    catalogue = russian()
    found = []
    for wanted in extract():
        if wanted.id:
            msgid = wanted.id if isinstance(wanted.id, str) else wanted.id[0]
            if reason := fault(wanted, catalogue.get(msgid, wanted.context)):
                found.append(f"{reason}: {wanted.context + '|' if wanted.context else ''}{msgid}")
    print("\n".join([*sorted(found), f"{len(found)} messages at fault" if found else "All messages are translated."]))
    return 1 if found else 0


def _placeholders(text: str) -> set[str]:
    return {one or two for one, two in PLACEHOLDER.findall(text)}


if __name__ == "__main__":
    sys.exit(main())
