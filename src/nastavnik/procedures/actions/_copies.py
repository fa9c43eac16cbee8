"""Versions of the lexicon made from values or from one another."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from nastavnik.kernel import journal
from nastavnik.people.models import Person
from nastavnik.procedures.detection import Rule, shipped
from nastavnik.procedures.logic import vocabulary
from nastavnik.procedures.models import LexiconExample, LexiconRule, LexiconVersion

PUBLISHED = "procedures.lexicon_published"


def next_number(lang: str) -> int:
    """The number of the language's next version."""
    last = LexiconVersion.objects.filter(lang=lang).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def write_rules(version: LexiconVersion, rules: Sequence[Rule]) -> None:
    """Rules and their examples into a version that has none. Two statements."""
    rows = LexiconRule.objects.bulk_create(
        LexiconRule(
            version=version, position=place, code=rule.id, role=rule.role.value, strength=rule.strength,
            pattern=rule.pattern, unless=rule.unless,
        )
        for place, rule in enumerate(rules, start=1)
    )  # fmt: skip
    LexiconExample.objects.bulk_create(
        LexiconExample(rule=row, text=text, must_match=must_match)
        for row, rule in zip(rows, rules, strict=True)
        for must_match, texts in ((True, rule.must_match), (False, rule.must_not_match))
        for text in dict.fromkeys(texts)
    )


def mark_published(version: LexiconVersion, *, by: Person | None, at: datetime, reason: str = "") -> None:
    """From now on the version is in force and never changes."""
    version.published_at, version.published_by = at, by
    version.save(update_fields=["published_at", "published_by"])
    data = {"lang": version.lang, "number": version.number, "rules": version.rules.count()}
    journal.write(PUBLISHED, by=by, at=at, subject=version, reason=reason, data=data)


def publish_shipped(lang: str, *, by: Person | None, at: datetime) -> LexiconVersion:
    """The rules this release ships with, as the language's first version."""
    words = {"ru": vocabulary.RU, "en": vocabulary.EN}[lang]
    version = LexiconVersion.objects.create(
        lang=lang, number=next_number(lang), vocabulary=" ".join(words), made_by=by, made_at=at, changed_at=at
    )
    write_rules(version, [rule for rule in shipped().rules if rule.lang == lang])
    mark_published(version, by=by, at=at)
    return version
