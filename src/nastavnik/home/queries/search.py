"""What the search finds: people, teams, metrics and pages, each within the reach of who asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from nastavnik.kernel import navigation
from nastavnik.metrics.queries import screens_figures as figures
from nastavnik.people.models import Person, Team, TeamMembership
from nastavnik.people.permissions import reach_of, today
from nastavnik.people.roles import Right

SHORTEST = 2
LONGEST = 100
MOST = 8


@dataclass(frozen=True)
class Hit:
    """One thing found: its name, a word about it, where it is."""

    title: str
    note: str
    url: str
    icon: str


@dataclass(frozen=True)
class HitGroup:
    """Things of one kind. `more` leads to the whole list when there is more than fits."""

    title: str
    hits: list[Hit]
    more_url: str = ""


def normal(text: str) -> str:
    """Lower case, ё as е, letters and digits in single-spaced words: how names are compared everywhere."""
    kept = "".join(letter if letter.isalnum() or letter == "-" else " " for letter in text.lower().replace("ё", "е"))
    return " ".join(kept.split())


def begins_words(wanted: str, *names: str) -> bool:
    """Whether every word of `wanted` begins a word of one of the names."""
    words = [f" {word}" for word in normal(wanted).split()]
    return bool(words) and any(all(word in f" {normal(name)}" for word in words) for name in names)


def search(person: Person, text: str) -> list[HitGroup]:
    """Groups in a fixed order; groups without a hit are left out."""
    groups = (_people(person, text), _teams(person, text), _metrics(text), _pages(person, text))
    return [group for group in groups if group.hits]


def _people(person: Person, text: str) -> HitGroup:
    found = list(Person.objects.visible_to(person).matching(text).order_by("sort_key")[: MOST + 1])
    shown = found[:MOST]
    teams = dict(TeamMembership.objects.filter(person__in=shown).on(today()).values_list("person_id", "team__name"))
    hits = [
        Hit(str(one), " · ".join(filter(None, (one.code, teams.get(one.pk, "")))), one.get_absolute_url(), "person")
        for one in shown
    ]
    more = f"{reverse('people:person-list')}?{urlencode({'q': text})}" if len(found) > MOST else ""
    return HitGroup(_("People"), hits, more)


def _teams(person: Person, text: str) -> HitGroup:
    reach = reach_of(person, Right.SEE_PEOPLE)
    teams = Team.objects.filter(is_active=True).select_related("line", "partner").order_by("name")
    if not reach.everyone:
        teams = teams.filter(Q(pk__in=reach.team_ids) | Q(partner_id__in=reach.partner_ids))
    found = [team for team in teams if begins_words(text, team.name, team.name_en, team.code)]
    hits = [
        Hit(str(one), " · ".join(str(part) for part in (one.line, one.partner) if part), one.get_absolute_url(), "team")
        for one in found[:MOST]
    ]
    return HitGroup(_("Teams"), hits)


def _in_each_language(title: Any) -> Iterable[str]:
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield str(title)


def _metrics(text: str) -> HitGroup:
    hits = [
        Hit(str(metric.title), str(metric.help), reverse("metrics:metric-detail", args=[code]), "chart")
        for code, metric in figures.all_metrics().items()
        if begins_words(text, code.replace("_", " "), *_in_each_language(metric.title))
    ]
    return HitGroup(_("Metrics"), hits[:MOST])


def _pages(person: Person, text: str) -> HitGroup:
    items = [item for group in navigation.groups(person) for item in group.items]
    hits = [Hit(str(i.title), "", i.url, i.icon) for i in items if begins_words(text, *_in_each_language(i.title))]
    return HitGroup(_("Pages"), hits[:MOST])
