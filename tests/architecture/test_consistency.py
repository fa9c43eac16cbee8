"""The house keeps its own rules. Each checker is shown a planted violation below, and must see it."""

import importlib
import pkgutil
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

import nastavnik
from nastavnik.kernel import events, jobs, journal, permissions
from nastavnik.kernel.errors import DomainError
from tests.architecture import checks

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "nastavnik"
OWN_APPS = {config.label for config in apps.get_app_configs() if config.name.startswith("nastavnik.")}

# What is allowed beyond the rule, each with its reason.
KEPT_TEMPLATES = {"kernel/_toasts_oob.html": "part of the kit's contract: what an htmx answer includes to show a toast"}
UNSAFE_TEMPLATES: dict[str, str] = {}
UNSAFE_PYTHON = {
    "kernel/web/icons.py": "the drawings are constants of that file",
    "kernel/web/help.py": "Markdown of our own files with raw HTML off",
    "procedures/web/common.py": "Markdown of guides with raw HTML and pictures off",
}
OTHER_CLOCKS = {
    "kernel/clock.py",  # the clock itself
}
# Each says which room will read it; a reader makes the line wrong, and the test says so.
UNREAD_EVENTS = {
    "crisis.TrainingAsked": "needs: a training request of the person is opened",
    "metrics.FactsLoaded": "effects: a verdict waits until the records of its period are there",
    "metrics.TargetChanged": "bulletins: those concerned are told of a new target",
    "people.LeadershipChanged": "needs: whom a problem zone is told to",
    "people.PostChanged": "careers: which ladder a person may stand on",
    "people.ClearanceChanged": "workforce: who may be planned on a line",
    "people.RolesChanged": "bulletins: which digest a person gets",
    "people.SettingsChanged": "workforce: calendar and lines of the rosters",
}


def libraries() -> dict[str, set[str]]:
    loaded = engines["django"].engine.template_libraries
    return {name: {*library.tags, *library.filters} for name, library in loaded.items()}


CHECKERS: dict[str, Callable[[Path], list[str]]] = {
    "every template is used": lambda root: checks.unused_templates(root, KEPT_TEMPLATES),
    "nothing is loaded in vain": lambda root: checks.bad_loads(root, libraries()),
    "no inline code": lambda root: checks.inline_code(root, UNSAFE_TEMPLATES),
    "mark_safe only with a reason": lambda root: checks.unescaped_in_python(root, UNSAFE_PYTHON),
    "blocktranslate is trimmed": checks.untrimmed_blocks,
    "nothing is too large": checks.too_large,
    "nothing is left for later": checks.unfinished,
    "the time comes from the clock": lambda root: checks.other_clocks(root, OTHER_CLOCKS),
    "logic knows no Django": checks.django_in_logic,
}

PLANTED = {
    "every template is used": ("people/templates/people/lost.html", "<p>nobody shows me</p>"),
    "nothing is loaded in vain": ("people/templates/people/x.html", "{% load i18n %}"),
    "no inline code": ("people/templates/people/x.html", '<p style="color: red">'),
    "mark_safe only with a reason": ("people/web/x.py", "mark_safe(name)"),
    "blocktranslate is trimmed": ("people/templates/people/x.html", "{% blocktranslate %}\n x{% endblocktranslate %}"),
    "nothing is too large": ("people/web/x.py", "def f():\n" + "    x = 1\n" * 61),
    "nothing is left for later": ("people/web/x.py", "# TO" + "DO: finish"),
    "the time comes from the clock": ("people/web/x.py", "at = datetime.now(UTC)"),
    "logic knows no Django": ("people/logic/x.py", "from django.db import models"),
}


@pytest.mark.parametrize("rule", CHECKERS)
def test_the_house_keeps_its_rule(rule: str) -> None:
    assert CHECKERS[rule](SOURCE) == []


