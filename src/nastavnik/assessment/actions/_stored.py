"""What the actions on items share: the copy of the latest version on the item, tags in their order, versions."""

from collections.abc import Sequence
from datetime import datetime

from nastavnik.assessment.enums import ItemState
from nastavnik.assessment.errors import SameItem
from nastavnik.assessment.logic import codec
from nastavnik.assessment.logic.items import Body, texts
from nastavnik.assessment.logic.rich_text import words
from nastavnik.assessment.logic.texts import line_of
from nastavnik.assessment.logic.validation import faults
from nastavnik.assessment.models import Item, ItemVersion, Tag
from nastavnik.assessment.models.items import search_form
from nastavnik.people.models import Person

LABEL_LETTERS = 200
TAG_LETTERS = 80


def describe(item: Item, body: Body) -> None:
    """Copy to the item what lists and searches need of its latest version."""
    item.kind = body.kind
    item.label = shortened(body.title or words(body.stem)) or "…"
    item.search_text = search_form(" ".join(texts(body)))
    item.content_hash = codec.content_hash(body)
    item.fault_count = len(faults(body))


def shortened(text: str) -> str:
    """The text on one line, cut at a label's length."""
    line = line_of(text)
    return line if len(line) <= LABEL_LETTERS else line[: LABEL_LETTERS - 1].rstrip() + "…"


def refuse_twin(content_hash: str, *, but: Item | None = None) -> None:
    """The bank holds an item once. Raises SameItem."""
    twins = Item.objects.filter(content_hash=content_hash).exclude(state=ItemState.RETIRED)
    twin = (twins.exclude(pk=but.pk) if but else twins).first()
    if twin is not None:
        raise SameItem(label=twin.label)


def version_of(item: Item, body: Body, *, by: Person | None, at: datetime, note: str = "") -> ItemVersion:
    """A version that is not yet saved."""
    return ItemVersion(
        item=item,
        number=item.latest_number,
        body=codec.to_json(body),
        content_hash=item.content_hash,
        note=note,
        made_by=by,
        made_at=at,
    )


def set_tags(item: Item, names: Sequence[str]) -> None:
    """Replace the tags; they keep the order given."""
    wanted = list(dict.fromkeys(found for name in names if (found := line_of(name)[:TAG_LETTERS])))
    if wanted == tag_names(item):
        return
    Tag.objects.bulk_create([Tag(name=name) for name in wanted], ignore_conflicts=True)
    known = {tag.name: tag.pk for tag in Tag.objects.filter(name__in=wanted)}
    through = Item.tags.through
    through.objects.filter(item_id=item.pk).delete()
    through.objects.bulk_create([through(item_id=item.pk, tag_id=known[name]) for name in wanted])


def tag_names(item: Item) -> list[str]:
    """The tags in the order they were given."""
    rows = Item.tags.through.objects.filter(item_id=item.pk).order_by("pk")
    return list(rows.values_list("tag__name", flat=True))
