"""The seam to payment systems, and its default: files in folders. See docs/reference/payments-port.md.

<home>/payments/<provider>/in/*.csv       payments the system took (we read, then move to in/done/)
<home>/payments/<provider>/out/*.csv      payouts we ask for (we write, the system takes)
<home>/payments/<provider>/results/*.csv  what became of payouts: payout, state (done|failed)
<home>/payments/<provider>/days/YYYY-MM-DD.csv   the system's own list of a day, for the reconciliation
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from django.conf import settings

from nastavnik.crisis.logic.ledger_reconciliation import Movement
from nastavnik.crisis.logic.payments_port import Incoming, major_units, minor_units, read
from nastavnik.kernel.files import open_table

__all__ = ["Asked", "FilePort", "Incoming", "PaymentPort", "ports"]


@dataclass(frozen=True)
class Asked:
    """A payout as the payment system needs to know it."""

    number: str
    customer: str
    card: str
    amount: int
    currency: str


class PaymentPort(Protocol):
    """What a payment system must offer. Every call may be repeated; nothing is lost or done twice by it."""

    provider: str

    def batches(self) -> list[str]:
        """Names of the batches of payments; one is given again until `taken` says it is stored."""

    def read(self, batch: str) -> list[Incoming]:
        """The payments of a batch. Raises DomainErrors that say what cannot be read."""

    def taken(self, batch: str) -> None:
        """The batch is stored."""

    def ask(self, name: str, payouts: Sequence[Asked]) -> None:
        """Ask for payouts; the same name again replaces what was asked under it."""

    def results(self) -> dict[str, bool]:
        """Number of a payout -> whether the money went out; those still under way are left out."""

    def day(self, day: date) -> list[Movement] | None:
        """The system's own list of a day: came in positive, went out negative; None when there is none yet."""


class FilePort:
    """The port over a folder."""

    def __init__(self, provider: str, folder: Path | None = None) -> None:
        self.provider = provider
        self.folder = (folder or Path(settings.PAYMENTS_DIR)) / provider

    def batches(self) -> list[str]:
        return [path.name for path in sorted((self.folder / "in").glob("*.csv"))]

    def read(self, batch: str) -> list[Incoming]:
        return [read(row, line) for line, row in _rows(self.folder / "in" / batch)]

    def taken(self, batch: str) -> None:
        done = self.folder / "in" / "done"
        done.mkdir(parents=True, exist_ok=True)
        (self.folder / "in" / batch).rename(done / batch)

    def ask(self, name: str, payouts: Sequence[Asked]) -> None:
        out = self.folder / "out"
        out.mkdir(parents=True, exist_ok=True)
        part = out / f"{name}.part"
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["payout", "customer", "card", "amount", "currency"])
            for one in payouts:
                writer.writerow([one.number, one.customer, one.card, major_units(one.amount), one.currency])
        part.rename(out / f"{name}.csv")  # whoever takes the files never sees half of one

    def results(self) -> dict[str, bool]:
        found: dict[str, bool] = {}
        for path in sorted((self.folder / "results").glob("*.csv")):
            for _line, row in _rows(path):
                if row.get("payout") and row.get("state") in ("done", "failed"):
                    found[str(row["payout"])] = row["state"] == "done"
        return found

    def day(self, day: date) -> list[Movement] | None:
        path = self.folder / "days" / f"{day.isoformat()}.csv"
        if not path.exists():
            return None
        return [
            Movement(
                str(row.get("ref") or ""),
                minor_units(str(row.get("amount") or "").lstrip("-"), line)
                * (-1 if str(row.get("amount") or "").startswith("-") else 1),
                str(row.get("currency") or "").upper(),
            )
            for line, row in _rows(path)
        ]


def ports() -> list[PaymentPort]:
    """A file port for each folder below the payments folder. Replace it for a system with an API of its own."""
    root = Path(settings.PAYMENTS_DIR)
    return [FilePort(path.name) for path in sorted(root.iterdir()) if path.is_dir()] if root.is_dir() else []


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str | None]]]:
    with open_table(path) as table:
        heads = [name.strip().lower() for name in table.headings]
        for line, cells in table.rows():
            yield line, dict(zip(heads, cells, strict=False))
