"""`python -m bench [names] [--quick] [--json]`: measure, print one table, keep it under bench/out.

Each name runs in a process and a home of its own, one after another; nothing of it is left afterwards.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from bench import cohort, crisis, exams, items, ledger, loading, pages, procedures, starting, story, tallying
from bench.homes import centre
from bench.rows import Row, as_json, table

OUT = Path(__file__).parent / "out"


def _big(quick: bool) -> Iterator[Row]:
    """2,001 people and a year of contacts: counted, then looked at."""
    number = 2_000_000 if quick else 20_000_000
    with centre(tallying.PEOPLE) as home:
        tallying.fill(home, number)
        yield from tallying.run(home, number)
        yield from pages.run(home)


SUITES: dict[str, Callable[[bool], Iterator[Row]]] = {
    "load": loading.run, "big": _big, "start": starting.run, "demo": story.run, "items": items.run, "exams": exams.run,
    "academy": cohort.run,
    "crisis": crisis.run, "procedures": procedures.run, "ledger": ledger.run,
}  # fmt: skip


def main() -> int:
    """Run the suites asked for (all by default); exit code 1 when an aim is missed."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*SUITES, []], help="which: " + ", ".join(SUITES))
    parser.add_argument("--quick", action="store_true", help="a tenth of the records")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that homes are removed when we are told to end
    if args.inner:
        for row in SUITES[args.names[0]](args.quick):
            print(json.dumps(as_json(row)), flush=True)
        return 0
    rows = [row for name in args.names or SUITES for row in _run(name, args.quick)]
    _keep(rows, args.quick)
    print(json.dumps([as_json(row) for row in rows], indent=1) if args.json else table(rows))
    return int(any(row.ok is False for row in rows))


def _run(name: str, quick: bool) -> Iterator[Row]:
    """One suite in a process of its own; what it says besides rows goes to stderr."""
    command = [sys.executable, "-W", "ignore", "-m", "bench", name, "--inner", *(["--quick"] if quick else [])]
    print(f"{name} ...", file=sys.stderr, flush=True)
    begun = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=OUT.parent.parent) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if line.startswith("{"):
                    told = json.loads(line)
                    told.pop("verdict")
                    yield Row(**told)
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        yield Row(name, f"failed with code {process.returncode}", ok=False)
    print(f"{name} took {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


def _keep(rows: list[Row], quick: bool) -> None:
    OUT.mkdir(exist_ok=True)
    load = os.getloadavg()[0]
    now = datetime.now().astimezone()
    head = f"{now:%Y-%m-%d %H:%M}, {os.cpu_count()} cores, load {load:.1f}{', quick' if quick else ''}\n"
    stamp = f"{now:%Y%m%d-%H%M%S}"
    (OUT / f"{stamp}.txt").write_text(head + table(rows) + "\n")
    (OUT / f"{stamp}.json").write_text(json.dumps([as_json(row) for row in rows], indent=1))


if __name__ == "__main__":
    sys.exit(main())
