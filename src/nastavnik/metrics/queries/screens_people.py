"""People beside each other by one metric: tiers, the funnel, the raw order; what an agent may see of it is limited."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nastavnik.kernel.logic import charts
from nastavnik.metrics.catalogue.metrics import Metric
from nastavnik.metrics.enums import ScopeKind, Tier
from nastavnik.metrics.permissions import may_see_board, may_see_people_behind_figures
from nastavnik.metrics.queries import ranking, scopes
from nastavnik.metrics.queries import screens_figures as figures
from nastavnik.metrics.queries.ranking import Ranked, Ranking
from nastavnik.metrics.queries.scopes import Scope
from nastavnik.metrics.queries.screens_frame import Frame
from nastavnik.people.models import Organisation, Person, TeamMembership

MOST_CLEAR = 30
MOST_WITHIN = 12
MOST_DOTS = 300
TIERS = (Tier.ABOVE, Tier.WITHIN, Tier.BELOW, Tier.TOO_FEW)


@dataclass(frozen=True)
class PersonRow:
    """One person: the value as it is, and what is left of it once chance is allowed for."""

    unit_id: int
    name: str
    url: str
    value: str
    n: int
    place: int | None
    estimate: str
    tier: str
    is_me: bool = False


@dataclass(frozen=True)
class TierGroup:
    """One tier, alphabetical; `hidden` counts who did not fit."""

    code: str
    title: str
    icon: str
    count: int
    rows: list[PersonRow]
    hidden: int


@dataclass(frozen=True)
class PeopleScreen:
    """The comparison as page and as part of the metric page."""

    title: str
    lead: str
    answer: str
    limit_note: str
    tiers: list[TierGroup]
    funnel: charts.Chart | None
    funnel_url: str
    funnel_note: str
    raw: list[PersonRow]
    total: int


def compared_within(frame: Frame) -> tuple[Scope, str]:
    """Among whom: the frame's scope; for one person the partner centre or the line
    of the team (same work, enough people), else the team."""
    if frame.scope.kind != ScopeKind.PERSON:
        return frame.scope, frame.scope_title
    memberships = TeamMembership.objects.filter(person_id=frame.scope.id or 0).on(frame.today)
    found = memberships.select_related("team__line", "team__partner").first()
    if found is None and not may_see_board(frame.viewer):
        return frame.scope, frame.scope_title
    if found is None:
        return scopes.ORGANISATION, scopes.title_of(scopes.ORGANISATION)
    if found.team.partner is not None:
        return Scope(ScopeKind.PARTNER, found.team.partner.pk), str(found.team.partner)
    if found.team.line is not None:
        return Scope(ScopeKind.LINE, found.team.line.pk), str(found.team.line)
    return Scope(ScopeKind.TEAM, found.team.pk), str(found.team)


def ranking_for(frame: Frame, code: str) -> tuple[Ranking, str]:
    """The ranking as this viewer may see it, and among whom."""
    within, title = compared_within(frame)
    found = ranking.rank(code, by=ScopeKind.PERSON, within=within, first=frame.first, end=frame.end, reach=frame.reach)
    return (found if may_see_board(frame.viewer) else ranking.for_agents(found, frame.viewer.pk, rank_limit())), title


def rank_limit() -> int:
    """The lowest raw place agents see."""
    organisation = Organisation.objects.first()
    return organisation.rank_limit if organisation else 0


def people_screen(frame: Frame, metric: Metric, *, offset: int = 0, limit: int = 50) -> PeopleScreen:
    """Tiers, funnel and `limit` rows of the raw order from `offset` on. Only what is shown is put into words."""
    found, among = ranking_for(frame, metric.code)
    limited = not may_see_board(frame.viewer)
    members = {tier: [one for one in found.rows if one.tier == tier] for tier in TIERS}
    raw = raw_order(found)[offset : offset + limit]
    in_tiers = [one for tier in TIERS for one in members[tier][: _most(tier)]] if found.is_ranked else []
    by_id = {row.unit_id: row for row in _rows(frame, metric, [*raw, *in_tiers])}
    is_large = len(found.rows) > MOST_DOTS
    return PeopleScreen(
        title=_("{metric}: people").format(metric=metric.title),
        lead=f"{among} · {frame.days_words}",
        answer=_answer(found, limited=limited),
        limit_note=_limit_note() if limited else "",
        tiers=_tiers(members, by_id) if found.is_ranked else [],
        funnel=None if is_large else funnel_of(frame, metric, found),
        funnel_url=frame.url("metric-funnel", metric.code) if is_large and found.funnel else "",
        funnel_note=funnel_note(found),
        raw=[by_id[one.unit_id] for one in raw],
        total=len(found.rows),
    )


def raw_order(found: Ranking) -> list[Ranked]:
    """By raw place, alphabetical among equals; those without a place last."""
    return sorted(found.rows, key=lambda row: (row.raw_place is None, row.raw_place or 0))


def export_rows(frame: Frame, metric: Metric) -> Iterator[list[Any]]:
    """The raw order with estimates, values as numbers."""
    found, _among = ranking_for(frame, metric.code)
    for row in raw_order(found):
        yield [row.raw_place, row.name, row.value, row.n, row.estimate, tier_words(row)]


def _rows(frame: Frame, metric: Metric, ranked: Sequence[Ranked]) -> list[PersonRow]:
    urls = _urls(frame, [row.unit_id for row in ranked])
    return [
        PersonRow(
            unit_id=row.unit_id, name=row.name, url=urls.get(row.unit_id, ""), value=figures.amount(metric, row.value),
            n=row.n, place=row.raw_place, estimate="" if row.estimate is None else figures.amount(metric, row.estimate),
            tier=tier_words(row), is_me=row.unit_id == frame.viewer.pk,
        )
        for row in ranked
    ]  # fmt: skip


def _urls(frame: Frame, ids: Sequence[int]) -> dict[int, str]:
    """Pages of the people the viewer may open."""
    if not may_see_people_behind_figures(frame.viewer):
        ids = [one for one in ids if one == frame.viewer.pk]
    known = Person.objects.filter(pk__in=ids).values_list("pk", "public_id")
    url = frame.url("person-figures", "ID", scope=None)
    return {pk: url.replace("/ID/", f"/{public_id}/", 1) for pk, public_id in known}


def tier_words(row: Ranked) -> str:
    """The tier as a phrase; nothing where nobody is ranked."""
    return str(Tier(row.tier).label) if row.tier else ""


def _answer(found: Ranking, *, limited: bool) -> str:
    if not found.is_ranked or found.no_difference:
        return str(found.note) or _("Nobody has records in these days.")
    above = sum(row.tier == Tier.ABOVE for row in found.rows)
    below = sum(row.tier == Tier.BELOW for row in found.rows)
    if limited:
        return ngettext(
            "{n} person is above the average by more than chance.",
            "{n} people are above the average by more than chance.",
            above,
        ).format(n=above)
    text = _("{above} clearly above, {below} clearly below; the other {rest} differ by no more than chance would give.")
    return text.format(above=above, below=below, rest=len(found.rows) - above - below)


def _limit_note() -> str:
    return _("You see the first {n} and yourself; people may choose not to be shown.").format(n=rank_limit())


def _most(tier: Tier) -> int:
    return MOST_CLEAR if tier in (Tier.ABOVE, Tier.BELOW) else MOST_WITHIN


def _tiers(members: dict[Tier, list[Ranked]], rows: dict[int, PersonRow]) -> list[TierGroup]:
    groups = []
    for tier, ranked in members.items():
        if ranked or tier != Tier.TOO_FEW:
            shown = [rows[one.unit_id] for one in ranked[: _most(tier)]]
            title, icon = _capital(str(tier.label)), figures.TIER_ICONS[tier]
            groups.append(TierGroup(tier.value, title, icon, len(ranked), shown, len(ranked) - len(shown)))
    return groups


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def funnel_of(frame: Frame, metric: Metric, found: Ranking) -> charts.Chart | None:
    """Everybody at (n, value) between the limits of chance. In a large centre only the flagged are named and listed."""
    view = found.funnel
    if view is None or len(view.points) < 2 or not view.curve:
        return None
    is_large = len(view.points) > MOST_DOTS
    named = [point.unit_id for point in view.points if point.flag or not is_large]
    urls, names = _urls(frame, named), {row.unit_id: row.name for row in found.rows}
    dots = [
        charts.FunnelDot(
            label=names[point.unit_id], n=point.n, value=point.value, flagged=bool(point.flag),
            url=urls.get(point.unit_id, ""),
        )
        for point in view.points
    ]  # fmt: skip
    chart = charts.funnel(
        title=str(metric.title), fmt=figures.chart_format(metric), dots=dots, centre=view.average,
        limits=figures.limits_of(metric),
        curves=[
            charts.FunnelCurve("99.8", [(float(n), low, high) for n, low, _a, _b, high in view.curve]),
            charts.FunnelCurve("95", [(float(n), low, high) for n, _a, low, high, _b in view.curve]),
        ],
    )  # fmt: skip
    listed = [row for row in chart.rows if row.flagged] or list(chart.rows[:MOST_WITHIN])
    return replace(chart, rows=listed) if is_large else chart


def funnel_screen(frame: Frame, metric: Metric) -> tuple[charts.Chart | None, str]:
    """The funnel by itself, for a centre so large that the page must not wait for it."""
    found, _among = ranking_for(frame, metric.code)
    return funnel_of(frame, metric, found), funnel_note(found)


def funnel_note(found: Ranking) -> str:
    if found.funnel is None:
        return ""
    note = _("Inside the inner line is what chance gives 95 times in 100, inside the outer one 99.8.")
    if found.funnel.is_widened:
        note += " " + _("The lines are widened: people differ more than chance alone explains.")
    return note


@dataclass(frozen=True)
class FirstPlaceRow:
    name: str
    url: str
    in_all: int
    in_a_row: int


def first_places(frame: Frame, metric: Metric, most: int = 10) -> list[FirstPlaceRow]:
    """Who came first in how many of the last twelve whole months; who opted out is left out for agents."""
    within, _title = compared_within(frame)
    found = ranking.months_in_first_place(
        metric.code, by=ScopeKind.PERSON, within=within, end=frame.end, reach=frame.reach
    )
    people: Iterable[Person] = Person.objects.filter(pk__in=found).order_by("sort_key")
    if not may_see_board(frame.viewer):
        people = [one for one in people if not one.hides_rank or one.pk == frame.viewer.pk]
    urls = _urls(frame, list(found))
    rows = [
        FirstPlaceRow(str(one), urls.get(one.pk, ""), found[one.pk].in_all, found[one.pk].in_a_row) for one in people
    ]
    return sorted(rows, key=lambda row: -row.in_all)[:most]
