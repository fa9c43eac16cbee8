"""Addresses of results, marking, appeals and analysis in the walk."""

from typing import Any

from nastavnik.assessment.models import Appeal, Equating, Exam, Form, Item, ItemAlarm, OpenAnswer, Signal
from tests.factories.assessment import an_essay, an_item
from tests.factories.results import a_form, an_exam, live_items, sat, version_of

NAMED = "walked-results"
_ONE = [{"public_id": NAMED}, {"public_id": "no-such-record"}]
SAMPLES: dict[str, list[dict[str, Any]]] = {
    "assessment:appeal-make": [{"public_id": NAMED, "position": 1}, {"public_id": "no-such-attempt", "position": 1}],
    "assessment:item-rescore": [{"public_id": NAMED, "number": 1}, {"public_id": NAMED, "number": 9}],
    "assessment:person-exams": [{"public_id": "no-such-person"}],
} | {
    f"assessment:{name}": _ONE
    for name in (
        "marking-mark", "appeal-detail", "item-analysis", "exam-analysis", "form-analysis", "form-analyse",
        "equating-apply", "alarm-look", "signal-look",
    )
}  # fmt: skip
PUBLIC: dict[str, str] = {}


def plant(centre: Any) -> None:
    """A form sat by people of every team, with an open answer, an appeal, an alarm and a signal of theirs."""
    takers = [centre.agent, centre.stranger, centre.partners_person]
    [item, other] = live_items(2, word="Прогулка")
    Item.objects.filter(pk=item.pk).update(public_id=NAMED)
    exam = an_exam("walked-results", title="Экзамен прогулки")
    Exam.objects.filter(pk=exam.pk).update(public_id=NAMED)
    form = a_form(exam, [item, other])
    Form.objects.filter(pk=form.pk).update(public_id=NAMED)
    first, second, third = sat(form, takers, [[0, 1], [1, 1], [0, 0]])
    version, at = form.items.get(position=1).version, first.closed_at
    Appeal.objects.create(
        public_id=NAMED, attempt=second, position=1, person=second.person, item=item, version=version,
        reason="Неверный ключ", made_at=at,
    )  # fmt: skip
    essay = an_item(an_essay("Прогулка: опишите случай"))
    OpenAnswer.objects.create(
        public_id=NAMED, attempt=third, position=2, item=essay, version=version_of(essay), text="Простите",
        max_points=1, created_at=at,
    )  # fmt: skip
    ItemAlarm.objects.create(
        public_id=NAMED, form=form, version=version, kind="key", figures={"instead": "б", "n": 200}, found_at=at
    )
    Signal.objects.create(
        public_id=NAMED, attempt=second, other=third, kind="same", figures={"same": 9, "expected": 1.5}, found_at=at
    )
    Equating.objects.create(
        public_id=NAMED, exam=exam, form=form, base=form, is_equated=True, share=0.85, exact=2, raw_cut=2, band_low=2,
        band_high=2, raw_mean=0.5, equated_mean=0.5, made_at=at,
    )  # fmt: skip
