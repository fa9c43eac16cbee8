"""A clock that a test sets for a whole running site: web processes, worker and commands read it from a file."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_FOLDER = Path(__file__).parent / "clock"


@dataclass(frozen=True)
class SiteClock:
    """The clock of the site whose processes were started with `env`; it runs on from where it was set."""

    file: Path

    @property
    def env(self) -> dict[str, str]:
        """What the processes need in their environment. Set the clock before the first of them starts."""
        return {"PYTHONPATH": str(_FOLDER), "NASTAVNIK_TEST_CLOCK": str(self.file)}

    def set(self, moment: datetime) -> None:
        """From now on it is `moment` (aware). Replaced in one step: a reader never sees half a file."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str((moment - datetime.now(UTC)).total_seconds()))
        fresh.chmod(0o644)
        fresh.replace(self.file)
