"""Forms are assembled from the bank by the exam's blueprint, published and withdrawn."""

import random
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.functional import lazy
from django.utils.translation import gettext

from nastavnik.assessment.enums import FormState, Purpose
from nastavnik.assessment.errors import BankTooSmall, FormSettled, MarkAlwaysReached, MarkOutOfReach
from nastavnik.assessment.logic import blueprint as blueprints
from nastavnik.assessment.logic import papers
from nastavnik.assessment.logic.assembly import Assembly, Shortage
from nastavnik.assessment.logic.assembly import assemble as assembled
from nastavnik.assessment.logic.blueprint import Blueprint
from nastavnik.assessment.logic.items import maximum
from nastavnik.assessment.logic.reachable import Reach, reach
from nastavnik.assessment.logic.verdicts import rules
from nastavnik.assessment.models import Exam, Form, FormItem, Item, ItemVersion, Topic
from nastavnik.assessment.queries import candidates as bank
from nastavnik.kernel import journal
from nastavnik.people.models import Person

ASSEMBLED, PUBLISHED, WITHDRAWN = (
    "assessment.form_assembled",
    "assessment.form_published",
    "assessment.form_withdrawn",
)


def assemble(
    *,
    exam: Exam,
    by: Person | None,
    at: datetime,
    purpose: Purpose = Purpose.REGULAR,
    month_date: date | None = None,
    takers: Iterable[int] = (),
    blueprint: Blueprint | None = None,
    seed: int | None = None,
    fills_up: bool = False,
) -> Form:
    """Put together a form. `takers`: who will sit it (ids), for the order unseen first. Raises BankTooSmall.

    `fills_up`: what a line lacks is left out instead of refused, as long as any item is found (a short retest).
    """
    plan = blueprint or blueprints.from_json(exam.blueprint)
    chance = seed if seed is not None else random.SystemRandom().getrandbits(62)
    found = bank.candidates(month=at.date().replace(day=1), takers=takers)
    chosen = assembled(plan, found, cap=exam.exposure_cap_percent / 100, seed=chance)
    if not chosen.items or (chosen.shortages and not fills_up):
        raise BankTooSmall(lacking=_lacks(chosen.shortages, plan))
    with transaction.atomic():
        Exam.objects.select_for_update().get(pk=exam.pk)
        number = (exam.forms.aggregate(last=Max("number"))["last"] or 0) + 1
        form = Form(
            exam=exam, number=number, purpose=purpose, seed=chance, blueprint=blueprints.to_json(plan),
            item_count=len(chosen.items), max_points=Decimal(1), month_date=month_date, made_by=by, made_at=at,
        )  # fmt: skip
        _fill(form, chosen, at=at)
        data = {"exam": exam.title, "number": number, "items": form.item_count, "over_cap": chosen.over_cap}
        journal.write(ASSEMBLED, by=by, at=at, subject=form, data=data)
    return form


def _fill(form: Form, chosen: Assembly, *, at: datetime) -> None:
    rows = Item.objects.select_related("topic").in_bulk(chosen.items)
    latest = {(row.pk, row.latest_number) for row in rows.values()}
    found = ItemVersion.objects.filter(item_id__in=rows)
    versions = {one.item_id: one for one in found if (one.item_id, one.number) in latest}
    # A version somebody is examined by never changes again.
    ItemVersion.objects.filter(pk__in=[one.pk for one in versions.values()], published_at=None).update(published_at=at)
    bodies = {item: version.content for item, version in versions.items()}
    form.max_points = decimal_of(sum((maximum(body) for body in bodies.values()), Fraction(0)))
    form.frozen = [papers.question(bodies[item]) for item in chosen.items]
    form.save(force_insert=True)
    FormItem.objects.bulk_create(
        FormItem(
            form=form, position=place, item=rows[item], version=versions[item], is_anchor=item in chosen.anchors,
            topic_path=(topic.path if (topic := rows[item].topic) else ""), points=decimal_of(maximum(bodies[item])),
        )
        for place, item in enumerate(chosen.items, start=1)
    )  # fmt: skip


def reach_of(form: Form) -> Reach:
    """What totals the form allows, against the exam's pass mark of today."""
    rows = form.items.select_related("version")
    return reach([row.version.content for row in rows], cut_of(form, form.exam.pass_percent))


def cut_of(form: Form, pass_percent: int) -> Fraction:
    """The pass mark in points of this form."""
    equated = Fraction(form.cut_points) if form.cut_points is not None else None
    return rules(Fraction(form.max_points), pass_percent=pass_percent, equated_cut=equated).cut


def publish(*, form: Form, by: Person | None, at: datetime) -> Form:
    """From now on people get this form, as it stands. Raises FormSettled, MarkOutOfReach, MarkAlwaysReached."""
    with transaction.atomic():
        form = Form.objects.select_for_update().select_related("exam").get(pk=form.pk)
        if form.state == FormState.PUBLISHED:
            return form
        if form.state != FormState.ASSEMBLED:
            raise FormSettled(state=FormState(form.state).label)
        found = reach_of(form)
        cut = float(cut_of(form, form.exam.pass_percent))
        if not found.can_pass:
            raise MarkOutOfReach(cut=round(cut, 2), highest=round(float(found.highest), 2))
        if not found.can_fail:
            raise MarkAlwaysReached(cut=round(cut, 2), lowest=round(float(found.lowest), 2))
        form.state = FormState.PUBLISHED
        form.published_at = at
        form.save(update_fields=["state", "published_at"])
        journal.write(PUBLISHED, by=by, at=at, subject=form, data={"exam": form.exam.title, "number": form.number})
    return form


def withdraw(*, form: Form, by: Person | None, at: datetime) -> Form:
    """Offer the form no more; attempts prepared on it stay."""
    with transaction.atomic():
        form = Form.objects.select_for_update().select_related("exam").get(pk=form.pk)
        if form.state != FormState.WITHDRAWN:
            form.state = FormState.WITHDRAWN
            form.save(update_fields=["state"])
            data = {"exam": form.exam.title, "number": form.number}
            journal.write(WITHDRAWN, by=by, at=at, subject=form, data=data)
    return form


def decimal_of(points: Fraction) -> Decimal:
    """Points as they are stored: four digits, thirds rounded."""
    return round(Decimal(points.numerator) / Decimal(points.denominator), 4)


def _said(shortages: Sequence[Shortage], names: Sequence[str]) -> str:
    sentences = []
    for one in shortages:
        where = gettext("anchors") if one.line is None else names[one.line]
        text = gettext("{where}: {found} of {wanted}.")
        sentences.append(text.format(where=where, found=one.found, wanted=one.wanted))
    return " ".join(sentences)


_sentences = lazy(_said, str)  # in the language of whoever reads the refusal


def _lacks(shortages: Sequence[Shortage], plan: Blueprint) -> Any:
    titles = {topic.pk: str(topic) for topic in Topic.objects.filter(pk__in=[one.topic or 0 for one in plan.lines])}
    return _sentences(shortages, [titles.get(line.topic or 0, "…") for line in plan.lines])
