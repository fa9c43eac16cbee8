"""What a page of figures is about: whose, which days, by which periods; and the choices of scope a person has."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from nastavnik.kernel.logic import formatting
from nastavnik.metrics.enums import Period, ScopeKind
from nastavnik.metrics.logic import presets
from nastavnik.metrics.logic.periods import ONE_DAY
from nastavnik.metrics.permissions import figures_reach, may_see_board
from nastavnik.metrics.queries import scopes
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.metrics.queries.screens_figures import lang
from nastavnik.people.models import Grade, Line, Partner, Person, Team
from nastavnik.people.permissions import Reach

Group = tuple[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Frame:
    """The filter of every page of figures; `end` is exclusive, URLs carry the last day."""

    viewer: Person
    scope: Scope
    scope_text: str
    scope_title: str
    per: Period
    first: date
    end: date
    today: date
    reach: Reach | None

    @property
    def last(self) -> date:
        return self.end - ONE_DAY

    @property
    def days_words(self) -> str:
        """3–9 окт. 2023"""
        return formatting.day_range(self.first, self.last, lang())

    def query(self, **changes: str | None) -> str:
        """The frame as a query string, some keys changed; None leaves a key out."""
        keys: dict[str, str | None] = {
            "scope": self.scope_text,
            "per": self.per.value,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
        }
        keys.update(changes)
        return "?" + urlencode({key: value for key, value in keys.items() if value is not None})

    def url(self, name: str, *args: str, **changes: str | None) -> str:
        """A page under the same frame."""
        return reverse(f"metrics:{name}", args=args) + self.query(**changes)

    def during(self, first: date, end: date) -> "Frame":
        """The same frame over other days."""
        return replace(self, first=first, end=end)

    def of(self, scope: Scope, text: str, title: str) -> "Frame":
        """The same days of somebody else."""
        return frame_for(self.viewer, scope, (text, title), When(self.today, self.first, self.end, self.per))


def recent_days(today: date) -> tuple[date, date]:
    """The last thirty days, which first screens show."""
    return presets.rolling(today)


@dataclass(frozen=True)
class When:
    """The days of a frame [first, end), by which periods, and what day it is."""

    today: date
    first: date
    end: date
    per: Period = Period.MONTH


def frame_for_person(viewer: Person, person: Person, when: When) -> Frame:
    """One person's figures over some days."""
    return frame_for(viewer, Scope(ScopeKind.PERSON, person.pk), (f"person:{person.code}", str(person)), when)


def frame_for_all(viewer: Person, when: When) -> Frame:
    """Everything within the viewer's reach."""
    return frame_for(viewer, scopes.ORGANISATION, (ScopeKind.ORGANISATION.value, root_title(viewer)), when)


def frame_for(viewer: Person, scope: Scope, names: tuple[str, str], when: When) -> Frame:
    """A frame of any scope; `names` are its text and title. Own figures are seen whole whatever the reach."""
    own = scope.kind == ScopeKind.PERSON and scope.id == viewer.pk
    reach = None if own else figures_reach(viewer)
    return Frame(viewer, scope, *names, when.per, when.first, when.end, when.today, reach)


def root_title(viewer: Person) -> str:
    """The organisation's name, or plainly that it is only what the viewer may see of it."""
    return scopes.title_of(scopes.ORGANISATION) if figures_reach(viewer) is None else _("My people")


def scope_choices(viewer: Person) -> list[Group]:
    """Scopes the viewer may choose, grouped; an agent has only oneself."""
    own = (f"person:{viewer.code}", str(viewer))
    if not may_see_board(viewer):
        return [(_("Me"), [own])]
    groups = [
        (_("All"), [(ScopeKind.ORGANISATION.value, root_title(viewer))]),
        (_("Lines"), _options("line", Line.objects.filter(is_active=True).order_by("name"))),
        (_("Teams"), _options("team", _teams(viewer))),
        (_("Partner centres"), _options("partner", _partners(viewer))),
        (_("Grades"), [(f"grade:{g.ladder.code}/{g.code}", f"{g} · {g.ladder}") for g in _grades()]),
    ]
    return [group for group in groups if group[1]]


def _options(kind: str, rows: Iterable[Line | Team | Partner]) -> list[tuple[str, str]]:
    return [(f"{kind}:{row.code}", str(row)) for row in rows]


def _teams(viewer: Person) -> Iterable[Team]:
    reach = figures_reach(viewer)
    teams = Team.objects.filter(is_active=True).order_by("name")
    return teams if reach is None else teams.filter(Q(pk__in=reach.team_ids) | Q(partner_id__in=reach.partner_ids))


def _partners(viewer: Person) -> Iterable[Partner]:
    reach = figures_reach(viewer)
    partners = Partner.objects.filter(is_active=True).order_by("name")
    return partners if reach is None else partners.filter(pk__in=reach.partner_ids)


def _grades() -> Iterable[Grade]:
    return Grade.objects.select_related("ladder").order_by("ladder__name", "rank")
