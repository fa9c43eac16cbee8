"""`nastavnik doctor`: look at everything, say what to do."""

import argparse
import json
from dataclasses import asdict
from typing import Any

GROUP = "Care"
SIGNS = {"ok": "ok  ", "warn": "warn", "fail": "FAIL"}


def add_to(subparsers: Any) -> None:
    """The subcommand and its option."""
    parser = subparsers.add_parser("doctor", help="check this installation and say what to do")
    parser.add_argument("--json", action="store_true", help="for a program to read")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when nothing failed (warnings allowed), else 1."""
    from nastavnik.config import checks, paths

    found = list(checks.examine(paths.home()))
    failed = any(check.state == "fail" for check in found)
    if args.json:
        print(
            json.dumps({"ok": not failed, "checks": [asdict(check) for check in found]}, ensure_ascii=False, indent=2)
        )
    else:
        for check in found:
            print(f"{SIGNS[check.state]}  {check.name:<14}{check.says}")
    return 1 if failed else 0
