"""Exams under load, on a real server with its database, everything on this machine.

Other programs on the machine change the wall time; CPU per journey is the server's own: supervisor, web, worker and
database, the work that follows a result (a new window for whoever failed, plans, courses) counted in.
"""

import http.client
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psutil

from bench import generator
from bench.background import busy
from bench.homes import centre, postgres
from bench.rows import Row
from bench.starting import free_port, started
from bench.takers import (
    CSRF_FORM,
    Browser,
    Server,
    Taker,
    Tally,
    journey,
    lost,
    prepare,
    session_of,
    start,
    together,
)
from bench.timing import cpu_of, family, memory_of, percentile

LIMIT_CPU_MS, LIMIT_PER_MINUTE = 250, 400
SAVE_LIMITS_MS = {20: 300, 100: 1000}
SLOWED_LIMIT = 1.3
STARTS = 2000
PAUSE_S, CROWD, THOUGHT_S = 60, 2000, 3
"""2,000 people who think for 60 s ask as often as 100 who think for 3: the same load, in a twentieth of the people."""


@dataclass(frozen=True)
class Level:
    """So many at once do so many journeys at the exam of this code."""

    code: str
    at_once: int
    journeys: int
    saves_each: bool = False
    thinks_s: float = 0.0
    name: str = ""
    longest_s: float = 90


