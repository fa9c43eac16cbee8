"""An item that was wrong is stopped and scored anew for everybody who met it; a form gets its equated pass mark."""

from datetime import datetime
from fractions import Fraction

from django.db import transaction

from nastavnik.assessment.actions import items
from nastavnik.assessment.actions.equatings import cut_in_points
from nastavnik.assessment.actions.rejudging import Plan, Tell, line_of, plan, write
from nastavnik.assessment.enums import ItemState, Treatment
from nastavnik.assessment.logic import rescoring as logic
from nastavnik.assessment.logic import scoring
from nastavnik.assessment.logic.rescoring import Change, Line
from nastavnik.assessment.models import Equating, Form, Item, ItemResult, ItemVersion, Rescoring, Result
from nastavnik.kernel import journal
from nastavnik.kernel.errors import InvalidInput
from nastavnik.people.models import Person

RESCORED, CUT_APPLIED = "assessment.item_rescored", "assessment.cut_applied"


class NoCorrectedVersion(InvalidInput):
    """To score by a corrected version, change the item first: “{label}” has no newer version."""


class NobodyMetIt(InvalidInput):
    """Nobody has met this version of the item in a finished attempt, so there is nothing to rescore."""


class ReasonMissing(InvalidInput):
    """Say why: the people whose result changes will read it."""


def results_with(version: ItemVersion) -> list[Result]:
    """Results in force of every attempt that met the version, retests and second attempts too."""
    met = ItemResult.objects.filter(version=version).values("result")
    rows = Result.objects.in_force().filter(pk__in=met)
    return list(rows.select_related("attempt__sitting", "attempt__exam", "attempt__person").order_by("pk"))


def corrected_version(version: ItemVersion) -> ItemVersion | None:
    """The newest later version of the item: what a new key comes from."""
    later = ItemVersion.objects.filter(item_id=version.item_id, number__gt=version.number)
    return later.order_by("-number").first()


def planned(*, version: ItemVersion, treatment: Treatment, spares: bool = True) -> Plan:
    """Whom the rescoring would change and how; nothing is written. Raises NoCorrectedVersion."""
    return plan(results_with(version), _treat(version, treatment), spares=spares)


def rescore(
    *,
    version: ItemVersion,
    treatment: Treatment,
    reason: str,
    by: Person | None,
    at: datetime,
    spares: bool = True,
    tell: Tell | None = None,
) -> Rescoring:
    """Score the item anew for everybody who met this version, as new results that name the old ones.

    The item is retired unless a corrected version stands in. Raises ReasonMissing, NoCorrectedVersion, NobodyMetIt.
    """
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        item = Item.objects.select_for_update().get(pk=version.item_id)
        found = planned(version=version, treatment=treatment, spares=spares)
        if not found.planned:
            raise NobodyMetIt
        changed = write(found, reason=reason, by=by, at=at, tell=tell)
        counts = found.counts
        kept = Rescoring.objects.create(
            version=version, treatment=treatment, spares_passes=spares, reason=reason, attempts=len(found.planned),
            corrected=corrected_version(version) if treatment == Treatment.NEW_KEY else None, changed=changed,
            gained=counts[Change.GAINED], lost=counts[Change.LOST], made_by=by, made_at=at,
        )  # fmt: skip
        data = {"label": item.label, "treatment": treatment, "changed": changed, "gained": kept.gained}
        journal.write(RESCORED, by=by, at=at, subject=item, reason=reason, data=data)
        if treatment != Treatment.NEW_KEY and item.state != ItemState.RETIRED:
            items.retire(item=item, by=by, at=at, reason=reason)
    return kept


class _Treat:
    """One row of a result under the treatment; other items stay as they are."""

    def __init__(self, version: ItemVersion, treatment: Treatment) -> None:
        self.version, self.treatment = version, logic.Treatment(treatment.value)
        corrected = corrected_version(version) if treatment == Treatment.NEW_KEY else None
        if treatment == Treatment.NEW_KEY and corrected is None:
            raise NoCorrectedVersion(label=version.item.label)
        self.body = corrected.content if corrected else None

    def __call__(self, row: ItemResult) -> Line:
        line = line_of(row)
        if row.version_id != self.version.pk:
            return line
        return logic.treated(line, self.treatment, self._worth(row))

    def _worth(self, row: ItemResult) -> Fraction | None:
        """Under the new key, held to the points the item had: the form's total does not change."""
        if self.body is None:
            return None
        try:
            found = scoring.score(self.body, row.answer)
        except scoring.UnfitAnswer:
            return Fraction(0)
        share = found.points / found.maximum if found.maximum else Fraction(0)
        return share * Fraction(row.max_points)


def _treat(version: ItemVersion, treatment: Treatment) -> _Treat:
    return _Treat(version, treatment)


def planned_cut(*, equating: Equating, spares: bool = True) -> Plan:
    """Whom the equated pass mark of a form would change."""
    rows = Result.objects.in_force().filter(attempt__form=equating.form, attempt__after=None)
    found = list(rows.select_related("attempt__sitting", "attempt__exam", "attempt__person").order_by("pk"))
    return plan(found, line_of, spares=spares, cut=Fraction(cut_in_points(equating)))


def apply_cut(
    *, equating: Equating, by: Person | None, at: datetime, reason: str, spares: bool = True, tell: Tell | None = None
) -> int:
    """Judge the form by its equated pass mark from now on, and those who sat it already. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        form = Form.objects.select_for_update(of=("self",)).select_related("exam").get(pk=equating.form_id)
        found = planned_cut(equating=equating, spares=spares)
        changed = write(found, reason=reason, by=by, at=at, tell=tell)
        form.cut_points = cut_in_points(equating)
        form.save(update_fields=["cut_points"])
        data = {"form": str(form), "cut": f"{form.cut_points:f}", "changed": changed}
        journal.write(CUT_APPLIED, by=by, at=at, subject=form, reason=reason, data=data)
    return changed
