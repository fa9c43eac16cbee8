"""Sentences of the journal about targets."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nastavnik.kernel.journal import presents
from nastavnik.kernel.logic import formatting
from nastavnik.kernel.models import JournalEntry
from nastavnik.metrics.catalogue.metrics import METRICS
from nastavnik.metrics.errors import UnknownScope
from nastavnik.metrics.logic.amounts import shown
from nastavnik.metrics.queries import scopes


def _words(entry: JournalEntry) -> dict[str, str]:
    data = entry.data
    try:
        scope = scopes.title_of(scopes.parse(data["scope"]))
    except UnknownScope:  # the unit was renamed since: its text of that day is still the best name
        scope = data["scope"]
    metric = METRICS.get(data["metric"])
    return {
        "metric": str(metric.title) if metric else data["metric"],
        "scope": scope,
        "amount": shown(data["target"]),
        "day": formatting.day(date.fromisoformat(data["since"]), get_language() or "ru"),
    }


@presents("metrics.target_set")
def target_set(entry: JournalEntry) -> str:
    return _("set the target of {metric} for {scope} to {amount} from {day}").format(**_words(entry))


@presents("metrics.target_closed")
def target_closed(entry: JournalEntry) -> str:
    return _("closed the target of {metric} for {scope} ({amount}) from {day}").format(**_words(entry))