@pytest.mark.parametrize("rule", CHECKERS)
def test_a_planted_violation_is_seen(rule: str, tmp_path: Path) -> None:
    assert CHECKERS[rule](tmp_path) == []
    name, text = PLANTED[rule]
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert len(CHECKERS[rule](tmp_path)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<script>x()</script>",
        "<style>p {}</style>",
        '<button onclick="x()">',
        "{{ name|safe }}",
        "{% autoescape off %}",
        '<p\n style="x">',
    ],
)
def test_every_kind_of_inline_code_is_seen(text: str, tmp_path: Path) -> None:
    (tmp_path / "people/templates").mkdir(parents=True)
    (tmp_path / "people/templates/x.html").write_text(text)
    assert len(checks.inline_code(tmp_path, {})) == 1
    assert checks.inline_code(tmp_path, {"x.html": "a reason"}) == []


def test_the_sizes_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{checks.sizes(SOURCE)}\n")


def test_every_permission_is_asked_somewhere(tmp_path: Path) -> None:
    names = [one.name.split(".")[1] for one in permissions.all_permissions() if one.name.split(".")[0] in OWN_APPS]
    assert len(names) > 5
    assert checks.unused_names(SOURCE, names) == []
    (tmp_path / "x.py").write_text("def may_fly(person): ...\ndef may_walk(person): ...\nrequire(may_walk, me)")
    assert checks.unused_names(tmp_path, ["may_fly", "may_walk"]) == ["may_fly is asked nowhere"]


def unread(kinds: dict[str, type[events.Event]], read: set[type[events.Event]], reasons: dict[str, str]) -> list[str]:
    return [kind for kind, event in sorted(kinds.items()) if event not in read and kind not in reasons]


def test_every_event_has_a_reader_or_a_reason() -> None:
    own = {kind: event for kind, event in events.all_event_types().items() if event.__module__.startswith("nastavnik.")}
    read = {event for event in own.values() if events.reactions_to(event)}
    assert unread(own, read, UNREAD_EVENTS) == []
    assert sorted(kind for kind in UNREAD_EVENTS if kind not in own or own[kind] in read) == []
    assert unread({"people.Lost": events.Event}, set(), {}) == ["people.Lost"]


def test_every_event_is_rebuilt_from_json() -> None:
    """Only kinds of fields that survive the way through JSON are allowed."""
    import typing

    allowed = re.compile(r"^(int|str|bool|float|date|datetime|None|tuple\[(int|str|date|datetime), \.\.\.\])$")
    for kind, event in events.all_event_types().items():
        if not event.__module__.startswith("nastavnik."):
            continue
        for name, hint in typing.get_type_hints(event).items():
            options = typing.get_args(hint) if type(None) in typing.get_args(hint) else (hint,)
            for option in options:
                text = getattr(option, "__name__", str(option)) if not typing.get_args(option) else str(option)
                shown = text.replace("datetime.datetime", "datetime").replace("datetime.date", "date")
                assert allowed.match(shown.replace("NoneType", "None")), f"{kind}.{name}: {shown}"


def test_every_kind_of_journal_entry_is_shown_by_a_presenter(tmp_path: Path) -> None:
    kinds, unreadable = checks.written_kinds(SOURCE)
    assert unreadable == []
    assert sorted(kinds - journal.presented_kinds()) == []
    assert sorted(kind for kind in journal.presented_kinds() - kinds if kind.split(".")[0] in OWN_APPS) == []
    (tmp_path / "x.py").write_text('LOST = "people.card_lost"\njournal.write(LOST, by=by)')
    (tmp_path / "y.py").write_text("journal.compose(kind, by=by)")
    planted, dark = checks.written_kinds(tmp_path)
    assert planted - journal.presented_kinds() == {"people.card_lost"}
    assert dark == ["y.py writes journal entries and names no kind"]


def modules() -> list[str]:
    return [
        module.name
        for module in pkgutil.walk_packages(nastavnik.__path__, "nastavnik.")
        if ".migrations" not in module.name and not module.name.endswith("__main__")
    ]


def subclasses(of: type) -> set[type]:
    return {one for direct in of.__subclasses__() for one in {direct, *subclasses(direct)}}


def test_every_expected_failure_says_what_happened() -> None:
    for name in modules():
        if name.endswith((".errors", ".permissions")) or ".actions." in name:
            importlib.import_module(name)
    own = [error for error in subclasses(DomainError) if error.__module__.startswith("nastavnik.")]
    assert len(own) > 5
    for error in own:
        text = " ".join((error.__doc__ or "").split())
        assert re.search(r"^[A-Z«“{].+[.?}]$", text), f"{error.__module__}.{error.__name__}: {text!r} is no sentence"


