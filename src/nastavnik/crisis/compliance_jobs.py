"""The nightly audit."""

from nastavnik.crisis.actions import compliance
from nastavnik.kernel import clock
from nastavnik.kernel.jobs import periodic


@periodic(name="crisis.audit_cases", cron="37 0 * * *")
def audit_cases() -> None:
    """Fold every case whose log has grown under the policy of its day, and write what is found."""
    compliance.audit_all(at=clock.now())
