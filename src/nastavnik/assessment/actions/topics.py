"""The tree of topics grows, is renamed, moved and pruned. Paths are kept true here and nowhere else."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from nastavnik.assessment.errors import TopicInUse, TopicLoop, TopicTaken, TopicTooDeep
from nastavnik.assessment.logic.texts import line_of
from nastavnik.assessment.models import Topic
from nastavnik.assessment.models.topics import TITLE_LETTERS
from nastavnik.kernel import journal
from nastavnik.people.models import Person

CREATED, CHANGED, REMOVED = "assessment.topic_created", "assessment.topic_changed", "assessment.topic_removed"
DEEPEST = 10
SEPARATOR = "\x1f"


def create(*, title: str, parent: Topic | None, by: Person | None, at: datetime) -> Topic:
    """Add a topic under another one, or at the root. Raises TopicTaken, TopicTooDeep."""
    with transaction.atomic():
        _alone()
        topic = _made(title, parent)
        journal.write(CREATED, by=by, at=at, subject=topic, data={"topic": str(topic)})
    return topic


def ensure(*, path: Sequence[str], by: Person | None, at: datetime) -> Topic | None:
    """The topic of a path, with what is missing on the way; None for the empty path. Raises TopicTooDeep."""
    found: Topic | None = None
    with transaction.atomic():
        _alone()
        for title in path[:DEEPEST]:
            known = Topic.objects.filter(parent=found, title=line_of(title)[:TITLE_LETTERS]).first()
            found = known or create(title=title, parent=found, by=by, at=at)
    return found


def _made(title: str, parent: Topic | None) -> Topic:
    plain = line_of(title)[:TITLE_LETTERS]
    if Topic.objects.filter(parent=parent, title=plain).exists():
        raise TopicTaken(title=plain)
    path = f"{parent.path}{SEPARATOR}{plain}" if parent else plain
    if path.count(SEPARATOR) >= DEEPEST:
        raise TopicTooDeep(limit=DEEPEST)
    return Topic.objects.create(title=plain, parent=parent, path=path)


def _alone() -> None:
    """One writer of the tree at a time: paths of whole branches change together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('assessment.topics'))")


def change(*, topic: Topic, title: str, parent: Topic | None, by: Person | None, at: datetime) -> Topic:
    """Rename or move a topic with everything under it. Raises TopicTaken, TopicLoop, TopicTooDeep."""
    with transaction.atomic():
        _alone()
        topic.refresh_from_db()
        before, plain = str(topic), line_of(title)[:TITLE_LETTERS]
        if parent and (parent.pk == topic.pk or parent.path.startswith(f"{topic.path}{SEPARATOR}")):
            raise TopicLoop
        if Topic.objects.filter(parent=parent, title=plain).exclude(pk=topic.pk).exists():
            raise TopicTaken(title=plain)
        old, new = topic.path, f"{parent.path}{SEPARATOR}{plain}" if parent else plain
        if old == new:
            return topic
        branch = [topic, *Topic.objects.filter(path__startswith=f"{old}{SEPARATOR}")]
        for one in branch:
            one.path = new + one.path[len(old) :]
        if max(one.depth for one in branch) >= DEEPEST:
            raise TopicTooDeep(limit=DEEPEST)
        topic.title, topic.parent = plain, parent
        Topic.objects.bulk_update(branch, ["title", "parent", "path"])
        journal.write(CHANGED, by=by, at=at, subject=topic, data={"from": before, "topic": str(topic)})
    return topic


def remove(*, topic: Topic, by: Person | None, at: datetime) -> None:
    """Take an empty topic away. Raises TopicInUse."""
    with transaction.atomic():
        _alone()
        if topic.children.exists() or topic.items.exists():
            raise TopicInUse(title=topic.title)
        journal.write(REMOVED, by=by, at=at, subject=topic, data={"topic": str(topic)})
        topic.delete()
