"""`nastavnik demo load`: an invented centre with invented people, their work records and true effects to find."""

import argparse
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nastavnik.demo.story import Loaded

GROUP = "Data"
Progress = Callable[[int, str], None]


def add_to(subparsers: Any) -> None:
    """The subcommand and its options."""
    parser = subparsers.add_parser("demo", help="load the invented centre into an empty database")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    verb = verbs.add_parser("load", help="build the demo story; a database with other data is left alone")
    verb.add_argument("--people", type=int, help="how many people (default 240)")
    verb.add_argument("--seed", type=int, default=1, help="another number gives other people and records (default 1)")
    verb.add_argument("--json", action="store_true", help="print the result for a program")
    verb.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Load the story; twice does nothing the second time, and an interrupted load leaves nothing behind."""
    from nastavnik.config.cli import boot

    boot.django()
    # In the supervisor's start the lines of the load stand between its steps; a program reads stdout.
    done = load(args.people, _Lines(sys.stderr if args.json else sys.stdout), seed=args.seed)
    print(json.dumps(_plain(done)) if args.json else _sentence(done))
    return 0


def load(people: int | None, progress: Progress, *, seed: int = 1) -> "Loaded":
    """Load the story into the database Django is set up for. Raises NotADemo, TooFewPeople."""
    from nastavnik.demo import story

    return story.load(people=people, seed=seed, progress=progress)


def _plain(done: "Loaded") -> dict[str, Any]:
    return {
        "already_loaded": done.already,
        "people": done.people,
        "records": done.records,
        "first_day": done.first_day.isoformat() if done.first_day else None,
        "last_day": done.last_day.isoformat() if done.last_day else None,
        "seconds": done.seconds,
        "cpu_seconds": done.cpu_seconds,
    }


def _sentence(done: "Loaded") -> str:
    if done.already:
        return f"The demo story is already loaded ({done.people} people); nothing was changed."
    records = sum(done.records.values())
    return f"  {done.people} people and {records} records in {done.seconds} s ({done.cpu_seconds} s of processor)"


class _Lines:
    """Percent: overwritten in place on a terminal, otherwise a line whenever the work changes."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.live, self.last = stream, stream.isatty(), ("", -1)

    def __call__(self, percent: int, what: str) -> None:
        if self.live and (what, percent) != self.last:
            end = "\n" if percent >= 100 else ""
            self.stream.write(f"\r  {percent:3} %  {what:<20}{end}")
        elif not self.live and what != self.last[0]:
            self.stream.write(f"  {percent:3} %  {what}\n")
        self.stream.flush()
        self.last = (what, percent)
