"""`nastavnik import people`: newcomers, changes as of a day, and who leaves, from a file."""

import argparse
import json
import tomllib
from pathlib import Path
from typing import Any

SHOWN = 20


def run(args: argparse.Namespace) -> int:
    """Load the file; exit code 0 also when some rows were rejected, 2 when nothing could be loaded at all."""
    from nastavnik.kernel import clock
    from nastavnik.kernel.errors import InvalidInput
    from nastavnik.people.actions import imports
    from nastavnik.people.permissions import today

    if not args.mapping:
        raise InvalidInput("A file of people needs --mapping: a TOML file or the name of a saved mapping.")
    try:
        done = imports.run(
            source=args.file,
            mapping=_mapping(args.mapping),
            as_of=args.as_of or today(),
            dry_run=args.dry_run,
            by=None,
            at=clock.now(),
            errors_to=args.errors,
        )
    except OSError as error:
        raise InvalidInput(f"{error.filename or args.file}: {error.strerror}.") from error
    print(json.dumps(done.as_json(), ensure_ascii=False) if args.json else _sentences(done))
    return 0


def _mapping(given: str) -> dict[str, Any]:
    """A mapping from a TOML file when there is one of that name, else the saved one."""
    from nastavnik.config.cli.inputs import read_text
    from nastavnik.kernel.errors import InvalidInput, NotFound
    from nastavnik.people.models import PeopleMapping

    path = Path(given)
    if path.is_file() or path.suffix == ".toml":
        try:
            return tomllib.loads(read_text(path))
        except tomllib.TOMLDecodeError as error:
            raise InvalidInput(f"{path} is not TOML: {error}.") from error
    saved = PeopleMapping.objects.filter(name=given).first()
    if saved is None:
        known = ", ".join(PeopleMapping.objects.values_list("name", flat=True)) or "none is saved yet"
        raise NotFound(f"There is no saved mapping of people «{given}». Known: {known}.")
    spec: dict[str, Any] = saved.mapping
    return spec


def _sentences(done: Any) -> str:
    head = "Nothing was changed. It would be: " if done.dry_run else ""
    lines = [
        f"{head}read {done.read}, accepted {done.accepted}, rejected {done.rejected}, unchanged {done.unchanged}; "
        f"newcomers {done.hired}, changed {done.changed}, left {done.left}, seconds {done.seconds:.2f}"
    ]
    lines += done.lines[:SHOWN]
    if len(done.lines) > SHOWN:
        lines.append(f"... and {len(done.lines) - SHOWN} more; --json prints them")
    lines += [f"row {one['line']}: {one['problem']}" for one in done.problems[:SHOWN]]
    return "\n".join(lines)
