"""Cases from a file: looked at first, loaded afterwards, loaded again without harm."""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext

from nastavnik.crisis.actions import intake
from nastavnik.crisis.actions.intake import Arrival
from nastavnik.crisis.actions.messages import Said
from nastavnik.crisis.enums import CaseKind, Channel, ImportState, Severity
from nastavnik.crisis.errors import FileTooLarge, NothingToLoad
from nastavnik.crisis.models import CaseImport
from nastavnik.crisis.queries.logs import zone
from nastavnik.kernel import journal
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.files import open_table
from nastavnik.kernel.web.messages import explain
from nastavnik.people.models import Person, Team

IMPORTED = "crisis.cases_imported"
LIMIT_MB, ROWS_LIMIT = 5, 10_000
COLUMNS = (
    "customer_id", "customer_name", "email", "phone", "lang", "value_band", "contract_id", "contract_title", "price",
    "paid", "used", "currency", "kind", "severity", "subject", "remedy", "channel", "opened_at", "message", "id",
    "team",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A line of the file as what came, or what is wrong with it."""

    line: int
    arrival: Arrival | None
    problem: str = ""


def check(*, name: str, data: bytes, by: Person | None, at: datetime) -> CaseImport:
    """Look at a file without changing anything else. Raises FileTooLarge and what `kernel.files` raises."""
    if len(data) > LIMIT_MB * 1024**2:
        raise FileTooLarge(name=name, limit=LIMIT_MB)
    rows = list(_rows(name, data))
    problems = [{"line": row.line, "problem": row.problem} for row in rows if row.problem]
    with transaction.atomic():
        return CaseImport.objects.create(
            file_name=name[:255], content=data, sha256=hashlib.sha256(data).hexdigest(), read=len(rows),
            rejected=len(problems), problems=problems[:1000], started_by=by, created_at=at,
        )  # fmt: skip


def load(*, batch: CaseImport, by: Person | None, at: datetime) -> CaseImport:
    """Open the cases of the good lines; known ones are left as they are. Loaded twice is once. Raises NothingToLoad."""
    with transaction.atomic():
        batch = CaseImport.objects.select_for_update().get(pk=batch.pk)
        if batch.state == ImportState.LOADED:
            return batch
        good = [row for row in _rows(batch.file_name, bytes(batch.content or b"")) if row.arrival is not None]
        if not good:
            raise NothingToLoad(name=batch.file_name)
        problems = list(batch.problems)
        for row in good:
            assert row.arrival is not None
            try:
                with transaction.atomic():
                    done = intake.admit(arrival=row.arrival, by=by, at=at)
            except DomainError as error:
                problems.append({"line": row.line, "problem": explain(error)})
                continue
            batch.created += done.is_new
            batch.known += not done.is_new
        batch.problems, batch.rejected = problems[:1000], len(problems)
        batch.state, batch.loaded_at, batch.content = ImportState.LOADED, at, None
        batch.save()
        told = {"file": batch.file_name, "created": batch.created, "known": batch.known}
        journal.write(IMPORTED, by=by, at=at, subject=batch, data=told)
    return batch


def _rows(name: str, data: bytes) -> Iterator[Row]:
    teams = {team.code: team for team in Team.objects.filter(is_active=True)}
    local = zone()
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        with open_table(Path(file.name), name=name) as table:
            headings = [heading.strip().lower() for heading in table.headings]
            for place, (line, cells) in enumerate(table.rows()):
                if place >= ROWS_LIMIT:
                    text = gettext("A file holds at most {n} lines.").format(n=ROWS_LIMIT)
                    yield Row(line, None, text)
                    return
                yield _row(line, dict(zip(headings, cells, strict=True)), teams, local)


def _row(line: int, cells: dict[str, str | None], teams: dict[str, Team], local: ZoneInfo) -> Row:
    told = {key: (cells.get(key) or "").strip() for key in COLUMNS}
    try:
        return Row(line, _arrival(told, teams, local))
    except ValueError as error:
        return Row(line, None, str(error))


def _arrival(told: dict[str, str], teams: dict[str, Team], local: ZoneInfo) -> Arrival:
    opened = _moment(told["opened_at"], local) if told["opened_at"] else None
    key = told["id"] or hashlib.sha256("\x1f".join(told[name] for name in COLUMNS).encode()).hexdigest()[:40]
    kind = _one_of(told["kind"] or CaseKind.COMPLAINT, CaseKind.values, "kind")
    if not told["customer_id"]:
        raise ValueError(gettext("{column}: empty").format(column="customer_id"))
    if told["team"] and told["team"] not in teams:
        raise ValueError(gettext("{column}: there is no {value}").format(column="team", value=told["team"]))
    said = [Said(text=told["message"], at=opened, source_id=key)] if told["message"] and opened else []
    return Arrival(
        customer_id=told["customer_id"], customer_name=told["customer_name"], lang=told["lang"] or "ru",
        value_band=told["value_band"], contacts={name: told[name] for name in ("email", "phone") if told[name]},
        contract_id=told["contract_id"], contract_title=told["contract_title"], price=_amount(told, "price"),
        paid=_amount(told, "paid"), used=_amount(told, "used"), currency=told["currency"].upper(), kind=kind,
        severity=int(_one_of(told["severity"] or "3", [str(one) for one in Severity.values], "severity")),
        subject=told["subject"], remedy=told["remedy"],
        channel=_one_of(told["channel"] or Channel.CHAT, Channel.values, "channel"), opened_at=opened, origin="file",
        external_id=key[:120], team=teams.get(told["team"]), said=said,
    )  # fmt: skip


def _one_of(value: str, known: list[Any], column: str) -> str:
    if value not in known:
        options = ", ".join(str(one) for one in known)
        raise ValueError(gettext("{column}: one of {options}").format(column=column, options=options))
    return value


def _amount(told: dict[str, str], column: str) -> int | None:
    """Minor units of an amount as spreadsheets write it."""
    text = told[column].replace(" ", "").replace("\u00a0", "").replace(",", ".")
    if not text:
        return None
    whole, _, part = text.partition(".")
    if not whole.isdigit() or (part and not part.isdigit()) or len(part) > 2 or len(whole) > 12:
        raise ValueError(gettext("{column}: {value} is no amount").format(column=column, value=told[column]))
    return int(whole) * 100 + int((part or "0").ljust(2, "0"))


def _moment(text: str, local: ZoneInfo) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        message = gettext("{column}: write a moment as 2026-11-23 14:05").format(column="opened_at")
        raise ValueError(message) from None
    return found if found.tzinfo else found.replace(tzinfo=local)
