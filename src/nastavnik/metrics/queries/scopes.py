"""What a figure is about, as text people and programs write: `person:A-001`, `team:crisis`, `organisation`."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from nastavnik.metrics.enums import ScopeKind
from nastavnik.metrics.errors import UnknownScope
from nastavnik.people.models import Grade, Line, Organisation, Partner, Person, Team

_MODELS: dict[ScopeKind, type[Model]] = {
    ScopeKind.LINE: Line, ScopeKind.PARTNER: Partner, ScopeKind.TEAM: Team, ScopeKind.GRADE: Grade,
    ScopeKind.PERSON: Person,
}  # fmt: skip


@dataclass(frozen=True)
class Scope:
    """The whole organisation, or one line, partner centre, team, grade or person."""

    kind: ScopeKind
    id: int | None = None


ORGANISATION = Scope(ScopeKind.ORGANISATION)


def _rows(kind: ScopeKind) -> QuerySet[Any]:
    """All units of a kind with their `text_code`, the part after the colon."""
    rows: QuerySet[Any] = _MODELS[kind]._default_manager.all()
    code: Any = (
        Concat(F("ladder__code"), Value("/"), F("code"), output_field=TextField())
        if kind == ScopeKind.GRADE
        else F("code")
    )
    annotated: QuerySet[Any] = rows.annotate(text_code=code)
    return annotated


def parse(text: str) -> Scope:
    """The scope a text names; raises UnknownScope when there is none."""
    kind_text, _colon, code = text.strip().partition(":")
    if kind_text == ScopeKind.ORGANISATION and not code:
        return ORGANISATION
    if kind_text not in ScopeKind.values or kind_text == ScopeKind.ORGANISATION or not code:
        raise UnknownScope(text=text)
    kind = ScopeKind(kind_text)
    found = _rows(kind).filter(text_code=code).values_list("pk", flat=True).first()
    if found is None:
        raise UnknownScope(text=text)
    return Scope(kind, found)


def texts(kind: ScopeKind, ids: Collection[int | None]) -> dict[int | None, str]:
    """The texts of some units of one kind, in one query; the organisation's own under None."""
    if kind == ScopeKind.ORGANISATION:
        return {None: kind.value}
    rows = _rows(kind).filter(pk__in=[one for one in ids if one is not None])
    return {pk: f"{kind.value}:{code}" for pk, code in rows.values_list("pk", "text_code")}


def text_of(scope: Scope) -> str:
    """The text `parse` reads back."""
    return texts(scope.kind, [scope.id]).get(scope.id, f"{scope.kind.value}:")


def titles(kind: ScopeKind, ids: Collection[int | None]) -> dict[int | None, str]:
    """The names people know units by, in the active language, in one query."""
    if kind == ScopeKind.ORGANISATION:
        organisation = Organisation.objects.first()
        return {None: organisation.name if organisation else str(_("organisation"))}
    rows = _MODELS[kind]._default_manager.filter(pk__in=[one for one in ids if one is not None])
    return {row.pk: str(row) for row in rows}


def title_of(scope: Scope) -> str:
    """The unit's name."""
    return titles(scope.kind, [scope.id]).get(scope.id, "")
