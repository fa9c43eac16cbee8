"""Items through their life: written, revised, promoted, retired; what the database refuses to everybody."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from nastavnik.assessment.actions import imports, items, topics
from nastavnik.assessment.enums import FileFormat, ItemState
from nastavnik.assessment.errors import (
    AnchorStays,
    ChangedMeanwhile,
    HasFaults,
    NoSuchStep,
    NothingToLoad,
    OtherKind,
    SameItem,
    TopicInUse,
    TopicLoop,
    TopicTaken,
    TopicTooDeep,
)
from nastavnik.assessment.files import read
from nastavnik.assessment.models import Item, ItemImport, ItemVersion, Topic
from nastavnik.assessment.permissions import may_edit_items
from nastavnik.kernel.journal import sentence
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.enums import Role
from tests.factories.assessment import AT, a_trainer, an_essay, an_item, an_organisation, options, single
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    rows = JournalEntry.objects.filter(kind__startswith="assessment.").order_by("pk")
    assert all(sentence(row) != row.kind for row in rows)
    return [row.kind.partition(".")[2] for row in rows]


def numbers(item: Item) -> list[tuple[int, bool]]:
    return [(version.number, version.published_at is not None) for version in item.versions.order_by("number")]


def test_a_draft_is_rewritten_and_a_published_version_gets_a_successor() -> None:
    item = an_item()
    items.revise(item=item, body=single("Иначе?"), by=None, at=AT)
    assert numbers(item) == [(1, False)]
    items.promote(item=item, to=ItemState.LIVE, by=None, at=AT)
    items.revise(item=item, body=single("Совсем иначе?"), by=None, at=AT, note="по новой статье")
    item.refresh_from_db()
    assert numbers(item) == [(1, True), (2, False)]
    assert (item.state, item.label) == (ItemState.PILOT, "Совсем иначе?")
    assert kinds() == ["item_created", "item_revised", "item_moved", "item_revised"]


def test_a_corrected_wording_stays_live_and_is_published_at_once() -> None:
    item = items.promote(item=an_item(), to=ItemState.LIVE, by=None, at=AT)
    items.revise(item=item, body=single("Без опечатки?"), by=None, at=AT, wording_only=True)
    item.refresh_from_db()
    assert (item.state, numbers(item)) == (ItemState.LIVE, [(1, True), (2, True)])
    with pytest.raises(HasFaults):
        items.revise(item=item, body=single("", choices=options("а")), by=None, at=AT, wording_only=True)


def test_an_anchor_changes_only_when_it_begins_anew() -> None:
    item = items.promote(item=an_item(), to=ItemState.LIVE, by=None, at=AT)
    items.promote(item=item, to=ItemState.ANCHOR, by=None, at=AT)
    with pytest.raises(AnchorStays):
        items.revise(item=item, body=single("Иначе?"), by=None, at=AT, wording_only=True)
    items.revise(item=item, body=single("Иначе?"), by=None, at=AT, begins_anew=True)
    item.refresh_from_db()
    assert item.state == ItemState.PILOT


def test_the_same_again_changes_nothing() -> None:
    item = an_item()
    items.revise(item=item, body=single(), by=None, at=AT)
    said = {"topic": None, "tags": (), "owner": None, "source": "", "review_date": None}
    items.describe_anew(item=item, by=None, at=AT, **said)  # type: ignore[arg-type]  # a dict of mixed values
    assert kinds() == ["item_created"]
    items.describe_anew(item=item, by=None, at=AT, **{**said, "tags": ["срок", "срок "]})  # type: ignore[arg-type]  # as above
    assert [tag.name for tag in item.tags.all()] == ["срок"]
    assert kinds() == ["item_created", "item_described"]


def test_an_item_keeps_its_kind_and_what_the_author_saw() -> None:
    item = an_item()
    with pytest.raises(OtherKind):
        items.revise(item=item, body=an_essay(), by=None, at=AT)
    with pytest.raises(ChangedMeanwhile):
        items.revise(item=item, body=single("Иначе?"), by=None, at=AT, seen="another")


def test_the_bank_holds_an_item_once_unless_the_other_is_retired() -> None:
    item = an_item()
    with pytest.raises(SameItem):
        an_item()
    other = an_item(single("Другой?"))
    with pytest.raises(SameItem):
        items.revise(item=other, body=single(), by=None, at=AT)
    items.retire(item=item, by=None, at=AT, reason="устарел")
    an_item()
    with pytest.raises(SameItem):
        items.bring_back(item=item, by=None, at=AT)


@pytest.mark.parametrize(
    ("start", "to"), [("pilot", "anchor"), ("pilot", "pilot"), ("retired", "live"), ("live", "pilot")]
)
def test_steps_that_are_none_are_refused(start: str, to: str) -> None:
    item = an_item()
    if start != "pilot":
        items.promote(item=item, to=ItemState.LIVE, by=None, at=AT)
    if start == "retired":
        items.retire(item=item, by=None, at=AT)
    with pytest.raises(NoSuchStep):
        items.promote(item=item, to=ItemState(to), by=None, at=AT)


def test_nothing_with_a_fault_goes_live() -> None:
    item = an_item(single(choices=options("одно")))
    with override("en"), pytest.raises(HasFaults, match="At least two options"):
        items.promote(item=item, to=ItemState.LIVE, by=None, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(state=ItemState.LIVE)


def test_a_published_version_is_changed_by_nobody() -> None:
    item = items.promote(item=an_item(), to=ItemState.LIVE, by=None, at=AT)
    for change in (
        lambda: ItemVersion.objects.filter(item=item).update(note="x"),
        lambda: ItemVersion.objects.filter(item=item).delete(),
        lambda: connection.cursor().execute("UPDATE assessment_itemversion SET body = '{}'"),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()


def test_only_those_who_answer_for_training_see_the_bank() -> None:
    an_organisation()
    an_item()
    roles = [Role.TRAINER, Role.ACADEMY_HEAD, Role.CENTRE_HEAD, Role.ADMINISTRATOR, Role.AGENT, Role.MENTOR]
    people = [a_person(role=role) for role in roles]
    assert [may_edit_items(person) for person in people] == [True, True, True, True, False, False]
    assert [Item.objects.visible_to(person).count() for person in people] == [1, 1, 1, 1, 0, 0]


# Imports --------------------------------------------------------------------------------------------------------------

FILE = "$CATEGORY: Возвраты/Сроки\n\n// [id:7] [tag:б] [tag:а]\nСрок? {=3 ~30}\n\nВерно? {T}\n\nПлохой {=а".encode()


def test_the_same_file_twice_changes_nothing() -> None:
    reading = read(FILE, "x.gift", FileFormat.GIFT)
    first = imports.load(reading=reading, file_name="x.gift", by=None, at=AT)
    again = imports.load(reading=reading, file_name="x.gift", by=None, at=AT)
    assert [(done.count("new"), done.count("known")) for done in (first, again)] == [(2, 0), (0, 2)]
    assert [str(item.topic) for item in Item.objects.all()] == ["Возвраты / Сроки"] * 2
    assert [problem.line for problem in reading.problems] == [8]
    assert kinds().count("items_imported") == 1


def test_a_known_id_becomes_a_new_version_only_when_asked() -> None:
    imports.load(reading=read(FILE, "x.gift", FileFormat.GIFT), file_name="x", by=None, at=AT)
    changed = read(FILE.replace(b"~30", b"~90"), "x.gift", FileFormat.GIFT)
    assert [one.fate for one in imports.plan(changed)] == ["new", "known"]
    imports.load(reading=changed, file_name="y", by=None, at=AT, replaces=True)
    assert Item.objects.count() == 2
    assert Item.objects.get(external_id="7").versions.count() == 1


def test_topics_of_a_file_grow_under_the_chosen_one() -> None:
    root = topics.create(title="Архив", parent=None, by=None, at=AT)
    run = imports.receive(data=FILE, file_name="x.gift", by=None, at=AT, topic=root)
    imports.confirm(run=run, by=None, at=AT)
    imports.confirm(run=run, by=None, at=AT)
    assert str(Item.objects.first().topic) == "Архив / Возвраты / Сроки"  # type: ignore[union-attr]  # there is one
    stored = ItemImport.objects.get()
    assert (stored.created, stored.content, imports.look(run).count("known")) == (2, None, 2)


def test_a_file_without_a_good_question_is_not_loaded() -> None:
    run = imports.receive(data=b"Q {=a", file_name="x.gift", by=None, at=AT)
    with pytest.raises(NothingToLoad):
        imports.confirm(run=run, by=None, at=AT)


# Topics ---------------------------------------------------------------------------------------------------------------


def test_a_moved_branch_takes_its_paths_along() -> None:
    trainer = a_trainer()
    below = topics.ensure(path=("А", "Б", "В"), by=trainer, at=AT)
    middle = Topic.objects.get(title="Б")
    other = topics.create(title="Г", parent=None, by=trainer, at=AT)
    topics.change(topic=middle, title="Бэ", parent=other, by=trainer, at=AT)
    assert below is not None
    below.refresh_from_db()
    assert below.parts == ("Г", "Бэ", "В")
    topics.change(topic=middle, title="Бэ", parent=other, by=trainer, at=AT)
    assert kinds() == ["topic_created"] * 4 + ["topic_changed"]


def test_the_tree_refuses_loops_twins_and_depth() -> None:
    deep = topics.ensure(path=[str(number) for number in range(10)], by=None, at=AT)
    root = Topic.objects.get(title="0")
    with pytest.raises(TopicLoop):
        topics.change(topic=root, title="0", parent=deep, by=None, at=AT)
    with pytest.raises(TopicTooDeep):
        topics.create(title="ещё", parent=deep, by=None, at=AT)
    with pytest.raises(TopicTaken):
        topics.create(title="0", parent=None, by=None, at=AT)
    with pytest.raises(TopicInUse):
        topics.remove(topic=root, by=None, at=AT)
    other = topics.create(title="x", parent=None, by=None, at=AT)
    with pytest.raises(TopicTaken):
        topics.change(topic=other, title="0", parent=None, by=None, at=AT)
    with pytest.raises(TopicTooDeep):
        topics.change(topic=root, title="0", parent=other, by=None, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.create(title="x", parent=None, path="x")
