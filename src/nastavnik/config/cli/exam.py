"""`nastavnik exam`: questions in and out of the bank as GIFT, Moodle XML, Aiken or XLSX."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nastavnik.assessment.actions.imports import Loaded
    from nastavnik.assessment.models import Topic

GROUP = "Data"
SHOWN = 20
FORMATS = ("gift", "moodle-xml", "aiken", "xlsx")


def add_to(subparsers: Any) -> None:
    """The subcommand and its two verbs."""
    parser = subparsers.add_parser("exam", help="bring questions into the bank and take them out")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    load = verbs.add_parser("import", help="read a file of questions; bad ones are named with their lines")
    load.add_argument("file", type=Path)
    load.add_argument("--format", choices=FORMATS, help="found by itself when left out")
    load.add_argument("--topic", help="put everything under this topic: Refunds/Dates")
    load.add_argument("--update", action="store_true", help="an item with a known id becomes its new version")
    load.add_argument("--dry-run", action="store_true", help="read and check; change nothing")
    load.add_argument("--json", action="store_true", help="print the result for a program")
    load.set_defaults(run=run_import)
    give = verbs.add_parser("export", help="write questions of the bank to a file")
    give.add_argument("--format", choices=FORMATS, default="gift")
    give.add_argument("--topic", help="only this topic and those below it: Refunds/Dates")
    give.add_argument("--retired", action="store_true", help="retired items too")
    give.add_argument("-o", "--output", type=Path, help="the file to write; else the terminal")
    give.set_defaults(run=run_export)


def run_import(args: argparse.Namespace) -> int:
    """Exit code 0 also when some questions were rejected, 2 when none could be read."""
    from nastavnik.config.cli import boot
    from nastavnik.kernel.errors import InvalidInput

    try:
        data = args.file.read_bytes()
    except OSError as error:
        raise InvalidInput(f"{args.file} cannot be read: {error.strerror}.") from error
    boot.django()
    done = _load(args, data)
    if args.json:
        print(json.dumps(_plain(done), ensure_ascii=False))
    else:
        print(_sentences(done, dry_run=args.dry_run))
    return 2 if done.reading.problems and not done.reading.drafts else 0


def _load(args: argparse.Namespace, data: bytes) -> "Loaded":
    from nastavnik.assessment import files
    from nastavnik.assessment.actions import imports, topics
    from nastavnik.assessment.enums import FileFormat
    from nastavnik.assessment.logic.formats.drafts import topic_of
    from nastavnik.kernel import clock

    name = args.file.name
    reading = files.read(data, name, FileFormat(args.format) if args.format else files.sniff(data, name))
    if args.dry_run:
        return imports.Loaded(reading, imports.plan(reading, replaces=args.update))
    at = clock.now()
    topic = topics.ensure(path=topic_of(args.topic), by=None, at=at) if args.topic else None
    return imports.load(reading=reading, file_name=name, by=None, at=at, topic=topic, replaces=args.update)


def _plain(done: "Loaded") -> dict[str, Any]:
    from nastavnik.assessment.actions.imports import KNOWN, NEW, REVISED

    reading = done.reading
    return {
        "read": reading.read,
        "accepted": len(reading.drafts),
        "rejected": len(reading.problems),
        "items": list(reading.shown),
        "errors": [{"line": one.line, "message": one.text} for one in reading.problems],
        "created": done.count(NEW),
        "revised": done.count(REVISED),
        "known": done.count(KNOWN),
        "unfinished": [{"line": one.draft.line, "message": fault.text} for one in done.planned for fault in one.faults],
    }


def _sentences(done: "Loaded", *, dry_run: bool) -> str:
    told = _plain(done)
    head = "Nothing was changed. It would be: " if dry_run else ""
    lines = [
        f"{head}read {told['read']}, accepted {told['accepted']}, rejected {told['rejected']}; "
        f"new {told['created']}, new versions {told['revised']}, known already {told['known']}"
    ]
    lines += [f"line {one['line']}: {one['message']}" for one in told["errors"][:SHOWN]]
    if len(told["errors"]) > SHOWN:
        lines.append(f"... and {len(told['errors']) - SHOWN} more; --json prints all of them")
    lines += [f"line {one['line']} came in as a pilot: {one['message']}" for one in told["unfinished"][:SHOWN]]
    return "\n".join(lines)


def run_export(args: argparse.Namespace) -> int:
    """Write the file; items the format cannot hold are named on stderr."""
    from nastavnik.config.cli import boot

    boot.django()
    from nastavnik.assessment import files, queries
    from nastavnik.assessment.enums import FileFormat, ItemState
    from nastavnik.assessment.models import Item, Topic

    topic = _topic(args.topic) if args.topic else None
    rows = Item.objects.select_related("topic").order_by("pk")
    rows = rows.below(topic) if topic else rows
    rows = rows if args.retired else rows.exclude(state=ItemState.RETIRED)
    paths = [one.parts for one in Topic.objects.filter(children=None)] if topic is None else []
    written = files.write(queries.drafts(rows), FileFormat(args.format), topics=paths)
    _save(written.data, args.output)
    for draft, reason in written.left_out:
        print(f"left out: {draft.item.label[:80]}: {reason}", file=sys.stderr)
    return 0


def _topic(path: str) -> "Topic":
    from nastavnik.assessment.logic.formats.drafts import topic_of
    from nastavnik.assessment.models import Topic
    from nastavnik.kernel.errors import InvalidInput

    found = Topic.objects.filter(path="\x1f".join(topic_of(path))).first()
    if found is None:
        raise InvalidInput(f"There is no topic “{path}” in the bank. Write its path from the root: Refunds/Dates.")
    return found


def _save(data: bytes, output: Path | None) -> None:
    from nastavnik.kernel.errors import InvalidInput

    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise InvalidInput(f"{output} cannot be written: {error.strerror}.") from error
