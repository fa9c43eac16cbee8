"""The load generator of the issue, `quiz_load.py`, run as it is against our pages; a row says so where it is absent.

It knows forms by their `data-anchor` only and keeps nobody's answers, so what is stored is counted afterwards: every
question of every journey it calls done must have an answer.
"""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.rows import Row
from bench.takers import PASSWORD, QUESTIONS, Server, stored

SCRIPT = Path("/work/shared/bench/quiz_load.py")
AT_ONCE = (20, 100, 200)
LIMIT_CPU_MS, LIMIT_PER_MINUTE = 250, 400


def rows(server: Server, wanted: Mapping[str, int]) -> Iterator[Row]:
    """One row for CPU and one for the rate at each number of takers."""
    missing = [str(SCRIPT)] if not SCRIPT.exists() else []
    missing += ["aiohttp"] if importlib.util.find_spec("aiohttp") is None else []
    if missing:
        yield Row("quiz_load.py", f"not run: {' and '.join(missing)} absent", note="our own driver stands above")
        return
    for at_once in AT_ONCE:
        code = f"load-{at_once}"
        yield from _rows(at_once, _said(server, code, at_once, wanted[code]), stored(code))


def _said(server: Server, code: str, at_once: int, journeys: int) -> dict[str, Any]:
    options = {
        "base-url": f"http://127.0.0.1:{server.port}", "concurrency": at_once, "journeys": journeys,
        "course-path": "/content/", "quiz-path": f"/assessment/take/{code}/", "login-path": "/accounts/login/",
        "questions": QUESTIONS, "users": journeys, "first-user": 0, "user-format": "n-{n:05d}", "password": PASSWORD,
        "server-pids": ",".join(str(one.pid) for one in server.processes), "max-seconds": 120, "label": code,
    }  # fmt: skip
    flags = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    done = subprocess.run([sys.executable, str(SCRIPT), "ours", *flags], capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    if not lines:
        raise RuntimeError(done.stderr[-2000:])
    said: dict[str, Any] = json.loads(lines[-1])
    return said


def _rows(at_once: int, said: dict[str, Any], kept: tuple[int, int]) -> Iterator[Row]:
    each, per_minute = said["server_cpu_ms_per_journey"], said["per_minute"]
    steps = "; ".join(f"{k} {v['p50']:.0f}/{v['p95']:.0f}/{v['p99']:.0f}" for k, v in said["steps_ms"].items())
    name, aimed = f"quiz_load.py, {at_once} takers", at_once == 100
    yield Row(
        f"{name}: CPU", f"{each:.0f} ms a journey, {said['done']} journeys, {said['server_peak_pss_mb']:.0f} MB PSS",
        "LMS 1,057-1,298, Django 173-196", each / LIMIT_CPU_MS, f"<= {LIMIT_CPU_MS} ms", each <= LIMIT_CPU_MS,
        f"others on the machine took {said['others_cpu_s']:.0f} CPU s; p50/p95/p99 ms by step: {steps}",
    )  # fmt: skip
    yield Row(
        f"{name}: journeys a minute", f"{per_minute:.0f}", "LMS 86-106, Django 519-589",
        LIMIT_PER_MINUTE / max(per_minute, 1) if aimed else None, f">= {LIMIT_PER_MINUTE}" if aimed else "",
        per_minute >= LIMIT_PER_MINUTE if aimed else None,
    )  # fmt: skip
    closed, unanswered = kept
    yield Row(
        f"{name}: errors, lost answers", f"{sum(said['errors'].values())}, {unanswered} of {closed * QUESTIONS:,}",
        aim="0, 0", ok=not said["errors"] and not unanswered and closed >= said["done"],
        note=str(said["errors"]) if said["errors"] else "",
    )  # fmt: skip
