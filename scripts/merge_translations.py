"""Merge `translations/*.yml` into the Russian catalogue: extract, keep what is translated, add what the files bring.

A file maps an English message to its Russian text. A plural's value is the list of the three Russian forms, with the
English plural as a fourth element `plural:...`. A context stands before the message: `context|message`. What the source
no longer says is dropped; two files that disagree are an error.
"""

import sys
from typing import Any

import yaml
from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from messages import ROOT, RUSSIAN, extract, russian

HEADER = (
    "Russian messages of Nastavnik. Written by scripts/merge_translations.py from the source and translations/*.yml."
)


def main() -> int:
    """Write the catalogue; exit code 1 when files disagree or translate what the source does not say."""
    brought, faults = _read_files()
    known, merged = russian(), extract()
    used = set()
    for message in merged:
        if not message.id:
            continue
        key = _key(message)
        old = known.get(key[1], key[0])
        if key in brought:
            message.string = _strings(brought[key], message)
            used.add(key)
        elif old is not None and not old.fuzzy:
            message.string = old.string
        message.flags.discard("fuzzy")
    _write(merged)
    unused = sorted(f"{context + '|' if context else ''}{text}" for context, text in brought.keys() - used)
    print("\n".join([*faults, *(f"translated, but not in the source: {text}" for text in unused)]))
    print(f"{len(used)} of {len(brought)} translations used; {_untranslated(merged)} messages are left without one.")
    return 1 if faults else 0


def _read_files() -> tuple[dict[tuple[str | None, str], Any], list[str]]:
    brought: dict[tuple[str | None, str], Any] = {}
    faults = []
    for path in sorted((ROOT / "translations").glob("*.yml")):
        for text, value in (yaml.safe_load(path.read_text()) or {}).items():
            context, _, msgid = str(text).partition("|") if _has_context(str(text)) else (None, "", str(text))
            key = (context or None, msgid)
            if brought.get(key, value) != value:
                faults.append(f"{path.name} disagrees with an earlier file: {text!r}: {brought[key]!r} or {value!r}")
            brought[key] = value
    return brought, faults


def _has_context(text: str) -> bool:
    """A context is one or a few plain words; a bar inside a sentence is no context."""
    return "|" in text and text.split("|", 1)[0].replace(" ", "").replace("_", "").replace(".", "").isalnum()


def _key(message: Message) -> tuple[str | None, str]:
    return (message.context or None, message.id if isinstance(message.id, str) else message.id[0])


def _strings(value: Any, message: Message) -> Any:
    if isinstance(value, list):
        forms = tuple(str(form) for form in value if not str(form).startswith("plural:"))
        return forms if message.pluralizable else forms[0]
    return (str(value),) * 3 if message.pluralizable else str(value)


def _write(catalogue: Catalog) -> None:
    catalogue.header_comment = f"# {HEADER}"
    catalogue.fuzzy = False
    catalogue.project, catalogue.version = "Nastavnik", "1"
    RUSSIAN.parent.mkdir(parents=True, exist_ok=True)
    with RUSSIAN.open("wb") as file:
        pofile.write_po(file, catalogue, width=110, sort_output=True, omit_header=False, no_location=True)


def _untranslated(catalogue: Catalog) -> int:
    return sum(1 for message in catalogue if message.id and not _translated(message))


def _translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


if __name__ == "__main__":
    sys.exit(main())
