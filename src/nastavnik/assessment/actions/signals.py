"""Signals about attempts: counted from a calibration, kept for a person to look at. No attempt is touched by them."""

from datetime import datetime
from statistics import median
from typing import Any

from django.db import transaction

from nastavnik.assessment.enums import SignalKind
from nastavnik.assessment.logic.psychometrics.calibration import Calibration, Item
from nastavnik.assessment.logic.psychometrics.signals import (
    MISFIT_Z,
    Taker,
    ability,
    person_fit,
    rapid_share,
    same_wrong,
)
from nastavnik.assessment.models import CalibrationRun, Form, Signal
from nastavnik.assessment.queries.calibrations import restored
from nastavnik.assessment.queries.sheets import Sheet, sheet
from nastavnik.kernel import journal
from nastavnik.people.models import Person

LOOKED_AT = "assessment.signal_looked_at"
RAPID_FROM = 0.2
"""Share of answers hardly read from which an attempt is told. Proposed."""


def raise_signals(*, form: Form, run: CalibrationRun, at: datetime, given: Sheet | None = None) -> list[Signal]:
    """Look over the attempts of a calibrated form; a signal known already is not repeated."""
    answers = given or sheet(form)
    calibration = restored(run)
    found = _fast(answers, at) + _unlike(answers, calibration, at) + _same(answers, calibration, at)
    known = set(Signal.objects.filter(attempt__form=form).values_list("attempt_id", "other_id", "kind"))
    fresh = [one for one in found if (one.attempt_id, one.other_id, one.kind) not in known]
    return Signal.objects.bulk_create(fresh, ignore_conflicts=True)


def _signal(
    attempt_id: int, kind: SignalKind, figures: dict[str, Any], at: datetime, other: int | None = None
) -> Signal:
    return Signal(attempt_id=attempt_id, other_id=other, kind=kind, figures=figures, found_at=at)


def _fast(answers: Sheet, at: datetime) -> list[Signal]:
    columns = list(zip(*answers.times, strict=True))
    usual = [median(known) if (known := [one for one in column if one is not None]) else None for column in columns]
    raised = []
    for attempt_id, row in zip(answers.attempts, answers.times, strict=True):
        timed = [(own, int(mid)) for own, mid in zip(row, usual, strict=True) if own is not None and mid is not None]
        share = rapid_share([own for own, _mid in timed], [mid for _own, mid in timed])
        if share is not None and share >= RAPID_FROM and len(timed) >= len(row) / 2:
            raised.append(_signal(attempt_id, SignalKind.FAST, {"share": share, "n": len(timed)}, at))
    return raised


def _pairs(row: list[int], items: tuple[Item | None, ...]) -> list[tuple[Item, int]]:
    return [(item, right) for item, right in zip(items, row, strict=True) if item is not None and not item.at_limit]


def _unlike(answers: Sheet, calibration: Calibration, at: datetime) -> list[Signal]:
    raised = []
    for attempt_id, row in zip(answers.attempts, answers.rights, strict=True):
        pairs = _pairs(row, calibration.items)
        fit = person_fit(pairs, ability(pairs)[0]) if pairs else None
        if fit is not None and fit < MISFIT_Z:
            raised.append(_signal(attempt_id, SignalKind.MISFIT, {"lz": fit}, at))
    return raised


def _same(answers: Sheet, calibration: Calibration, at: datetime) -> list[Signal]:
    """Pairs of takers, by items with a place on the scale whose answer is one option."""
    items = {
        str(place): item
        for place, item in enumerate(calibration.items)
        if item is not None and not item.at_limit and answers.columns[place].kind in ("single", "true_false")
    }
    wrong = [
        {key: str(given) for key in items if not rights[int(key)] and (given := row[int(key)]) is not None}
        for row, rights in zip(answers.answers, answers.rights, strict=True)
    ]
    takers = [
        Taker(str(attempt_id), ability(_pairs(rights, calibration.items))[0], chosen, frozenset(items))
        for attempt_id, rights, chosen in zip(answers.attempts, answers.rights, wrong, strict=True)
    ]
    raised = []
    for pair in same_wrong(takers, items, _shares(wrong, items)):
        figures = {"same": pair.same, "expected": pair.expected, "p": pair.p}
        first, second = sorted((int(pair.first), int(pair.second)))
        raised.append(_signal(first, SignalKind.SAME_WRONG, figures, at, second))
    return raised


def _shares(wrong: list[dict[str, str]], items: dict[str, Item]) -> dict[str, dict[str, float]]:
    """How often each wrong option was chosen among those who were wrong."""
    shares: dict[str, dict[str, float]] = {}
    for key in items:
        chosen = [row[key] for row in wrong if key in row]
        shares[key] = {option: chosen.count(option) / len(chosen) for option in set(chosen)}
    return shares


def look_at(*, signal: Signal, note: str, by: Person, at: datetime) -> Signal:
    """A person has looked at the attempt and writes what it was. Nothing else changes."""
    with transaction.atomic():
        rows = Signal.objects.select_for_update(of=("self",)).select_related("attempt__exam")
        signal = rows.get(pk=signal.pk)
        signal.looked_by, signal.looked_at, signal.note = by, at, note
        signal.save(update_fields=["looked_by", "looked_at", "note"])
        data = {"exam": signal.attempt.exam.title, "kind": signal.kind}
        journal.write(LOOKED_AT, by=by, at=at, subject=signal, reason=note, data=data)
    return signal
