"""The journal: who did what to whom, when and why."""

from typing import Any

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat, Trim
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel import journal
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.models import JournalEntry
from nastavnik.kernel.permissions import require
from nastavnik.people.models import Person
from nastavnik.people.permissions import may_read_journal
from nastavnik.people.web.common import me

ROOMS = [("people", _("People")), ("metrics", _("Metrics")), ("kernel", _("The house itself"))]


def _search(rows: Any, text: str) -> Any:
    """Entries by or about people of that name, or with that reason."""
    people = Person.objects.matching(text).values("pk")
    return rows.filter(Q(person_id__in=people) | Q(actor_id__in=people) | Q(reason__icontains=text))


def _with_names(rows: Any) -> Any:
    """Entries with `whom` and `whom_id`: the name and the address of the person concerned."""
    person = Person.objects.filter(pk=OuterRef("person_id"))
    named = person.annotate(full=Trim(Concat("family_name", Value(" "), "given_name")))
    return rows.annotate(whom=Subquery(named.values("full")[:1]), whom_id=Subquery(person.values("public_id")[:1]))


JOURNAL = Listing(
    name="journal",
    columns=[
        Column(
            "at",
            _("When"),
            value=lambda entry: timezone.localtime(entry.at).isoformat(" ", "seconds"),
            sort=("at", "pk"),
        ),
        Column("actor", _("Who"), value=lambda entry: entry.actor_name or "Nastavnik", sort="actor_name"),
        Column("what", _("What"), value=journal.sentence),
        Column("whom", _("Whom"), value=lambda entry: entry.whom),
        Column("why", _("Why"), value=lambda entry: entry.reason),
    ],
    filters=[
        ChoiceFilter("room", _("Room"), lambda: ROOMS, lambda rows, value: rows.filter(kind__startswith=f"{value}.")),
    ],
    search=_search,
    default_sort="-at",
)


def journal_list(request: HttpRequest) -> HttpResponseBase:
    """The newest entries first; search by name or reason; export."""
    require(may_read_journal, me(request))
    rows = _with_names(JournalEntry.objects.all())
    if download := JOURNAL.export(rows, request.GET):
        return download
    page = JOURNAL.page(rows, request.GET)
    for entry in page.rows:
        entry.sentence = journal.sentence(entry)
    return render(request, "people/journal_list.html", {"list": page})
