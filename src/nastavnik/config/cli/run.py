"""`nastavnik run`: the whole product in one terminal, until Ctrl-C."""

import argparse
import os
from pathlib import Path
from typing import Any

GROUP = "Every day"
DEFAULT_PORT = 8400


def add_to(subparsers: Any) -> None:
    """The subcommand and its options."""
    parser = subparsers.add_parser("run", help="start everything and print the address; Ctrl-C stops it")
    parser.add_argument("--host", default=os.environ.get("NASTAVNIK_HOST", "127.0.0.1"), help="address to listen on")
    parser.add_argument("--port", type=int, default=_port(), help=f"port to listen on (default {DEFAULT_PORT})")
    parser.add_argument("--workers", type=int, default=2, help="web server processes (default 2)")
    parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Start and look after database, web server and worker."""
    from nastavnik.config import paths
    from nastavnik.config.supervisor import Supervisor

    supervisor = Supervisor(
        root=Path(paths.home()), host=args.host, port=args.port, workers=args.workers, demo=not args.no_demo
    )
    return supervisor.run()


def _port() -> int:
    given = os.environ.get("NASTAVNIK_PORT", "")
    return int(given) if given.isdigit() else DEFAULT_PORT
