"""Drafts of the lexicon are written, proven by their examples, published, and gone back to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.functional import lazy

from nastavnik.kernel import journal
from nastavnik.people.models import Person
from nastavnik.procedures import queries
from nastavnik.procedures.actions import _copies
from nastavnik.procedures.errors import (
    BadPattern,
    ChangedMeanwhile,
    DraftThere,
    InForceAlready,
    NotADraft,
    NotPublishable,
    RuleTaken,
)
from nastavnik.procedures.logic.proving import Problem, fault_of_pattern
from nastavnik.procedures.models import LexiconExample, LexiconRule, LexiconVersion
from nastavnik.procedures.wording import pattern_fault, problem_sentence

SHOWN_PROBLEMS = 8
BEGUN, DISCARDED, WORDS = "procedures.draft_begun", "procedures.draft_discarded", "procedures.draft_words"
RULE_SAVED, RULE_REMOVED = "procedures.rule_saved", "procedures.rule_removed"


@dataclass(frozen=True)
class RuleText:
    """What an author writes of a rule."""

    code: str
    role: str
    strength: int
    pattern: str
    unless: str = ""
    must_match: Sequence[str] = ()
    must_not_match: Sequence[str] = ()


def begin_draft(*, version: LexiconVersion, by: Person | None, at: datetime) -> LexiconVersion:
    """A draft with the rules of `version`; one a language. Raises DraftThere."""
    with transaction.atomic():
        draft = _copy(version, by=by, at=at)
        journal.write(BEGUN, by=by, at=at, subject=draft, data={"lang": draft.lang, "number": draft.number})
    return draft


def save_rule(
    *,
    draft: LexiconVersion,
    text: RuleText,
    by: Person | None,
    at: datetime,
    rule: LexiconRule | None = None,
    seen: datetime | None = None,
) -> LexiconRule:
    """Write a new rule, or `rule` anew, with its examples. `seen`: the draft's last change the author knew of.

    Raises NotADraft, ChangedMeanwhile, BadPattern, RuleTaken.
    """
    for pattern in (text.pattern, text.unless):
        if why := fault_of_pattern(pattern):
            raise BadPattern(rule=text.code, why=_fault(why))
    if not text.pattern:
        raise BadPattern(rule=text.code, why=_fault("it is empty"))
    with transaction.atomic():
        draft = _held(draft, seen)
        others = draft.rules.exclude(pk=rule.pk) if rule else draft.rules.all()
        if others.filter(code=text.code).exists():
            raise RuleTaken(rule=text.code)
        place = (draft.rules.aggregate(last=Max("position"))["last"] or 0) + 1
        row = draft.rules.get(pk=rule.pk) if rule else LexiconRule(version=draft, position=place)
        row.code, row.role, row.strength = text.code, text.role, text.strength
        row.pattern, row.unless = text.pattern, text.unless
        row.save()
        row.examples.all().delete()
        LexiconExample.objects.bulk_create(
            LexiconExample(rule=row, text=one, must_match=must_match)
            for must_match, texts in ((True, text.must_match), (False, text.must_not_match))
            for one in dict.fromkeys(texts)
            if must_match or one not in text.must_match
        )
        _touch(draft, at)
        journal.write(RULE_SAVED, by=by, at=at, subject=draft, data={"lang": draft.lang, "rule": text.code})
    return row


def remove_rule(*, rule: LexiconRule, by: Person | None, at: datetime) -> None:
    """Take a rule out of its draft. Raises NotADraft."""
    with transaction.atomic():
        draft = _held(rule.version, None)
        rule.delete()
        _touch(draft, at)
        journal.write(RULE_REMOVED, by=by, at=at, subject=draft, data={"lang": draft.lang, "rule": rule.code})


def save_words(*, draft: LexiconVersion, words: Sequence[str], by: Person | None, at: datetime) -> None:
    """Replace the words that typing errors are repaired towards, the likelier first. Raises NotADraft."""
    with transaction.atomic():
        draft = _held(draft, None)
        draft.vocabulary = " ".join(dict.fromkeys(word.lower().replace("ё", "е") for word in words))
        draft.save(update_fields=["vocabulary"])
        _touch(draft, at)
        data = {"lang": draft.lang, "number": draft.number, "words": len(words)}
        journal.write(WORDS, by=by, at=at, subject=draft, data=data)


def discard(*, draft: LexiconVersion, by: Person | None, at: datetime) -> None:
    """Throw the draft away. Raises NotADraft."""
    with transaction.atomic():
        draft = _held(draft, None)
        data = {"lang": draft.lang, "number": draft.number}
        journal.write(DISCARDED, by=by, at=at, subject=draft, data=data)
        draft.delete()


def publish(*, draft: LexiconVersion, by: Person | None, at: datetime, note: str = "") -> LexiconVersion:
    """Put the draft in force, if every rule has examples of both kinds and keeps them.

    Raises NotADraft, NotPublishable.
    """
    with transaction.atomic():
        draft = _held(draft, None)
        found = queries.problems_of(draft)
        if found:
            raise NotPublishable(problems=_sentences(tuple(found[:SHOWN_PROBLEMS])))
        draft.note = note or draft.note
        draft.save(update_fields=["note"])
        _copies.mark_published(draft, by=by, at=at, reason=note)
    return draft


def go_back(*, version: LexiconVersion, by: Person | None, at: datetime, reason: str) -> LexiconVersion:
    """Publish a copy of an earlier version: from now on its rules are in force again.

    Raises InForceAlready, DraftThere.
    """
    with transaction.atomic():
        current = queries.published(version.lang).first()
        if version.is_draft or (current and current.pk == version.pk):
            raise InForceAlready
        copy = _copy(version, by=by, at=at)
        copy.note = reason
        copy.save(update_fields=["note"])
        _copies.mark_published(copy, by=by, at=at, reason=reason)
    return copy


def _copy(version: LexiconVersion, *, by: Person | None, at: datetime) -> LexiconVersion:
    # The lock on the version copied puts two who begin at once in a row.
    LexiconVersion.objects.select_for_update().get(pk=version.pk)
    if LexiconVersion.objects.filter(lang=version.lang, published_at__isnull=True).exists():
        raise DraftThere
    copy = LexiconVersion.objects.create(
        lang=version.lang, number=_copies.next_number(version.lang), based_on=version, vocabulary=version.vocabulary,
        made_by=by, made_at=at, changed_at=at,
    )  # fmt: skip
    _copies.write_rules(copy, queries.rules_of(version))
    return copy


def _held(draft: LexiconVersion, seen: datetime | None) -> LexiconVersion:
    """The draft under lock. Raises NotADraft, ChangedMeanwhile."""
    held = LexiconVersion.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None or not held.is_draft:
        raise NotADraft
    if seen is not None and held.changed_at != seen:
        raise ChangedMeanwhile
    return held


def _touch(draft: LexiconVersion, at: datetime) -> None:
    draft.changed_at = at
    draft.save(update_fields=["changed_at"])


def _said(found: Sequence[Problem]) -> str:
    return " ".join(problem_sentence(one) for one in found)


_fault = lazy(pattern_fault, str)
_sentences = lazy(_said, str)  # in the language of whoever reads the refusal
