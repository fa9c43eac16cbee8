"""What the pages of the bank show, and what an export takes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from nastavnik.assessment.enums import ItemState
from nastavnik.assessment.logic.formats.drafts import Draft
from nastavnik.assessment.models import Item, ItemVersion, Topic
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.models import Person


def bank(person: Person) -> QuerySet[Item]:
    """Items as the list shows them."""
    rows = Item.objects.visible_to(person).select_related("topic", "owner")
    return rows.prefetch_related("tags")


def drafts(rows: Iterable[Item]) -> list[Draft]:
    """Items with their latest versions, for a file; three queries however many they are."""
    found = list(rows)
    ids = [item.pk for item in found]
    latest = {item.pk: item.latest_number for item in found}
    versions = {
        version.item_id: version
        for version in ItemVersion.objects.filter(item_id__in=ids)
        if version.number == latest[version.item_id]
    }
    tags: dict[int, list[str]] = {}
    through = Item.tags.through.objects.filter(item_id__in=ids).order_by("pk")
    for item_id, name in through.values_list("item_id", "tag__name"):
        tags.setdefault(item_id, []).append(name)
    return [
        Draft(
            versions[item.pk].content,
            item.topic.parts if item.topic else (),
            tuple(tags.get(item.pk, ())),
            item.external_id,
            item.source,
        )
        for item in found
    ]


@dataclass
class Branch:
    """A topic of the tree with its figures; `total` counts everything below it too."""

    topic: Topic
    own: int
    live: int
    total: int = 0
    children: list["Branch"] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.own and not self.children


def tree() -> list[Branch]:
    """Topics from the root, in one query; retired items do not count."""
    in_use = ~Q(items__state=ItemState.RETIRED)
    live = Q(items__state__in=[ItemState.LIVE, ItemState.ANCHOR])
    rows = Topic.objects.annotate(own=Count("items", filter=in_use), live=Count("items", filter=live))
    branches: dict[int, Branch] = {}
    roots: list[Branch] = []
    for row in rows.order_by("path"):
        counted: Any = row
        branches[row.pk] = branch = Branch(row, counted.own, counted.live)
        (branches[row.parent_id].children if row.parent_id else roots).append(branch)
    for branch in roots:
        _add_up(branch)
    return roots


def _add_up(branch: Branch) -> int:
    branch.total = branch.own + sum(_add_up(child) for child in branch.children)
    return branch.total


def flat(branches: Iterable[Branch]) -> Iterable[Branch]:
    """The tree line by line."""
    for branch in branches:
        yield branch
        yield from flat(branch.children)


def history(item: Item) -> QuerySet[JournalEntry]:
    """What happened to an item, the newest first."""
    return JournalEntry.objects.filter(subject_kind="assessment.item", subject_id=item.pk)
