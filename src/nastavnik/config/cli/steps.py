"""Progress of a start: one line per step, with its seconds."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Steps:
    """Prints `  database ........ 0.9 s` when a step ends; on a terminal the name appears when it begins."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.begun = time.monotonic()
        self._live = self.stream.isatty()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step; a failed one leaves its name unfinished, and the error follows."""
        begun = time.monotonic()
        if self._live:
            self._write(f"  {name} ...")
        try:
            yield
        except BaseException:
            self._write("\n" if self._live else f"  {name} did not finish\n")
            raise
        line = f"  {name:<28}{time.monotonic() - begun:6.1f} s"
        self._write(f"\r{line}\n" if self._live else f"{line}\n")

    def note(self, text: str) -> None:
        """How far the present step is; overwritten in place on a terminal, silent elsewhere."""
        if self._live:
            self._write(f"\r  {text[:74]:<74}")

    def say(self, text: str) -> None:
        """A line of its own."""
        self._write(f"{text}\n")

    def seconds(self) -> float:
        """Since the first step."""
        return time.monotonic() - self.begun

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()
