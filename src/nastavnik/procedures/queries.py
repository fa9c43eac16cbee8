"""What is in force, and what the pages of the desk show."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Prefetch, QuerySet

from nastavnik.people.models import Line, Team
from nastavnik.procedures.detection import Label, Lexicon, Role, Rule, shipped
from nastavnik.procedures.enums import CaseStage, Language
from nastavnik.procedures.logic.proving import Labelled, Problem, fault_of_pattern, problems
from nastavnik.procedures.models import Guide, GuideVersion, LabelledMessage, LexiconRule, LexiconVersion, RefusalPolicy


def policy_at(day: date, unit: Team | None = None, line: Line | None = None) -> RefusalPolicy | None:
    """The refusal policy in force on `day`: the team's own, else its line's, else everybody's. One query.

    None where none was in force: then `refusals.Policy()` is what is meant.
    """
    line_id = line.pk if line else (unit.line_id if unit else None)
    rows = RefusalPolicy.objects.on(day).select_related("team", "line")
    return _closest(rows, unit, line_id)


class Policies:
    """`policy_at` for many days and units with one query in all; knows what was in force when it was made."""

    def __init__(self) -> None:
        self.rows = list(RefusalPolicy.objects.select_related("team", "line"))

    def at(self, day: date, unit: Team | None = None) -> RefusalPolicy | None:
        """The row in force on `day` for the unit."""
        rows = [row for row in self.rows if row.is_active_on(day)]
        return _closest(rows, unit, unit.line_id if unit else None)


def _closest(rows: Iterable[RefusalPolicy], unit: Team | None, line_id: int | None) -> RefusalPolicy | None:
    """The team's own before its line's before everybody's."""
    found = [row for row in rows if _concerns(row, unit.pk if unit else None, line_id)]
    return max(found, key=lambda row: (row.team_id is not None, row.line_id is not None), default=None)


def _concerns(row: RefusalPolicy, team_id: int | None, line_id: int | None) -> bool:
    return row.team_id in (None, team_id) and row.line_id in (None, line_id)


def lexicon_at(lang: str | None, moment: datetime) -> Lexicon:
    """The lexicon in force at `moment`, the rules of all languages together: customers mix languages in one line.

    Rules of `lang` come first. Where nothing was published yet for a language, the shipped rules stand in.
    """
    first = [Language(lang)] if lang else []
    order = [*first, *(one for one in Language if one not in first)]
    latest = {
        row.lang: row.pk
        for row in LexiconVersion.objects.filter(published_at__lte=moment).order_by("published_at", "number")
    }
    return _lexicon(tuple((one.value, latest.get(one.value)) for one in order))


@lru_cache(maxsize=16)
def _lexicon(parts: tuple[tuple[str, int | None], ...]) -> Lexicon:
    """Compiled once a process for each set of published versions: those never change."""
    if all(pk is None for _lang, pk in parts):
        return shipped()
    rules: list[Rule] = []
    words: list[str] = []
    names: list[str] = []
    for lang, pk in parts:
        if pk is None:
            rules += [rule for rule in shipped().rules if rule.lang == lang]
            names.append(f"{lang} {shipped().version}")
            continue
        version = LexiconVersion.objects.get(pk=pk)
        rules += rules_of(version)
        words += version.vocabulary.split()
        names.append(f"{lang} {version.number}")
    return Lexicon(rules, " + ".join(names), words or shipped().vocabulary)


def rules_of(version: LexiconVersion) -> list[Rule]:
    """The rules of a version as values, in their order. Two queries."""
    return [as_rule(row, version.lang) for row in version.rules.prefetch_related("examples")]


def as_rule(row: LexiconRule, lang: str) -> Rule:
    """One stored rule as a value; its examples must be loaded."""
    examples = list(row.examples.all())
    return Rule(
        id=row.code,
        lang=lang,
        role=Role(row.role),
        pattern=row.pattern,
        strength=row.strength,
        must_match=tuple(one.text for one in examples if one.must_match),
        must_not_match=tuple(one.text for one in examples if not one.must_match),
        unless=row.unless,
    )


def guides_for(kind: str, stage: str, at: datetime) -> list[GuideVersion]:
    """Guides for a kind of case at a stage as they stood at `at`, with their checks, in order. Two queries."""
    rows: QuerySet[GuideVersion] = (
        GuideVersion.objects.filter(published_at__lte=at, guide__case_kind=kind)
        .filter(guide__stage__in=[stage, CaseStage.ANY])
        .exclude(guide__retired_at__lte=at)
        .order_by("guide_id", "-number")
        .distinct("guide_id")
        .select_related("guide")
        .prefetch_related("checks")
    )
    return sorted(rows, key=lambda version: (version.guide.position, version.title))


def all_guides() -> QuerySet[Guide]:
    """Guides with their latest versions first."""
    return Guide.objects.prefetch_related(Prefetch("versions", GuideVersion.objects.prefetch_related("checks")))


def published(lang: str) -> QuerySet[LexiconVersion]:
    """Published versions of a language, the one in force first."""
    return LexiconVersion.objects.filter(lang=lang, published_at__isnull=False).order_by("-published_at", "-number")


def draft_of(lang: str) -> LexiconVersion | None:
    """The language's draft, if somebody has begun one."""
    return LexiconVersion.objects.filter(lang=lang, published_at__isnull=True).first()


def lexicon_with(version: LexiconVersion, moment: datetime) -> Lexicon:
    """A version's rules together with what is in force for the other languages: as it would run, were it published."""
    if version.published_at is not None:
        moment = version.published_at
    rules, words = rules_of(version), version.vocabulary.split()
    for lang in Language:
        if lang.value == version.lang:
            continue
        other = published(lang).filter(published_at__lte=moment).first()
        rules += rules_of(other) if other else [rule for rule in shipped().rules if rule.lang == lang.value]
        words += other.vocabulary.split() if other else []
    return Lexicon(rules, f"{version.lang} {version.number}", words)


def problems_of(version: LexiconVersion) -> list[Problem]:
    """What stands between a draft and its publication."""
    rules = rules_of(version)
    unusable = [Problem(r.id, "pattern", f) for r in rules for p in (r.pattern, r.unless) if (f := fault_of_pattern(p))]
    return unusable or problems(rules, lexicon_with(version, version.changed_at))


def labelled() -> list[Labelled]:
    """All labelled messages as values."""
    rows = LabelledMessage.objects.order_by("pk").values_list("public_id", "lang", "text", "label")
    return [Labelled(public_id, lang, text, Label(label)) for public_id, lang, text, label in rows]
