"""Loading the demo story in a home of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from bench.homes import temporary_home
from bench.rows import Row


def run(quick: bool) -> Iterator[Row]:
    """The default centre, and (not in a quick run) one of 2,000 people."""
    for people, aim in ((240, 30.0), *([] if quick else [(2000, None)])):
        with temporary_home() as home:
            env = {name: value for name, value in os.environ.items() if not name.startswith("NASTAVNIK_")}
            env |= {"NASTAVNIK_HOME": str(home)}
            command = [sys.executable, "-m", "nastavnik.config.cli", "demo", "load", "--people", str(people), "--json"]
            subprocess.run([*command[:3], "manage", "check"], env=env, check=False, capture_output=True)  # database up
            done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
            told = json.loads(done.stdout)
            seconds = told["seconds"]
            yield Row(
                f"demo story of {people:,} people",
                f"{seconds} s ({told['cpu_seconds']} CPU s without PostgreSQL)",
                f"{sum(told['records'].values()):,} records",
                seconds / aim if aim else None, f"< {aim:.0f} s" if aim else "", seconds < aim if aim else None,
            )  # fmt: skip
