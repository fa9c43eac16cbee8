"""Drafts of the lexicon: proven before they are published, never changed after, gone back to by a copy."""

from datetime import timedelta

import pytest

from nastavnik.procedures import queries
from nastavnik.procedures.actions import lexicons
from nastavnik.procedures.actions.lexicons import RuleText
from nastavnik.procedures.detection import Label, shipped
from nastavnik.procedures.errors import (
    BadPattern,
    ChangedMeanwhile,
    DraftThere,
    InForceAlready,
    NotADraft,
    NotPublishable,
    RuleTaken,
)
from nastavnik.procedures.models import LexiconVersion
from tests.factories.procedures import AT, a_settled_desk

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
SHUT = RuleText(
    "ru_shut", "trigger", 2, r"\bлавочк\w+ закрыта\b", "", ("лавочка закрыта",), ("лавочка у школы открыта",)
)


def in_force(lang: str = "ru") -> LexiconVersion:
    version = queries.published(lang).first()
    assert version is not None
    return version


@pytest.fixture
def draft() -> LexiconVersion:
    a_settled_desk()
    return lexicons.begin_draft(version=in_force(), by=None, at=AT)


def test_a_draft_has_the_rules_of_the_version_it_began_from(draft: LexiconVersion) -> None:
    assert (draft.number, draft.is_draft, draft.based_on) == (2, True, in_force())
    assert queries.rules_of(draft) == queries.rules_of(in_force())


def test_there_is_one_draft_a_language(draft: LexiconVersion) -> None:
    with pytest.raises(DraftThere):
        lexicons.begin_draft(version=in_force(), by=None, at=AT)
    assert lexicons.begin_draft(version=in_force("en"), by=None, at=AT).lang == "en"


def test_a_new_rule_speaks_once_its_draft_is_published(draft: LexiconVersion) -> None:
    lexicons.save_rule(draft=draft, text=SHUT, by=None, at=AT)
    labels = [queries.lexicon_at("ru", AT).detect("Лавочка закрыта").label]
    lexicons.publish(draft=draft, by=None, at=LATER, note="лавочка")
    labels += [queries.lexicon_at("ru", moment).detect("Лавочка закрыта").label for moment in (AT, LATER)]
    assert labels == [Label.OTHER, Label.OTHER, Label.TRIGGER]


@pytest.mark.parametrize(
    ("must", "must_not", "said"),
    [
        ((), ("открыта",), "ru_shut: нет примера, который должен быть найден."),
        (("лавочка закрыта",), (), "ru_shut: нет примера, который должен быть пропущен."),
        (("ларёк закрыт",), ("открыта",), "ru_shut не находит: «ларёк закрыт»."),
        (("лавочка закрыта",), ("лавочка закрыта!",), "ru_shut срабатывает на: «лавочка закрыта!»."),
    ],
)
def test_a_rule_without_both_kinds_of_examples_or_breaking_one_stops_publication(
    draft: LexiconVersion, must: tuple[str, ...], must_not: tuple[str, ...], said: str
) -> None:
    text = RuleText(SHUT.code, SHUT.role, 2, SHUT.pattern, "", must, must_not)
    lexicons.save_rule(draft=draft, text=text, by=None, at=AT)
    with pytest.raises(NotPublishable) as refused:
        lexicons.publish(draft=draft, by=None, at=LATER)
    assert str(refused.value.params["problems"]) == said
    assert in_force().number == 1


@pytest.mark.parametrize("pattern", [r"(\w+\s?)+!", "(", "[А-Я]", "ё", "", "а*", "а" * 2_001])
def test_a_pattern_that_cannot_work_is_refused_at_once(draft: LexiconVersion, pattern: str) -> None:
    with pytest.raises(BadPattern):
        lexicons.save_rule(draft=draft, text=RuleText("x", "trigger", 2, pattern), by=None, at=AT)


def test_two_rules_of_one_name_are_refused(draft: LexiconVersion) -> None:
    lexicons.save_rule(draft=draft, text=SHUT, by=None, at=AT)
    with pytest.raises(RuleTaken):
        lexicons.save_rule(draft=draft, text=SHUT, by=None, at=AT)


def test_who_began_from_an_older_state_is_told(draft: LexiconVersion) -> None:
    lexicons.save_rule(draft=draft, text=SHUT, by=None, at=LATER, seen=draft.changed_at)
    with pytest.raises(ChangedMeanwhile):
        lexicons.save_rule(draft=draft, text=SHUT, by=None, at=LATER, seen=draft.changed_at)


def test_a_published_version_is_no_draft(draft: LexiconVersion) -> None:
    for act in (lexicons.discard, lexicons.publish):
        with pytest.raises(NotADraft):
            act(draft=in_force(), by=None, at=AT)
    rule = in_force().rules.first()
    assert rule is not None
    with pytest.raises(NotADraft):
        lexicons.remove_rule(rule=rule, by=None, at=AT)


def test_a_draft_is_thrown_away_with_its_rules(draft: LexiconVersion) -> None:
    lexicons.discard(draft=draft, by=None, at=AT)
    assert queries.draft_of("ru") is None


def test_going_back_publishes_a_copy_of_the_earlier_version(draft: LexiconVersion) -> None:
    first = in_force()
    rule = draft.rules.get(code="ru_time")
    lexicons.remove_rule(rule=rule, by=None, at=AT)
    lexicons.publish(draft=draft, by=None, at=LATER)
    with pytest.raises(InForceAlready):
        lexicons.go_back(version=in_force(), by=None, at=LATER, reason="проверка")
    copy = lexicons.go_back(version=first, by=None, at=LATER + timedelta(hours=1), reason="стало хуже")
    assert (copy.number, copy.note, in_force()) == (3, "стало хуже", copy)
    assert queries.rules_of(copy) == queries.rules_of(first)


def test_words_to_repair_towards_are_kept_once_each_in_small_letters(draft: LexiconVersion) -> None:
    lexicons.save_words(draft=draft, words=["Возврат", "вернёте", "возврат"], by=None, at=AT)
    draft.refresh_from_db()
    assert draft.vocabulary == "возврат вернете"


def test_the_shipped_lexicon_keeps_all_its_promises() -> None:
    a_settled_desk()
    assert [queries.problems_of(in_force(lang)) for lang in ("ru", "en")] == [[], []]
    assert sum(len(rule.must_match) for rule in shipped().rules) > 60
