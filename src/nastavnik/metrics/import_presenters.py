"""Sentences of the journal about loading."""

from django.utils.translation import gettext, ngettext

from nastavnik.kernel.journal import presents
from nastavnik.kernel.models import JournalEntry
from nastavnik.metrics.catalogue.streams import STREAMS


@presents("metrics.facts_loaded")
def facts_loaded(entry: JournalEntry) -> str:
    data = entry.data
    stream = STREAMS[data["stream"]].title if data.get("stream") in STREAMS else data.get("stream")
    return ngettext(
        "loaded %(count)s record into «%(stream)s» from %(file)s",
        "loaded %(count)s records into «%(stream)s» from %(file)s",
        data.get("accepted", 0),
    ) % {"count": data.get("accepted", 0), "stream": stream, "file": data.get("file", "")}


@presents("metrics.mapping_saved")
def mapping_saved(entry: JournalEntry) -> str:
    return gettext("saved the mapping «%(name)s»") % {"name": entry.data.get("name", "")}