def levels(share: int) -> dict[str, Level]:
    """What is measured, by code; `share` divides the number of journeys."""
    thinkers = CROWD * THOUGHT_S // PAUSE_S
    crowd = f"{CROWD:,} takers who think for {PAUSE_S} s ({thinkers} who think for {THOUGHT_S} s)"
    found = [
        Level("at-20", 20, 60 // share),
        Level("at-100", 100, 200 // share),
        Level("at-200", 200, 300 // share),
        Level("saves", 100, 200 // share, saves_each=True, name="100 takers, each answer saved by itself"),
        Level("crowd", thinkers, 250 // share, thinks_s=THOUGHT_S, name=crowd, longest_s=120),
        Level("crowd-busy", thinkers, 250 // share, thinks_s=THOUGHT_S, name=f"{crowd}, import and report running",
              longest_s=120),
    ]  # fmt: skip
    return {one.code: one for one in found}


def run(quick: bool) -> Iterator[Row]:
    """All of it; quick: a fifth of the journeys and of the starts."""
    share = 5 if quick else 1
    asked, starts = levels(share), STARTS // share
    wanted = {one.code: one.journeys for one in asked.values()} | {"warm": 8, "starts": starts}
    wanted |= {f"load-{at_once}": asked[f"at-{at_once}"].journeys for at_once in generator.AT_ONCE}
    with centre(max(wanted.values())) as home:
        takers = prepare(wanted)
        with started(home, free_port(), "--no-demo") as (port, process, _):
            server = Server(port, [psutil.Process(process.pid), *postgres(home)])
            for taker in takers["warm"]:
                journey(taker, server, Tally(), saves_each=False)  # caches of both web processes, not measured
            for code in ("at-20", "at-100", "at-200", "saves"):
                yield from _level(server, asked[code], takers[code])
            yield from generator.rows(server, wanted)
            yield from _starts(server, takers["starts"])
            calm = Tally()
            yield from _level(server, asked["crowd"], takers["crowd"], calm)
            with busy(home, server):
                slowed = Tally()
                yield from _level(server, asked["crowd-busy"], takers["crowd-busy"], slowed)
            yield _slowed(calm, slowed)


def _level(server: Server, level: Level, takers: list[Taker], tally: Tally | None = None) -> Iterator[Row]:
    tally = tally or Tally()
    for taker in takers:
        taker.thinks_s = level.thinks_s
    cpu, begun = cpu_of(server.processes), time.monotonic()
    together(
        level.at_once, lambda taker: journey(taker, server, tally, saves_each=level.saves_each), takers,
        longest_s=level.longest_s,
    )  # fmt: skip
    wall = time.monotonic() - begun
    each = (cpu_of(server.processes) - cpu) * 1000 / max(tally.done, 1)
    name = f"exam journey, {level.name or f'{level.at_once} takers'}"
    yield _cpu(name, each, tally, server, judged=not level.saves_each and "busy" not in level.code)
    if not level.thinks_s:
        yield _rate(name, tally.done * 60 / wall, judged=level.code == "at-100")
    yield _saves(name, tally, None if level.thinks_s else SAVE_LIMITS_MS.get(level.at_once))
    yield _losses(name, tally, takers)


def _cpu(name: str, each: float, tally: Tally, server: Server, *, judged: bool) -> Row:
    _rss, pss = memory_of(family(server.processes))
    steps = "; ".join(
        f"{step} {percentile(ms, 0.5):.0f}/{percentile(ms, 0.95):.0f}/{percentile(ms, 0.99):.0f}"
        for step, ms in tally.steps.items()
    )
    return Row(
        f"{name}: CPU", f"{each:.0f} ms a journey, {tally.done} journeys, {pss:.0f} MB PSS",
        "LMS 1,057-1,298, Django 173-196", each / LIMIT_CPU_MS if judged else None,
        f"<= {LIMIT_CPU_MS} ms" if judged else "", each <= LIMIT_CPU_MS if judged else None,
        f"{1057 / each:.1f}-{1298 / each:.1f} times less than the LMS; p50/p95/p99 ms by step: {steps}",
    )  # fmt: skip


def _rate(name: str, per_minute: float, *, judged: bool) -> Row:
    return Row(
        f"{name}: journeys a minute", f"{per_minute:.0f}", "LMS 86-106, Django 519-589",
        LIMIT_PER_MINUTE / max(per_minute, 1) if judged else None, f">= {LIMIT_PER_MINUTE}" if judged else "",
        per_minute >= LIMIT_PER_MINUTE if judged else None,
    )  # fmt: skip


def _saves(name: str, tally: Tally, limit: int | None) -> Row:
    p95 = percentile(tally.steps.get("save", [0.0]), 0.95)
    return Row(
        f"{name}: save p95", f"{p95:.0f} ms", "LMS 1,200-10,000", p95 / limit if limit else None,
        f"<= {limit} ms" if limit else "", p95 <= limit if limit else None,
    )  # fmt: skip


def _losses(name: str, tally: Tally, takers: list[Taker]) -> Row:
    answers, gone = sum(len(taker.acknowledged) for taker in takers), lost(takers)
    return Row(
        f"{name}: errors, lost answers", f"{sum(tally.errors.values())}, {gone} of {answers:,}", aim="0, 0",
        ok=not tally.errors and not gone, note=str(tally.errors) if tally.errors else "",
    )  # fmt: skip


def _slowed(calm: Tally, slowed: Tally) -> Row:
    """How much an import and a report hold up the saves of people who think."""
    before, after = (percentile(one.steps.get("save", [0.0]), 0.95) for one in (calm, slowed))
    ratio = after / max(before, 0.001)
    return Row(
        "save p95 while an import and a cohort report run, to without", f"{after:.0f} to {before:.0f} ms", "",
        ratio / SLOWED_LIMIT, f"<= {SLOWED_LIMIT}", ratio <= SLOWED_LIMIT,
    )  # fmt: skip


def _starts(server: Server, takers: list[Taker]) -> Iterator[Row]:
    """Everybody begins in the same moment: the start and the first page, by people already logged in."""
    for taker in takers:
        taker.cookies["sessionid"] = session_of(taker.login)
        taker.cookies["csrftoken"] = "a" * 32
    tally = Tally()

    def begin(taker: Taker) -> None:
        browser, begun = Browser(server, taker.cookies), time.monotonic()
        try:
            start(browser, taker, CSRF_FORM)
            tally.add("start", begun)
            tally.done += 1
        except (RuntimeError, OSError, http.client.HTTPException) as error:
            tally.fail(f"{type(error).__name__}: {error}"[:80])

    cpu, begun = cpu_of(server.processes), time.monotonic()
    together(200, begin, takers, longest_s=180)
    wall = time.monotonic() - begun
    each = (cpu_of(server.processes) - cpu) * 1000 / max(tally.done, 1)
    ms = tally.steps.get("start", [0.0])
    yield Row(
        f"{len(takers):,} prepared attempts begun at once (200 connections)",
        f"{wall:.0f} s, {tally.done / wall:.0f}/s, {each:.1f} CPU ms each",
        f"p50 {percentile(ms, 0.5):.0f} p95 {percentile(ms, 0.95):.0f} p99 {percentile(ms, 0.99):.0f} ms",
        aim="no errors", ok=not tally.errors and tally.done == len(takers),
        note=str(tally.errors) if tally.errors else "the start with its first page; logged in before",
    )  # fmt: skip
