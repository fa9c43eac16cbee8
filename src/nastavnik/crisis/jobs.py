"""Background work of the crisis desk."""

from nastavnik.crisis import money_jobs  # noqa: F401 - it declares jobs of its own
