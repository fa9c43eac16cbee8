"""Which lexicon is in force at a moment, and that it says what the shipped one says."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from nastavnik.procedures import queries
from nastavnik.procedures.detection import Label, shipped
from nastavnik.procedures.models import LexiconExample, LexiconRule, LexiconVersion
from tests.factories.procedures import AT, a_settled_desk

pytestmark = pytest.mark.django_db


def test_before_any_publication_the_shipped_rules_stand_in() -> None:
    assert queries.lexicon_at("ru", AT) is shipped()


def test_the_settled_lexicon_has_the_shipped_rules_and_examples() -> None:
    a_settled_desk()
    stored = queries.lexicon_at("ru", AT)
    assert stored.version == "ru 1 + en 1"
    assert sorted(stored.rules, key=lambda rule: rule.id) == sorted(shipped().rules, key=lambda rule: rule.id)
    assert stored.detect("не трaтьте моё время, окончательно").label is Label.TRIGGER
    assert queries.lexicon_at("ru", AT - timedelta(seconds=1)) is shipped()


def test_rules_of_the_language_asked_for_come_first() -> None:
    a_settled_desk()
    assert queries.lexicon_at("en", AT).rules[0].lang == "en"


def change(rule: LexiconRule, what: str) -> None:
    if what == "version":
        LexiconVersion.objects.update(note="другое")
    elif what == "rule":
        LexiconRule.objects.filter(pk=rule.pk).update(pattern="а")
    elif what == "example":
        LexiconExample.objects.filter(rule=rule).update(text="а")
    elif what == "new rule":
        LexiconRule.objects.create(version=rule.version, position=99, code="x", role="trigger", pattern="а")
    else:
        LexiconExample.objects.filter(rule=rule).delete()


@pytest.mark.parametrize("what", ["version", "rule", "example", "new rule", "gone examples"])
def test_the_database_refuses_to_change_what_is_published(what: str) -> None:
    a_settled_desk()
    rule = LexiconRule.objects.filter(version__lang="ru").first()
    assert rule is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        change(rule, what)
