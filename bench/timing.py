"""Wall and processor seconds, of this process and of others."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass
class Took:
    """What a block took; filled when it ends."""

    wall: float = 0.0
    cpu: float = 0.0

    def __str__(self) -> str:
        return f"{self.wall:.1f} s ({self.cpu:.1f} CPU s)"


@contextmanager
def took(others: Iterable[psutil.Process] = ()) -> Iterator[Took]:
    """Time a block; `cpu` counts this process with its threads and the processes given (and their children)."""
    found, processes = Took(), list(others)
    wall, cpu, before = time.monotonic(), time.process_time(), cpu_of(processes)
    yield found
    found.wall = time.monotonic() - wall
    found.cpu = time.process_time() - cpu + cpu_of(processes) - before


def cpu_of(processes: Iterable[psutil.Process]) -> float:
    """Processor seconds the processes and their children have used, ended children that were waited for included."""
    total = 0.0
    for process in family(processes):
        try:
            used = process.cpu_times()
        except psutil.Error:
            continue
        total += used.user + used.system + used.children_user + used.children_system
    return total


def family(processes: Iterable[psutil.Process]) -> list[psutil.Process]:
    """The processes with all their descendants, each once."""
    found: dict[int, psutil.Process] = {}
    for process in processes:
        try:
            for one in (process, *process.children(recursive=True)):
                found[one.pid] = one
        except psutil.Error:
            continue
    return list(found.values())


def memory_of(processes: Iterable[psutil.Process]) -> tuple[float, float]:
    """(sum of RSS, sum of PSS) in MB; PSS counts a shared page once, so it is what the processes cost together."""
    rss = pss = 0.0
    for process in processes:
        try:
            rss += process.memory_info().rss / 1e6
            rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
        except (psutil.Error, OSError):
            continue
        pss += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1e3
    return rss, pss


def percentile(values: list[float], share: float) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]
