"""Enrolling people: a list or a file is checked line by line, then enrolled; what was wrong comes back as a file."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from nastavnik.kernel import clock, exports
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.files import open_table
from nastavnik.kernel.permissions import require
from nastavnik.learning.actions import enrolments
from nastavnik.learning.actions.enrolments import Enrolled
from nastavnik.learning.enums import Source
from nastavnik.learning.errors import NobodyToEnrol
from nastavnik.learning.models import Intake, Programme
from nastavnik.learning.permissions import may_enrol
from nastavnik.learning.queries.people_lists import MOST_LINES, Named, people_named
from nastavnik.learning.web.programme_common import UNPROCESSABLE, crumbs, me, programme_of, refuse
from nastavnik.learning.web.programme_forms import DAY
from nastavnik.people.reach import today

SHOWN = 200
FILE_MB = 5


class EnrolForm(forms.Form):
    """Who, from when, why. A file's first column is read into the list."""

    people = forms.CharField(
        label=_("People"), required=False, widget=forms.Textarea(attrs={"rows": 8}), max_length=600_000,
        help_text=_("A line each: code, login, e-mail, or family and given name."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("or a file"),
        required=False,
        help_text=_("CSV or XLSX with headings; its first column names the people."),
    )
    begins = forms.DateField(label=_("First day"), **DAY)
    intake = forms.ModelChoiceField(Intake.objects.none(), label=_("Intake"), required=False)
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        intake: Any = self.fields["intake"]
        intake.queryset = programme.intakes.all()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file = given.get("file")
        if file is not None and file.size > FILE_MB * 1024 * 1024:
            self.add_error("file", _("The file is larger than 5 MB."))
        elif not file and not given.get("people", "").strip():
            self.add_error("people", _("Name the people, or bring a file."))
        return given


def lines_of_file(file: Any) -> list[str]:
    """The first column of a table. Raises what opening a table raises."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people"
        path.write_bytes(file.read())
        with open_table(path, name=file.name) as table:
            return [str(cells[0] or "") for _number, cells in table.rows() if cells][:MOST_LINES]


@dataclass(frozen=True)
class Checked:
    """A line with what would come of it."""

    named: Named
    outcome: str
    is_good: bool


def _checked(named: list[Named], result: Enrolled) -> list[Checked]:
    cycles = {one.person_id: one.cycle for one in result.enrolments}
    found = []
    for one in named:
        person = one.person.pk if one.person else 0
        if one.fault:
            found.append(Checked(one, one.fault, False))
        elif person in cycles:
            said = gettext("cycle {n}").format(n=cycles[person]) if cycles[person] > 1 else gettext("will be enrolled")
            found.append(Checked(one, said, True))
        elif person in result.already:
            found.append(Checked(one, gettext("is learning it already"), False))
        else:
            found.append(Checked(one, gettext("does not work here on the first day"), False))
    return found


def enrol(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Check first, enrol then: both read the same list by the same rules."""
    programme, viewer = programme_of(request, public_id), me(request)
    require(may_enrol, viewer)
    initial = {"begins": today(), "intake": programme.intakes.filter(public_id=request.GET.get("intake", "")).first()}
    form = EnrolForm(request.POST or None, request.FILES or None, programme=programme, initial=initial)
    context: dict[str, Any] = {"form": form, "programme": programme, "crumbs": crumbs(programme), "most": MOST_LINES}
    if request.method == "POST" and form.is_valid():
        try:
            answer = _answer(request, programme, form, context)
        except DomainError as error:
            refuse(form, error)
        else:
            if answer is not None:
                return answer
    return render(request, "learning/enrol.html", context, status=UNPROCESSABLE if form.errors else 200)


def _answer(
    request: HttpRequest, programme: Programme, form: EnrolForm, context: dict[str, Any]
) -> HttpResponseBase | None:
    given = form.cleaned_data
    lines = lines_of_file(given["file"]) if given["file"] else given["people"].splitlines()
    named = people_named(lines, me(request))
    common: dict[str, Any] = {
        "people": [one.person.pk for one in named if one.person and not one.fault], "programme": programme,
        "by": me(request), "at": clock.now(), "begins": given["begins"], "intake": given["intake"],
        "reason": given["reason"], "source": Source.HAND,
    }  # fmt: skip
    if request.POST.get("do") == "enrol":
        result = enrolments.enrol_all(**common)
        if not result.enrolments:
            raise NobodyToEnrol
        count = len(result.enrolments)
        messages.success(request, ngettext("{n} person enrolled.", "{n} people enrolled.", count).format(n=count))
        return redirect("learning:cohort-board", programme.public_id)
    checked = _checked(named, enrolments.enrol_all(**common, dry_run=True))
    if request.POST.get("do") == "errors":
        rows = [[one.named.text, one.outcome] for one in checked if not one.is_good]
        return exports.response("csv", "not-enrolled", [gettext("Person"), gettext("What is wrong")], rows)
    good = sum(1 for one in checked if one.is_good)
    bad_first = sorted(checked, key=lambda one: (one.is_good, one.named.number))
    context |= {
        "checked": bad_first[:SHOWN], "more": len(checked) - SHOWN, "good": good, "bad": len(checked) - good,
        "people": "\n".join(one.text for one in named), "given": given,
    }  # fmt: skip
    return None
