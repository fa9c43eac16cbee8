"""`make check`: every check, each with its time; all run, however many fail."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Check:
    """One tool and its arguments."""

    name: str
    command: list[str]
    env: tuple[tuple[str, str], ...] = ()


def checks() -> list[Check]:
    """Quick ones first."""
    python = sys.executable
    manage = [str(BIN / "nastavnik"), "manage"]
    templates = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "src" / "nastavnik").glob("*/templates"))]
    return [
        Check("lint", [str(BIN / "ruff"), "check", "--quiet"]),
        Check("format", [str(BIN / "ruff"), "format", "--check", "--quiet"]),
        Check("floors (import-linter)", [str(BIN / "lint-imports")]),
        Check("types (mypy)", [str(BIN / "mypy")]),
        Check("missing migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check("schema snapshot", [python, "scripts/render_schema.py", "--check"]),
        Check("Russian messages", [python, "scripts/check_messages.py"]),
        Check("templates (djlint)", [str(BIN / "djlint"), "--lint", "--quiet", *templates]),
        Check("licences of what ships", [python, "scripts/check_licences.py"]),
        Check("vendored files", [python, "scripts/check_vendored.py"]),
    ]


def main() -> int:
    """Print one line per check and the output of those that failed."""
    failed = []
    for check in checks():
        begun = time.monotonic()
        done = subprocess.run(
            check.command, cwd=ROOT, env={**os.environ, **dict(check.env)}, capture_output=True, text=True, check=False
        )
        verdict = "ok" if done.returncode == 0 else "FAILED"
        print(f"{check.name:<28}{verdict:<8}{time.monotonic() - begun:5.1f} s", flush=True)
        if done.returncode != 0:
            failed.append(check.name)
            print(
                "\n".join(f"    {line}" for line in (done.stdout + done.stderr).strip().splitlines()[-60:]), flush=True
            )
    print(f"{len(failed)} failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
