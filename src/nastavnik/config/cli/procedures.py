"""`nastavnik procedures`: replay scripted cases of the refusal policy, find trigger phrases in messages."""

import argparse
import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nastavnik.config.cli.inputs import read_text

if TYPE_CHECKING:
    from nastavnik.procedures.detection import Lexicon

GROUP = "Data"


def add_to(subparsers: Any) -> None:
    """The subcommand and its two verbs: pure, without a database, unless the desk's own lexicon is asked for."""
    parser = subparsers.add_parser("procedures", help="replay service algorithms, detect trigger phrases")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    replay = verbs.add_parser("replay", help="run scripted cases and compare with what they expect")
    replay.add_argument("procedure", choices=["refusal"])
    replay.add_argument("--cases", type=Path, required=True, help="file in the format refusal-policy-cases/1")
    replay.add_argument("--json", action="store_true")
    replay.set_defaults(run=run_replay)
    detect = verbs.add_parser("detect", help="label messages: trigger, refund_wish, undecided, quoted, legal, other")
    detect.add_argument("--file", type=Path, required=True, help="CSV with the columns id, lang, text")
    detect.add_argument("--lang", choices=["ru", "en"], help="only messages of this language")
    detect.add_argument(
        "--lexicon",
        choices=["shipped", "current"],
        default="shipped",
        help="shipped: the rules of this release, no database; current: those the desk has in force",
    )
    detect.add_argument("--open-case", action="store_true", help="the messages belong to open refund cases")
    detect.add_argument("--json", action="store_true")
    detect.set_defaults(run=run_detect)


def run_replay(args: argparse.Namespace) -> int:
    """Exit code 0 when every case came out as expected, else 1."""
    from nastavnik.kernel.errors import InvalidInput
    from nastavnik.procedures.logic.replay import replay

    try:
        document = json.loads(read_text(args.cases))
    except json.JSONDecodeError as error:
        raise InvalidInput(f"{args.cases}, line {error.lineno}: not JSON ({error.msg}).") from error
    cases = replay(document)
    if args.json:
        print(json.dumps([vars(case) for case in cases], ensure_ascii=False))
    else:
        for case in cases:
            print(f"{case.id}: as expected" if case.ok else f"{case.id}: expected {case.expected}, got {case.actual}")
    return 0 if all(case.ok for case in cases) else 1


def run_detect(args: argparse.Namespace) -> int:
    """Print a label for each message."""
    rows = list(_messages(args.file))  # a file that cannot be read is told before a database is started
    rules = _lexicon(args.lexicon, args.lang)
    found = []
    for row in rows:
        if args.lang in (None, row["lang"]):
            detection = rules.detect(row["text"], open_case=args.open_case)
            found.append({"id": row["id"], "label": detection.label.value, "rule": detection.rule})
    if args.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        for one in found:
            print(f"{one['id']}\t{one['label']}\t{one['rule'] or ''}")
    return 0


def _lexicon(which: str, lang: str | None) -> "Lexicon":
    if which == "shipped":
        from nastavnik.procedures.detection import shipped

        return shipped()
    from nastavnik.config.cli import boot

    boot.django()
    from nastavnik.kernel import clock
    from nastavnik.procedures.queries import lexicon_at

    return lexicon_at(lang, clock.now())


def _messages(path: Path) -> Iterator[dict[str, str]]:
    from nastavnik.kernel.errors import InvalidInput

    reader = csv.DictReader(read_text(path).splitlines(keepends=True))
    missing = [name for name in ("id", "lang", "text") if name not in (reader.fieldnames or [])]
    if missing:
        raise InvalidInput(f"{path}: the first line needs the columns id, lang, text; missing: {', '.join(missing)}.")
    try:
        for row in reader:
            if row["text"] is None or row["id"] is None or row["lang"] is None:
                raise InvalidInput(f"{path}, line {reader.line_num}: fewer columns than the first line has.")
            yield row
    except csv.Error as error:
        raise InvalidInput(f"{path}, line {reader.line_num}: {error}.") from error
