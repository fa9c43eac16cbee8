"""Forms of an import: the file, and how its headings and values become our columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.metrics.catalogue.streams import STREAMS, Column, Kind, Stream
from nastavnik.metrics.enums import Channel
from nastavnik.metrics.logic.mapping import ColumnMapping, MappingSpec
from nastavnik.people.models import Line

UNIT_CHOICES = [
    ("ms", _("milliseconds")),
    ("s", _("seconds")),
    ("min", _("minutes")),
    ("h:m:s", _("hours:minutes:seconds")),
    ("m:s", _("minutes:seconds")),
]
FORMAT_CHOICES = [
    ("", _("found by itself")),
    ("%d/%m/%Y %H:%M:%S", "31/12/2026 23:59:59"),
    ("%d/%m/%Y %H:%M", "31/12/2026 23:59"),
    ("%m/%d/%Y %H:%M:%S", "12/31/2026 23:59:59"),
    ("%m/%d/%Y %H:%M", "12/31/2026 23:59"),
    ("%m/%d/%Y %I:%M:%S %p", "12/31/2026 11:59:59 PM"),
    ("%d-%m-%Y %H:%M:%S", "31-12-2026 23:59:59"),
]
JOINED = (Kind.MOMENT, Kind.ID)
MAPPED_VALUES = (Kind.FLAG, Kind.CHANNEL, Kind.LINE)


class UploadForm(forms.Form):
    """Which records, and the file."""

    stream = forms.ChoiceField(label=_("What the file holds"))
    file = forms.FileField(label=_("File"), help_text=_("CSV, XLSX or Parquet."), max_length=255, allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stream"].choices = [(name, stream.title) for name, stream in STREAMS.items()]  # type: ignore[attr-defined]  # a ChoiceField


class MappingForm(forms.Form):
    """One row of fields per column of the stream; built for the file at hand."""

    save_as = forms.SlugField(
        label=_("Save the mapping as"),
        required=False,
        max_length=80,
        help_text=_("Latin letters, digits and hyphens, for instance calls-monthly."),
    )
    create_people = forms.BooleanField(
        label=_("Enter people the file names and nobody here knows"), required=False,
        help_text=_("They become agents from the day of their first record, with this name as an alias."),
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        stream: Stream,
        headings: Sequence[str],
        spec: MappingSpec,
        values: Mapping[str, Sequence[str]],
        create_people: bool = False,
    ) -> None:
        super().__init__(data, initial={"create_people": create_people})
        self.stream, self.spec, self.foreign_values = stream, spec, values
        spelled = {heading.lower(): heading for heading in headings}
        choices = [("", "—"), *((heading, heading) for heading in headings)]
        for column in stream:
            said = spec.columns.get(column.name, ColumnMapping())
            sources = [spelled.get(source.lower(), "") for source in said.sources]
            self._add_sources(column, sources, choices)
            self._add_reading(column, said)

    def _add_sources(self, column: Column, sources: list[str], choices: list[tuple[str, str]]) -> None:
        places = 2 if column.kind in JOINED else 1
        for place in range(places):
            self.fields[f"{column.name}-from-{place}"] = forms.ChoiceField(
                label=column.title if place == 0 else _("joined with"),
                choices=choices,
                required=False,
                initial=sources[place] if place < len(sources) else "",
            )

    def _add_reading(self, column: Column, said: ColumnMapping) -> None:
        name = column.name
        if column.kind is Kind.MS:
            self.fields[f"{name}-unit"] = forms.ChoiceField(label=_("in"), choices=UNIT_CHOICES, initial=said.unit)
        if column.kind is Kind.MOMENT:
            self.fields[f"{name}-format"] = forms.ChoiceField(
                label=_("written as"), choices=FORMAT_CHOICES, required=False, initial="".join(said.formats[:1])
            )
        if own := own_values(column):
            self.fields[f"{name}-constant"] = forms.ChoiceField(
                label=_("the same for all rows"),
                choices=[("", "—"), *own],
                required=False,
                initial=said.constant or "",
            )
            lowered = {foreign.lower(): value for foreign, value in said.values.items()}
            for place, foreign in enumerate(self.foreign_values.get(name, ())):
                self.fields[f"{name}-value-{place}"] = forms.ChoiceField(
                    label=foreign,
                    choices=[("", _("as it is")), *own],
                    required=False,
                    initial=lowered.get(foreign.lower(), ""),
                )

    def rows(self) -> list[dict[str, Any]]:
        """Columns with their fields, for the template."""
        found = []
        for column in self.stream:
            prefix = f"{column.name}-"
            values = [self[name] for name in self.fields if name.startswith(f"{prefix}value-")]
            fields = [self[name] for name in self.fields if name.startswith(prefix) and "-value-" not in name]
            found.append({"column": column, "fields": fields, "values": values})
        return found

    def to_spec(self) -> MappingSpec:
        """The mapping the cleaned form says."""
        columns = {column.name: self._column(column) for column in self.stream}
        chosen = {name: column for name, column in columns.items() if column.sources or column.constant is not None}
        return MappingSpec(self.stream.name, chosen, self.spec.encoding, self.spec.delimiter, self.spec.sheet)

    def _column(self, column: Column) -> ColumnMapping:
        given, name = self.cleaned_data, column.name
        old = self.spec.columns.get(name, ColumnMapping())
        sources = tuple(given[key] for key in (f"{name}-from-0", f"{name}-from-1") if given.get(key))
        values = {
            foreign: given[f"{name}-value-{place}"]
            for place, foreign in enumerate(self.foreign_values.get(name, ()))
            if given.get(f"{name}-value-{place}")
        }
        form = given.get(f"{name}-format", "")
        return ColumnMapping(
            sources=sources,
            join=old.join,
            constant=None if sources else given.get(f"{name}-constant") or None,
            default=old.default,
            values=values if column.kind in MAPPED_VALUES or column.choices else old.values,
            unit=given.get(f"{name}-unit") or "ms",
            formats=(form,) if form else (),
        )


def own_values(column: Column) -> list[tuple[str, Any]]:
    """What a foreign value may mean, for columns with a closed list."""
    if column.kind is Kind.FLAG:
        return [("yes", _("yes")), ("no", _("no"))]
    if column.kind is Kind.CHANNEL:
        return [(channel.name.lower(), channel.label) for channel in Channel if channel]
    if column.kind is Kind.LINE:
        return [(line.code, str(line)) for line in Line.objects.order_by("code")]
    return [(choice, choice) for choice in column.choices]
