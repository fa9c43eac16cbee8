"""The toolkit is kept: kinds of offers, rows of the matrix, limits of grades, rules of tools.

Dated rows are never overwritten: a change closes the row and opens the next one from a day on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from nastavnik.crisis.models import AuthorityLimit, MatrixRow, OfferKind, ToolRule
from nastavnik.crisis.money_enums import Tool
from nastavnik.crisis.money_errors import ChangesInThePast, RowsOverlap
from nastavnik.kernel import journal
from nastavnik.people.models import Grade, Person

KIND_SAVED, MATRIX_CHANGED = "crisis.offer_kind_saved", "crisis.matrix_changed"
LIMIT_CHANGED, TOOL_CHANGED = "crisis.limit_changed", "crisis.tool_changed"


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """The database refuses overlaps; people are told in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "overlap" in str(error):
            raise RowsOverlap from error
        raise


def save_kind(*, kind: OfferKind | None, by: Person | None, at: datetime, **said: Any) -> OfferKind:
    """Make a kind of offer, or change how it is described."""
    with transaction.atomic():
        saved = kind or OfferKind(code=said.pop("code"))
        said.pop("code", None)
        for name, value in said.items():
            setattr(saved, name, value)
        saved.save()
        journal.write(KIND_SAVED, by=by, at=at, subject=saved, data={"kind": saved.name})
    return saved


def add_row(*, since: date, by: Person | None, at: datetime, **said: Any) -> MatrixRow:
    """A row of the matrix, in force from a day on. Raises RowsOverlap where the same conditions have one."""
    with _one_at_a_time():
        row = MatrixRow.objects.create(active_from=since, **said)
        journal.write(MATRIX_CHANGED, by=by, at=at, subject=row, data=_row_told(row))
    return row


def change_row(
    *, row: MatrixRow, least: int, most: int, position: int, since: date, by: Person | None, at: datetime
) -> MatrixRow:
    """Other bounds from a day on: the row is closed, its next version opened. Raises ChangesInThePast, RowsOverlap."""
    with _one_at_a_time():
        row = _close(MatrixRow, row.pk, since)
        following = MatrixRow.objects.create(
            issue=row.issue, fault=row.fault, severity=row.severity, value_band=row.value_band, channel=row.channel,
            kind=row.kind, currency=row.currency, least=least, most=most, position=position, version=row.version + 1,
            active_from=since,
        )  # fmt: skip
        journal.write(MATRIX_CHANGED, by=by, at=at, subject=following, data=_row_told(following))
    return following


def end_row(*, row: MatrixRow, since: date, by: Person | None, at: datetime) -> None:
    """From this day on the row is no longer in force. Raises ChangesInThePast."""
    with transaction.atomic():
        row = _close(MatrixRow, row.pk, since)
        journal.write(MATRIX_CHANGED, by=by, at=at, subject=row, data=_row_told(row) | {"ended": since.isoformat()})


def set_limit(
    *,
    grade: Grade,
    kind: OfferKind,
    most: int,
    second_from: int | None,
    certificate_code: str,
    since: date,
    by: Person | None,
    at: datetime,
) -> AuthorityLimit:
    """What a grade may give of a kind from a day on; what held before is closed.

    Raises ChangesInThePast, RowsOverlap.
    """
    with _one_at_a_time():
        before = AuthorityLimit.objects.filter(grade=grade, kind=kind, active_to=None).first()
        if before is not None:
            _close(AuthorityLimit, before.pk, since)
        limit = AuthorityLimit.objects.create(
            grade=grade, kind=kind, most=most, second_from=second_from, certificate_code=certificate_code,
            active_from=since,
        )  # fmt: skip
        data = {"grade": str(grade), "kind": str(kind), "amount": most, "currency": limit.currency}
        journal.write(LIMIT_CHANGED, by=by, at=at, subject=limit, data=data)
    return limit


def set_tool(*, tool: Tool, certificate_code: str, since: date, by: Person | None, at: datetime) -> ToolRule:
    """Which certificate a tool asks for from a day on. Raises ChangesInThePast, RowsOverlap."""
    with _one_at_a_time():
        before = ToolRule.objects.filter(tool=tool, active_to=None).first()
        if before is not None:
            _close(ToolRule, before.pk, since)
        rule = ToolRule.objects.create(tool=tool, certificate_code=certificate_code, active_from=since)
        data = {"tool": int(tool), "certificate": certificate_code}
        journal.write(TOOL_CHANGED, by=by, at=at, subject=rule, data=data)
    return rule


def _close(model: Any, pk: int, since: date) -> Any:
    """The row, locked and closed on the day. Raises ChangesInThePast for one that begins then or later."""
    row = model.objects.select_for_update(of=("self",)).get(pk=pk)
    if row.active_to is not None or row.active_from >= since:
        raise ChangesInThePast(day=row.active_from)
    row.active_to = since
    row.save(update_fields=["active_to"])
    return row


def _row_told(row: MatrixRow) -> dict[str, object]:
    return {"kind": str(row.kind), "least": row.least, "amount": row.most, "currency": row.currency}
