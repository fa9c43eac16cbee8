"""`nastavnik import`: load records of work, or people, from a file."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nastavnik.metrics.actions.facts import LoadResult
    from nastavnik.metrics.logic.mapping import MappingSpec

GROUP = "Data"
SHOWN = 5


def add_to(subparsers: Any) -> None:
    """The subcommand and its options."""
    parser = subparsers.add_parser("import", help="load records of work, or people, from CSV, XLSX or Parquet")
    parser.add_argument("stream", help="what the rows are: contacts, reviews, retention, cases; people")
    parser.add_argument("file", type=Path, help="the file to load")
    parser.add_argument("--mapping", help="a TOML or JSON file, or the name of a saved mapping; else it is guessed")
    parser.add_argument("--create-people", action="store_true", help="enter people the file names and nobody knows")
    parser.add_argument("--dry-run", action="store_true", help="read, check and count; change nothing")
    parser.add_argument("--errors", type=Path, help="write the rejected rows with their reasons to this CSV file")
    parser.add_argument("--as-of", type=date.fromisoformat, help="people: the day changes hold from (default: today)")
    parser.add_argument("--json", action="store_true", help="print the result for a program")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Load the file; exit code 0 also when some rows were rejected, 2 when nothing could be loaded at all."""
    from nastavnik.config.cli import boot
    from nastavnik.kernel.errors import InvalidInput

    if not args.file.is_file():
        raise InvalidInput(f"{args.file} cannot be read: there is no such file.")
    if args.errors and not args.errors.parent.is_dir():
        raise InvalidInput(f"{args.errors} cannot be written: its folder does not exist.")
    if args.stream == "people" and args.create_people:
        raise InvalidInput("--create-people is for records of work; a file of people enters newcomers by itself.")
    if args.stream != "people" and args.as_of:
        raise InvalidInput("--as-of is for people: records of work carry their own days.")
    boot.django()
    if args.stream == "people":
        from nastavnik.config.cli import importing_people

        return importing_people.run(args)
    done = _load(args)
    print(json.dumps(_plain(done), ensure_ascii=False) if args.json else _sentences(done, dry_run=args.dry_run))
    return 0


def _load(args: argparse.Namespace) -> "LoadResult":
    from nastavnik.kernel import clock
    from nastavnik.kernel.errors import InvalidInput
    from nastavnik.metrics.actions import facts

    try:
        return facts.load(
            stream=args.stream,
            source=args.file,
            spec=_mapping(args.mapping) if args.mapping else None,
            by=None,
            at=clock.now(),
            dry_run=args.dry_run,
            create_people=args.create_people,
            errors_to=args.errors,
            progress=None if args.json or not sys.stderr.isatty() else _say,
        )
    except OSError as error:
        raise InvalidInput(f"{error.filename or args.file}: {error.strerror}.") from error


def _mapping(given: str) -> "MappingSpec":
    """A mapping from a file when there is one of that name, else the saved one."""
    from nastavnik.config.cli.inputs import read_text
    from nastavnik.metrics.actions import imports
    from nastavnik.metrics.logic import mapping

    path = Path(given)
    if path.suffix == ".json" and path.is_file():
        try:
            return mapping.from_dict(json.loads(read_text(path)))
        except json.JSONDecodeError as error:
            raise mapping.InvalidMapping(problem=f"it is not JSON ({error.msg}, line {error.lineno})") from error
    if path.is_file() or path.suffix == ".toml":
        return mapping.from_toml(read_text(path))
    return imports.saved_spec(given)


def _say(done: int, total: int, note: str) -> None:
    print(f"\r{100 * done // total:3}% {note:<12}", end="" if done < total else "\n", file=sys.stderr, flush=True)


def _plain(done: "LoadResult") -> dict[str, Any]:
    return {
        "read": done.read,
        "accepted": done.accepted,
        "rejected": done.rejected,
        "replaced": done.replaced,
        "unchanged": done.unchanged,
        "created_people": done.created_people,
        "seconds": done.seconds,
        "first_day": done.first_day.isoformat() if done.first_day else None,
        "last_day": done.last_day.isoformat() if done.last_day else None,
        "errors": str(done.errors_path) if done.errors_path else None,
        "samples": done.samples,
    }


def _sentences(done: "LoadResult", *, dry_run: bool) -> str:
    head = "Nothing was changed. It would be: " if dry_run else ""
    lines = [
        f"{head}read {done.read}, accepted {done.accepted}, rejected {done.rejected}, replaced {done.replaced}, "
        f"unchanged {done.unchanged}, seconds {done.seconds}"
    ]
    if done.created_people:
        lines.append(f"people entered: {done.created_people}")
    lines += [f"row {one['row']}, {one['column'] or 'whole row'}: {one['reason']}" for one in done.samples[:SHOWN]]
    if done.rejected > SHOWN:
        where = f"all of them are in {done.errors_path}" if done.errors_path else "--errors FILE keeps all of them"
        lines.append(f"... {done.rejected} rows were rejected; {where}")
    return "\n".join(lines)
