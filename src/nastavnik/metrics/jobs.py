"""Background work of the metrics app: loading files, clearing away what nobody needs."""

from django.urls import reverse

from nastavnik.kernel import clock
from nastavnik.kernel.jobs import job, periodic
from nastavnik.metrics.actions import fact_files, imports
from nastavnik.metrics.models import ImportRun


@job(name="metrics.run_import", queue="imports")
def run_import(run_id: int) -> None:
    """Check or load one uploaded file."""
    run = ImportRun.objects.get(pk=run_id)
    imports.execute(run=run, at=clock.now(), result_url=reverse("metrics:import-detail", args=[run.public_id]))


@periodic(name="metrics.sweep_facts", cron="41 * * * *")
def sweep_facts() -> None:
    """Remove fact files that a newer version replaced over an hour ago, and what a crash left behind."""
    fact_files.sweep(at=clock.now())


@periodic(name="metrics.forget_uploads", cron="23 3 * * *")
def forget_uploads() -> None:
    """Remove uploaded files 30 days after they came."""
    imports.forget_sources(clock.now())
