"""Exams are set up, changed, published and retired."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from nastavnik.assessment.enums import ExamState, FormState
from nastavnik.assessment.errors import BadBand, CodeTaken, NoFormYet
from nastavnik.assessment.logic import blueprint as blueprints
from nastavnik.assessment.logic.blueprint import Blueprint
from nastavnik.assessment.models import Exam
from nastavnik.kernel import journal
from nastavnik.people.models import Person

CREATED, CHANGED, MOVED = "assessment.exam_created", "assessment.exam_changed", "assessment.exam_moved"


def create(*, code: str, title: str, blueprint: Blueprint, by: Person | None, at: datetime, **rules: Any) -> Exam:
    """Set up an exam, as a draft. `rules`: fields of the exam. Raises BadBlueprint, BadBand, CodeTaken."""
    stored = blueprints.to_json(blueprints.checked(blueprint))
    exam = Exam(code=code, title=title, blueprint=stored, owner=by, created_at=at, changed_at=at, **rules)
    _refuse_bad_band(exam)
    try:
        with transaction.atomic():
            exam.save(force_insert=True)
            journal.write(CREATED, by=by, at=at, subject=exam, data={"title": title})
    except IntegrityError as error:
        if Exam.objects.filter(code=code).exists():
            raise CodeTaken(code=code) from error
        raise
    return exam


def change(*, exam: Exam, by: Person | None, at: datetime, blueprint: Blueprint | None = None, **rules: Any) -> Exam:
    """Change the rules or the blueprint. Forms and windows that exist keep theirs. Raises BadBlueprint, BadBand."""
    if blueprint is not None:
        rules["blueprint"] = blueprints.to_json(blueprints.checked(blueprint))
    with transaction.atomic():
        exam = Exam.objects.select_for_update().get(pk=exam.pk)
        changed = sorted(name for name, value in rules.items() if getattr(exam, name) != value)
        if not changed:
            return exam
        for name in changed:
            setattr(exam, name, rules[name])
        _refuse_bad_band(exam)
        exam.changed_at = at
        exam.save()
        journal.write(CHANGED, by=by, at=at, subject=exam, data={"title": exam.title, "changed": changed})
    return exam


def publish(*, exam: Exam, by: Person | None, at: datetime) -> Exam:
    """From now on people can be offered the exam. Raises NoFormYet."""
    if not exam.forms.filter(state=FormState.PUBLISHED).exists():
        raise NoFormYet(exam=exam.title)
    return _move(exam, ExamState.PUBLISHED, by=by, at=at)


def retire(*, exam: Exam, by: Person | None, at: datetime) -> Exam:
    """Take the exam out of use; results stay, windows that are open run to their end."""
    return _move(exam, ExamState.RETIRED, by=by, at=at)


def _move(exam: Exam, to: ExamState, *, by: Person | None, at: datetime) -> Exam:
    with transaction.atomic():
        exam = Exam.objects.select_for_update().get(pk=exam.pk)
        if exam.state == to:
            return exam
        data = {"title": exam.title, "from": exam.state, "to": to}
        exam.state = to
        exam.changed_at = at
        if to == ExamState.PUBLISHED:
            exam.published_at = at
        exam.save()
        journal.write(MOVED, by=by, at=at, subject=exam, data=data)
    return exam


def _refuse_bad_band(exam: Exam) -> None:
    low, high = exam.grey_from, exam.grey_to
    if (low is None) != (high is None):
        raise BadBand
    if low is not None and high is not None and not low <= exam.pass_percent <= high + 1:
        raise BadBand