# Words ----------------------------------------------------------------------------------------------------------------


def glossary() -> list[dict[str, object]]:
    found: list[dict[str, object]] = yaml.safe_load((ROOT / "docs" / "glossary.yml").read_text())
    return found


def glossary_faults(entries: list[dict[str, object]], named: dict[str, str]) -> list[str]:
    """Models without an entry, entries without a model, terms that differ from the model's Russian name."""
    terms = {str(entry["model"]): str(entry["ru"]) for entry in entries if entry.get("model")}
    faults = [f"{label} has no entry" for label in named if label not in terms]
    faults += [f"{label} is no model" for label in terms if label not in named]
    return faults + [
        f"{label} is {named[label]!r} on pages and {term!r} in the glossary"
        for label, term in terms.items()
        if named.get(label, term) != term
    ]


def test_every_model_is_in_the_glossary_under_its_russian_name() -> None:
    with override("ru"):
        named = {
            model._meta.label: str(model._meta.verbose_name)
            for model in apps.get_models()
            if model._meta.app_label in OWN_APPS
        }
    assert glossary_faults(glossary(), named) == []


def test_a_word_missing_or_different_is_seen() -> None:
    entries: list[dict[str, object]] = [{"model": "people.Line", "ru": "линия"}, {"model": "people.Gone", "ru": "х"}]
    assert glossary_faults(entries, {"people.Line": "очередь", "people.Team": "команда"}) == [
        "people.Team has no entry",
        "people.Gone is no model",
        "people.Line is 'очередь' on pages and 'линия' in the glossary",
    ]


def test_every_word_has_its_meaning_in_both_languages_and_one_entry() -> None:
    entries = glossary()
    codes = [entry["code"] for entry in entries]
    assert sorted(code for code in codes if codes.count(code) > 1) == []
    for entry in entries:
        assert {"code", "ru", "app", "not", "en_meaning", "ru_meaning"} <= entry.keys(), entry["code"]


def test_the_rendered_glossary_is_up_to_date() -> None:
    from scripts.render_glossary import render

    assert (ROOT / "docs" / "glossary.md").read_text() == render(glossary()), "run `make docs`"


def test_every_model_has_its_help_page_in_both_languages() -> None:
    labels = {model._meta.label_lower for model in apps.get_models() if model._meta.app_label in OWN_APPS}
    pages = {
        f"{path.parent.name}.{path.name.removesuffix('.md')}" for path in (ROOT / "docs" / "models").glob("*/*.md")
    }
    assert pages == {f"{label}.{language}" for label in labels for language in ("en", "ru")}


def listed_jobs(text: str) -> dict[str, str]:
    """Name -> schedule of the table's rows."""
    return dict(re.findall(r"^\| `([a-z_.]+)` \| `([^`]+)` \|", text, re.M))


def test_every_periodic_job_is_listed() -> None:
    listed = listed_jobs((ROOT / "docs" / "reference" / "jobs.md").read_text())
    assert listed == {one.name: one.cron for one in jobs.timetable()}
    assert listed_jobs("| `people.x` | `1 2 * * *` | why |") == {"people.x": "1 2 * * *"}


# Addresses ------------------------------------------------------------------------------------------------------------

NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def url_names(resolver: URLResolver, space: str = "") -> list[str]:
    found = []
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            found += url_names(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            found.append(f"{space}{one.name or ''}")
    return found


def badly_named(names: list[str]) -> list[str]:
    own = [name for name in names if name.split(":")[0] in OWN_APPS]
    return [name for name in own if name.count(":") != 1 or not NAME.match(name.split(":")[1])]


def test_addresses_have_readable_names() -> None:
    names = url_names(get_resolver())
    assert badly_named(names) == []
    own = [name for name in names if name.split(":")[0] in OWN_APPS]
    assert sorted({name for name in own if own.count(name) > 1}) == []
    assert badly_named(["people:PersonList", "people:", "people:person-list"]) == ["people:PersonList", "people:"]
