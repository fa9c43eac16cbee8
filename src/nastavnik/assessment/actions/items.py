"""Items are written, revised, promoted and retired.

A version that nobody was examined by yet is a draft and is rewritten; a published one never changes, it gets a
successor. What was proven is proven for its version only: a new version of a live item begins as a pilot again, unless
merely its wording was corrected.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext

from nastavnik.assessment.actions._stored import describe, refuse_twin, set_tags, tag_names, version_of
from nastavnik.assessment.enums import ItemState
from nastavnik.assessment.errors import AnchorStays, ChangedMeanwhile, HasFaults, NoSuchStep, OtherKind
from nastavnik.assessment.logic.codec import content_hash
from nastavnik.assessment.logic.items import Body
from nastavnik.assessment.logic.validation import Fault, faults
from nastavnik.assessment.models import Item, ItemVersion, Topic
from nastavnik.kernel import journal
from nastavnik.people.models import Person

CREATED, REVISED, DESCRIBED = "assessment.item_created", "assessment.item_revised", "assessment.item_described"
MOVED = "assessment.item_moved"
STEPS: dict[ItemState, tuple[ItemState, ...]] = {
    ItemState.PILOT: (ItemState.LIVE, ItemState.RETIRED),
    ItemState.LIVE: (ItemState.ANCHOR, ItemState.RETIRED),
    ItemState.ANCHOR: (ItemState.LIVE, ItemState.RETIRED),
    ItemState.RETIRED: (ItemState.PILOT,),
}


def create(
    *,
    body: Body,
    by: Person | None,
    at: datetime,
    topic: Topic | None = None,
    tags: Sequence[str] = (),
    owner: Person | None = None,
    source: str = "",
    review_date: date | None = None,
    external_id: str = "",
) -> Item:
    """Put an item into the bank, as a pilot. Faults stop it from going live, not from coming in. Raises SameItem."""
    with transaction.atomic():
        item = Item(
            topic=topic, owner=owner or by, source=source, review_date=review_date, external_id=external_id,
            created_at=at, changed_at=at, latest_number=1,
        )  # fmt: skip
        describe(item, body)
        refuse_twin(item.content_hash)
        item.save(force_insert=True)
        version_of(item, body, by=by, at=at).save(force_insert=True)
        set_tags(item, tags)
        journal.write(CREATED, by=by, at=at, subject=item, data={"label": item.label, "kind": item.kind})
    return item


def latest(item: Item) -> ItemVersion:
    """The newest version."""
    return ItemVersion.objects.get(item_id=item.pk, number=item.latest_number)


def revise(
    *,
    item: Item,
    body: Body,
    by: Person | None,
    at: datetime,
    note: str = "",
    wording_only: bool = False,
    begins_anew: bool = False,
    seen: str | None = None,
) -> ItemVersion:
    """Change what the item asks. `seen` is the hash of the version the author began from.

    A live item becomes a pilot again, unless `wording_only`; an anchor changes only when it `begins_anew`. The same
    again changes nothing. Raises ChangedMeanwhile, OtherKind, AnchorStays, HasFaults, SameItem.
    """
    with transaction.atomic():
        item = Item.objects.select_for_update().get(pk=item.pk)
        current = latest(item)
        if seen is not None and seen != current.content_hash:
            raise ChangedMeanwhile
        if body.kind != item.kind:
            raise OtherKind
        digest = content_hash(body)
        if digest == current.content_hash:
            return current
        if item.state == ItemState.ANCHOR and not begins_anew:
            raise AnchorStays(label=item.label)
        refuse_twin(digest, but=item)
        before = item.state
        stays_live = before == ItemState.LIVE and wording_only
        if stays_live:
            refuse_faults(item, body)
        if before in (ItemState.LIVE, ItemState.ANCHOR) and not stays_live:
            item.state = ItemState.PILOT
        version = _next_version(item, current, body, by=by, at=at, note=note)
        if stays_live:
            ItemVersion.objects.filter(pk=version.pk).update(published_at=at)
        item.changed_at = at
        item.save()
        data = {"label": item.label, "version": version.number, "from": before, "to": item.state}
        journal.write(REVISED, by=by, at=at, subject=item, reason=note, data=data)
    return version


def _next_version(
    item: Item, current: ItemVersion, body: Body, *, by: Person | None, at: datetime, note: str
) -> ItemVersion:
    """Rewrite the draft, or follow the published version."""
    describe(item, body)
    if current.published_at is None:
        item.latest_number = current.number
        version = version_of(item, body, by=by, at=at, note=note)
        version.pk = current.pk
        version.save(force_update=True)
    else:
        item.latest_number = current.number + 1
        version = version_of(item, body, by=by, at=at, note=note)
        version.save(force_insert=True)
    return version


def _said(found: Sequence[Fault]) -> str:
    return " ".join(gettext(fault.message).format(**dict(fault.params)) for fault in found)


_sentences = lazy(_said, str)  # in the language of whoever reads the refusal


def refuse_faults(item: Item, body: Body) -> None:
    """Nothing with a fault goes live. Raises HasFaults."""
    found = faults(body)
    if found:
        raise HasFaults(label=item.label, faults=_sentences(found))


def describe_anew(
    *,
    item: Item,
    by: Person | None,
    at: datetime,
    topic: Topic | None,
    tags: Sequence[str],
    owner: Person | None,
    source: str,
    review_date: date | None,
) -> None:
    """Change what is said about the item: topic, tags, owner, source article, review date. Its text stays."""
    with transaction.atomic():
        item = Item.objects.select_for_update().get(pk=item.pk)
        said: dict[str, Any] = {"topic": topic, "owner": owner, "source": source, "review_date": review_date}
        changed = [name for name, value in said.items() if getattr(item, name) != value]
        before = tag_names(item)
        set_tags(item, tags)
        if before != tag_names(item):
            changed.append("tags")
        if not changed:
            return
        for name, value in said.items():
            setattr(item, name, value)
        item.changed_at = at
        item.save()
        journal.write(DESCRIBED, by=by, at=at, subject=item, data={"label": item.label, "changed": changed})


def promote(*, item: Item, to: ItemState, by: Person | None, at: datetime, reason: str = "") -> Item:
    """Move the item one step: pilot to live, live to anchor, anchor back to live. Its version is published with it.

    Raises NoSuchStep, HasFaults.
    """
    if to not in (ItemState.LIVE, ItemState.ANCHOR):
        raise NoSuchStep(state=ItemState(item.state).label, wanted=to.label)
    return _move(item=item, to=to, by=by, at=at, reason=reason)


def retire(*, item: Item, by: Person | None, at: datetime, reason: str = "") -> Item:
    """Take the item out of use. It stays in the bank, and every attempt keeps its version. Raises NoSuchStep."""
    return _move(item=item, to=ItemState.RETIRED, by=by, at=at, reason=reason)


def bring_back(*, item: Item, by: Person | None, at: datetime, reason: str = "") -> Item:
    """Put a retired item back to use, as a pilot. Raises NoSuchStep, SameItem."""
    return _move(item=item, to=ItemState.PILOT, by=by, at=at, reason=reason)


def _move(*, item: Item, to: ItemState, by: Person | None, at: datetime, reason: str) -> Item:
    with transaction.atomic():
        item = Item.objects.select_for_update().get(pk=item.pk)
        before = ItemState(item.state)
        if to not in STEPS[before]:
            raise NoSuchStep(state=before.label, wanted=to.label)
        version = latest(item)
        if to in (ItemState.LIVE, ItemState.ANCHOR):
            refuse_faults(item, version.content)
            ItemVersion.objects.filter(pk=version.pk, published_at=None).update(published_at=at)
        if to == ItemState.PILOT:
            refuse_twin(item.content_hash, but=item)
        item.state = to
        item.changed_at = at
        item.save()
        data = {"label": item.label, "from": before, "to": to}
        journal.write(MOVED, by=by, at=at, subject=item, reason=reason, data=data)
    return item
