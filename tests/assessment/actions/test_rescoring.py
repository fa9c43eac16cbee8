"""A wrong key: who is counted before, what is written after, and that the old results stay."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from nastavnik.assessment.actions import appeals, items, rescoring
from nastavnik.assessment.actions.appeals import AppealedAlready, AppealNeedsWords, DecidedAlready, NotToAppeal
from nastavnik.assessment.actions.rescoring import NobodyMetIt, NoCorrectedVersion, ReasonMissing
from nastavnik.assessment.enums import AppealState, ItemState, Outcome, Treatment
from nastavnik.assessment.logic.rescoring import Change
from nastavnik.assessment.models import Appeal, Attempt, Equating, Form, Item, ItemResult, Rescoring, Result
from nastavnik.kernel.journal import sentence
from nastavnik.kernel.models import JournalEntry, OutboxEvent
from tests.factories.assessment import AT, a_trainer
from tests.factories.people import a_person
from tests.factories.results import a_form, an_exam, four, live_items, people, sat, version_of

pytestmark = pytest.mark.django_db
# Four takers of four items, pass mark 75%: the key of the first item is wrong, the truth is the second option.
ANSWERS = [[1, 0, 0, 1], [0, 0, 0, 1], [1, 1, 1, 1], [0, 0, 0, 0]]


class Sat:
    """The form, sat by four."""

    def __init__(self) -> None:
        self.items = live_items(4)
        self.form = a_form(an_exam(pass_percent=75), self.items)
        self.attempts = sat(self.form, people(4), ANSWERS)
        self.version = version_of(self.items[0])

    def correct(self) -> None:
        items.revise(item=self.items[0], body=four("Исправленный вопрос?", right=1), by=None, at=AT)

    def rescore(self, treatment: Treatment, *, spares: bool = True) -> Rescoring:
        return rescoring.rescore(
            version=self.version, treatment=treatment, reason="неверный ключ", by=None, at=AT, spares=spares
        )

    def totals(self) -> list[tuple[int, int, str]]:
        rows = Result.objects.in_force().filter(attempt__in=self.attempts).order_by("attempt_id")
        return [(int(row.points), int(row.max_points), row.outcome) for row in rows]


P, F = Outcome.PASSED, Outcome.FAILED


@pytest.mark.parametrize(
    ("treatment", "spares", "expected"),
    [
        (Treatment.LEAVE_OUT, True, [(2, 3, F), (3, 4, P), (0, 3, F), (3, 3, P)]),
        (Treatment.LEAVE_OUT, False, [(2, 3, F), (2, 3, F), (0, 3, F), (3, 3, P)]),
        (Treatment.FULL_POINTS, True, [(3, 4, P), (3, 4, P), (1, 4, F), (4, 4, P)]),
        (Treatment.NEW_KEY, True, [(3, 4, P), (3, 4, P), (1, 4, F), (4, 4, P)]),
        (Treatment.NEW_KEY, False, [(3, 4, P), (2, 4, F), (1, 4, F), (3, 4, P)]),
    ],
)
def test_each_treatment_gives_everybody_a_new_result_or_leaves_the_old_one(
    treatment: Treatment, spares: bool, expected: list[tuple[int, int, str]]
) -> None:
    given = Sat()
    given.correct()
    assert given.totals() == [(2, 4, F), (3, 4, P), (0, 4, F), (4, 4, P)]
    given.rescore(treatment, spares=spares)
    assert given.totals() == expected


def test_the_preview_counts_what_the_rescoring_then_does() -> None:
    given = Sat()
    given.correct()
    found = rescoring.planned(version=given.version, treatment=Treatment.NEW_KEY, spares=False)
    assert {change: n for change, n in found.counts.items() if n} == {
        Change.GAINED: 1, Change.LOST: 1, Change.POINTS: 2,
    }  # fmt: skip
    assert Result.objects.exclude(replaces=None).count() == 0
    kept = given.rescore(Treatment.NEW_KEY, spares=False)
    assert (kept.attempts, kept.changed, kept.gained, kept.lost) == (4, 4, 1, 1)


def test_the_old_results_stay_and_the_new_ones_name_them() -> None:
    given = Sat()
    given.rescore(Treatment.FULL_POINTS)
    old = Result.objects.get(attempt=given.attempts[0], replaces=None)
    new = Result.objects.get(replaces=old)
    assert (old.points, new.points, new.reason) == (2, 3, "неверный ключ")
    assert list(ItemResult.objects.filter(result=old).values_list("points", flat=True)) == [0, 1, 1, 0]
    assert list(ItemResult.objects.filter(result=new).values_list("points", flat=True)) == [1, 1, 1, 0]
    again = given.rescore(Treatment.LEAVE_OUT)
    assert again.changed == 1  # all of 4 became all of 3; who would have lost by it is spared


def test_everybody_whose_result_changed_is_told_once() -> None:
    given = Sat()
    given.rescore(Treatment.FULL_POINTS)
    told = OutboxEvent.objects.filter(kind="assessment.AttemptRescored").order_by("pk")
    assert [(row.payload["attempt_id"], row.payload["passed"]) for row in told] == [
        (given.attempts[0].pk, True), (given.attempts[2].pk, False),
    ]  # fmt: skip


def test_a_wrong_item_is_stopped_unless_a_corrected_version_stands_in() -> None:
    given, other = Sat(), Sat()
    given.rescore(Treatment.LEAVE_OUT)
    other.correct()
    other.rescore(Treatment.NEW_KEY)
    states = [Item.objects.get(pk=one.items[0].pk).state for one in (given, other)]
    assert states == [ItemState.RETIRED, ItemState.PILOT]
    entry = JournalEntry.objects.filter(kind=rescoring.RESCORED).earliest("pk")
    assert sentence(entry).startswith("Задание пересчитано (исключить задание)")


def test_a_rescoring_needs_a_reason_takers_and_for_a_new_key_a_corrected_version() -> None:
    given = Sat()
    with pytest.raises(ReasonMissing):
        rescoring.rescore(version=given.version, treatment=Treatment.LEAVE_OUT, reason=" ", by=None, at=AT)
    with pytest.raises(NoCorrectedVersion):
        given.rescore(Treatment.NEW_KEY)
    [unmet] = live_items(1)
    with pytest.raises(NobodyMetIt):
        rescoring.rescore(version=version_of(unmet), treatment=Treatment.LEAVE_OUT, reason="ключ", by=None, at=AT)
    assert given.totals() == [(2, 4, F), (3, 4, P), (0, 4, F), (4, 4, P)]


def test_a_rescoring_stays() -> None:
    given = Sat()
    given.rescore(Treatment.LEAVE_OUT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Rescoring.objects.update(changed=0)


def an_equating(form: Form, raw_cut: int) -> Equating:
    return Equating.objects.create(
        exam=form.exam, form=form, base=form, is_equated=True, share=0.75, exact=raw_cut, raw_cut=raw_cut,
        band_low=raw_cut, band_high=raw_cut, raw_mean=0.5, equated_mean=0.5, made_at=AT,
    )  # fmt: skip


def test_the_equated_pass_mark_judges_those_who_sat_it_and_those_to_come() -> None:
    given = Sat()
    equating = an_equating(given.form, 2)
    assert rescoring.planned_cut(equating=equating).counts[Change.GAINED] == 1
    changed = rescoring.apply_cut(equating=equating, by=None, at=AT, reason="вариант труднее")
    given.form.refresh_from_db()
    assert given.form.cut_points == Decimal(2)
    assert [outcome for *_points, outcome in given.totals()] == [P, P, F, P]
    assert changed == Result.objects.exclude(replaces=None).count()
    assert sentence(JournalEntry.objects.get(kind=rescoring.CUT_APPLIED)) != rescoring.CUT_APPLIED


def test_a_harder_mark_takes_no_pass_away_unless_that_is_wanted() -> None:
    given = Sat()
    equating = an_equating(given.form, 4)
    assert rescoring.planned_cut(equating=equating).counts[Change.SPARED] == 1
    assert rescoring.planned_cut(equating=equating, spares=False).counts[Change.LOST] == 1


def appealed(given: Sat, attempt: Attempt, reason: str = "Верен второй вариант") -> Appeal:
    at = attempt.sitting.closes_at + timedelta(hours=1)
    return appeals.appeal(attempt=attempt, position=1, reason=reason, by=attempt.person, at=at)


def test_a_taker_appeals_an_item_once_and_reads_the_decision() -> None:
    given, trainer = Sat(), a_trainer()
    made = appealed(given, given.attempts[0])
    assert (made.item, made.version, made.state) == (given.items[0], given.version, AppealState.OPEN)
    with pytest.raises(AppealedAlready):
        appealed(given, given.attempts[0])
    decided = appeals.decide(appeal=made, upheld=True, decision="Ключ исправлен", by=trainer, at=AT)
    assert (decided.state, decided.decided_by, decided.decision) == (AppealState.UPHELD, trainer, "Ключ исправлен")
    with pytest.raises(DecidedAlready):
        appeals.decide(appeal=made, upheld=False, decision="Нет", by=trainer, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Appeal.objects.update(decision="")
    kinds = list(JournalEntry.objects.filter(kind__in=[appeals.APPEALED, appeals.DECIDED]).order_by("pk"))
    assert [sentence(entry).split(":")[0] for entry in kinds] == ["Апелляция на задание", "Апелляция удовлетворена"]


def test_what_cannot_be_appealed_is_refused() -> None:
    given = Sat()
    attempt = given.attempts[0]
    late = attempt.sitting.closes_at + timedelta(hours=1)
    for change in ({"by": a_person()}, {"position": 9}, {"at": attempt.sitting.closes_at - timedelta(minutes=1)}):
        said = {"attempt": attempt, "position": 1, "reason": "Так", "by": attempt.person, "at": late} | change
        with pytest.raises(NotToAppeal):
            appeals.appeal(**said)
    with pytest.raises(AppealNeedsWords):
        appealed(given, attempt, " ")


def test_nobody_decides_on_his_own_appeal() -> None:
    given = Sat()
    made = appealed(given, given.attempts[0])
    with pytest.raises(NotToAppeal):
        appeals.decide(appeal=made, upheld=True, decision="Да", by=given.attempts[0].person, at=AT)
    with pytest.raises(AppealNeedsWords):
        appeals.decide(appeal=made, upheld=True, decision="", by=a_trainer(), at=AT)
