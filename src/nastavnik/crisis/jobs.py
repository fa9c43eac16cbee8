"""Background work of the crisis desk."""

from nastavnik.crisis import compliance_jobs, money_jobs  # noqa: F401 - they declare jobs of their own
