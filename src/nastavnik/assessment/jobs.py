"""Background work of the assessment app."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.urls import reverse

from nastavnik.assessment.actions import analysis, attempts, rescoring, result_facts, schedules
from nastavnik.assessment.enums import Treatment
from nastavnik.assessment.models import Equating, Form, ItemVersion
from nastavnik.kernel import clock, progress
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.jobs import job, periodic
from nastavnik.people.models import Person


@periodic(name="assessment.end_due_attempts", cron="* * * * *")
def end_due_attempts() -> None:
    """Submit attempts whose time is up, with the last answers that were saved; mark those never begun as missed."""
    attempts.end_due(at=clock.now())


@periodic(name="assessment.offer_monthly_tests", cron="5 * * * *")
def offer_monthly_tests() -> None:
    """Assemble and offer monthly tests that open within a day; add newcomers to those already offered."""
    schedules.monthly(at=clock.now())


@periodic(name="assessment.send_results", cron="*/10 * * * *")
def send_results() -> None:
    """Send results of exams that came or changed to the metrics."""
    result_facts.send(at=clock.now())


@job(name="assessment.analyse_form")
def analyse_form(form_id: int, task_id: int, by_id: int | None) -> None:
    """Calibrate a form, look over its items and attempts, equate it to the base form."""
    form = Form.objects.select_related("exam").get(pk=form_id)
    by = Person.objects.filter(pk=by_id).first()
    with _told(task_id, reverse("assessment:form-analysis", args=[form.public_id])):
        analysis.analyse(form=form, by=by, at=clock.now(), tell=partial(_tell, task_id))


@job(name="assessment.rescore_item", retries=0)
def rescore_item(
    *, version_id: int, treatment: str, spares: bool, reason: str, task_id: int, by_id: int | None
) -> None:
    """Score an item anew for everybody who met it."""
    version = ItemVersion.objects.select_related("item").get(pk=version_id)
    by = Person.objects.filter(pk=by_id).first()
    with _told(task_id, reverse("assessment:item-analysis", args=[version.item.public_id])):
        rescoring.rescore(
            version=version, treatment=Treatment(treatment), spares=spares, reason=reason, by=by, at=clock.now(),
        )  # fmt: skip


@job(name="assessment.apply_cut", retries=0)
def apply_cut(*, equating_id: int, spares: bool, reason: str, task_id: int, by_id: int | None) -> None:
    """Judge a form by its equated pass mark."""
    equating = Equating.objects.select_related("form__exam").get(pk=equating_id)
    by = Person.objects.filter(pk=by_id).first()
    with _told(task_id, reverse("assessment:form-analysis", args=[equating.form.public_id])):
        rescoring.apply_cut(equating=equating, by=by, at=clock.now(), reason=reason, spares=spares)


def _tell(task_id: int, done: int, total: int) -> None:
    progress.advance(task_id, done=done, total=total)


@contextmanager
def _told(task_id: int, url: str) -> Iterator[None]:
    """The long task runs, and ends with its result or its refusal. A fault of ours is told as one and raised."""
    progress.advance(task_id, done=0)
    try:
        yield
    except DomainError as error:
        progress.fail(task_id, error)
    except Exception as error:
        progress.fail(task_id, error)
        raise
    else:
        progress.finish(task_id, result_url=url)
