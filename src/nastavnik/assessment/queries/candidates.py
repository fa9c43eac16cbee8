"""The bank as the assembly of forms sees it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count

from nastavnik.assessment.enums import ItemKind, ItemState
from nastavnik.assessment.logic.assembly import Candidate
from nastavnik.assessment.logic.blueprint import Sort
from nastavnik.assessment.models import Attempt, Exposure, FormItem, Item, Topic


def candidates(*, month: date, takers: Iterable[int] = ()) -> list[Candidate]:
    """Live items and anchors, with how often each was used and seen; six queries however large the bank."""
    above = _topics_with_those_above()
    used = dict(FormItem.objects.values_list("item").annotate(n=Count("form")).order_by())
    shown = dict(Exposure.objects.filter(month_date=month).values_list("item", "takers"))
    everybody = _takers_of(month)
    seen = seen_by(takers)
    return [
        Candidate(
            item=pk,
            sort=Sort.CASE if kind == ItemKind.CASE else Sort.CLASSIC,
            topics=above.get(topic, frozenset()),
            is_anchor=state == ItemState.ANCHOR,
            used=used.get(pk, 0),
            seen_by=seen.get(pk, 0),
            share=shown.get(pk, 0) / everybody if everybody else 0.0,
        )
        for pk, kind, topic, state in Item.objects.filter(state__in=[ItemState.LIVE, ItemState.ANCHOR])
        .order_by("pk")
        .values_list("pk", "kind", "topic", "state")
    ]


def _takers_of(month: date) -> int:
    """Attempts prepared for windows of the month."""
    following = (month.replace(day=28) + (date.resolution * 4)).replace(day=1)
    rows = Attempt.objects.filter(prepared_at__date__gte=month, prepared_at__date__lt=following)
    return rows.aggregate(n=Count("pk"))["n"] or 0


def _topics_with_those_above() -> dict[int | None, frozenset[int]]:
    parents = dict(Topic.objects.values_list("pk", "parent"))
    found: dict[int | None, frozenset[int]] = {}
    for pk in parents:
        chain: set[int] = set()
        at: int | None = pk
        while at is not None:
            chain.add(at)
            at = parents[at]
        found[pk] = frozenset(chain)
    return found


def seen_by(takers: Iterable[int]) -> Counter[int]:
    """How many of these people had each item in an earlier attempt."""
    counted: Counter[int] = Counter()
    forms = Counter(dict(_forms_had(takers)))
    for form, item in FormItem.objects.filter(form_id__in=forms).values_list("form", "item"):
        counted[item] += forms[form]
    return counted


def _forms_had(takers: Iterable[int]) -> Iterable[tuple[int, int]]:
    rows = Attempt.objects.filter(person_id__in=list(takers)).order_by()
    return rows.values_list("form").annotate(n=Count("person", distinct=True))


def seen_forms(takers: Iterable[int]) -> dict[int, set[int]]:
    """Items each of these people has had, person by person."""
    had: dict[int, set[int]] = defaultdict(set)
    for person, form in Attempt.objects.filter(person_id__in=list(takers)).values_list("person", "form"):
        had[person].add(form)
    wanted = {form for forms in had.values() for form in forms}
    items: dict[int, set[int]] = defaultdict(set)
    for form, item in FormItem.objects.filter(form_id__in=wanted).values_list("form", "item"):
        items[form].add(item)
    return {person: set().union(*(items[form] for form in forms)) for person, forms in had.items()}
