"""The checks of `make check` find what they are for: each is shown a planted fault."""

import hashlib
import importlib
import shutil
import sys
from email.message import Message as Metadata
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
NEEDS_GETTEXT = pytest.mark.skipif(
    shutil.which("xgettext") is None, reason="GNU gettext is absent: apt-get install gettext"
)


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> ModuleType:
    monkeypatch.syspath_prepend(SCRIPTS)
    name: str = request.param
    for loaded in ("messages", name):
        sys.modules.pop(loaded, None)
    return importlib.import_module(name)


def metadata(**headers: str | list[str]) -> Metadata:
    made = Metadata()
    for name, value in headers.items():
        for one in [value] if isinstance(value, str) else value:
            made[name.replace("_", "-")] = one
    return made


@pytest.mark.parametrize("script", ["check_licences"], indirect=True)
@pytest.mark.parametrize(
    ("headers", "not_allowed"),
    [
        ({"License_Expression": "MIT"}, set()),
        ({"License_Expression": "Apache-2.0 OR GPL-3.0-only"}, set()),
        ({"License_Expression": "MIT AND GPL-3.0-only"}, {"GPL-3.0-only"}),
        ({"Classifier": ["License :: OSI Approved :: BSD License", "Topic :: Internet"]}, set()),
        (
            {"Classifier": "License :: OSI Approved :: GNU Affero General Public License v3"},
            {"GNU Affero General Public License v3"},
        ),
        ({"License": "Apache-2.0"}, set()),
        ({"License": "Copyright (c) somebody\nAll rights reserved"}, {"Copyright c somebody"}),
    ],
)
def test_a_licence_that_may_not_ship_is_found(
    script: ModuleType, headers: dict[str, str | list[str]], not_allowed: set[str]
) -> None:
    assert script.licences(metadata(**headers)) - script.ALLOWED == not_allowed


@pytest.mark.parametrize("script", ["check_licences"], indirect=True)
def test_a_package_without_a_licence_is_a_fault(script: ModuleType) -> None:
    assert script.licences(metadata()) == set()
    assert script.fault("no-such-package-here") is not None


@pytest.mark.parametrize("script", ["check_vendored"], indirect=True)
def test_a_vendored_file_that_changed_is_new_or_gone_is_found(script: ModuleType, tmp_path: Path) -> None:
    for name in ("kept.js", "changed.js", "new.js"):
        (tmp_path / name).write_text(name)
    listed = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("kept.js", "gone.js")} | {
        "changed.js": "0" * 64
    }
    (tmp_path / "HASHES.txt").write_text("".join(f"{digest}  {name}\n" for name, digest in listed.items()))
    assert script.faults(tmp_path) == [
        f"{tmp_path}/new.js: not listed in HASHES.txt",
        f"{tmp_path}/gone.js: listed, but not there",
        f"{tmp_path}/changed.js: changed since it was listed",
    ]


@pytest.mark.parametrize("script", ["check_messages"], indirect=True)
@pytest.mark.parametrize(
    ("wanted", "found", "reason"),
    [
        (Message("day"), Message("day", "день"), None),
        (Message("day"), None, "missing"),
        (Message("day"), Message("day", ""), "empty"),
        (Message("day"), Message("day", "день", flags=["fuzzy"]), "fuzzy"),
        (Message("to %(name)s"), Message("to %(name)s", "кому"), "lacks a placeholder"),
        (Message("to %(name)s"), Message("to %(name)s", "%(nom)s"), "has a placeholder the source does not fill"),
        (
            Message(("%(n)s day", "%(n)s days")),
            Message(("%(n)s day", "%(n)s days"), ("%(n)s день", "%(n)s дня", "%(n)s дней")),
            None,
        ),
        (
            Message(("%(n)s day", "%(n)s days")),
            Message(("%(n)s day", "%(n)s days"), ("%(n)s день", "%(n)s дня")),
            "empty",
        ),
        (
            Message(("%(n)s day", "%(n)s days")),
            Message(("%(n)s day", "%(n)s days"), ("один день", "%(n)s дня", "%(n)s дней")),
            None,
        ),
    ],
)
def test_a_message_without_a_good_translation_is_found(
    script: ModuleType, wanted: Message, found: Message | None, reason: str | None
) -> None:
    assert script.fault(wanted, found) == reason


@NEEDS_GETTEXT
@pytest.mark.parametrize("script", ["merge_translations"], indirect=True)
def test_translations_are_merged_and_what_the_source_no_longer_says_is_dropped(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package, catalogue = planted(tmp_path)
    for module in (script, sys.modules["messages"]):
        monkeypatch.setattr(module, "ROOT", tmp_path)
        monkeypatch.setattr(module, "RUSSIAN", catalogue)
    monkeypatch.setattr(sys.modules["messages"], "PACKAGE", package)
    assert script.main() == 0
    assert capsys.readouterr().out == (
        "translated, but not in the source: nobody says this\n"
        "4 of 5 translations used; 1 messages are left without one.\n"
    )
    merged = sys.modules["messages"].russian()
    assert {(message.context, message.id): message.string for message in merged if message.id} == {
        (None, "team"): "команда",
        (None, "kept from before"): "осталось",
        ("verb", "open"): "открыть",
        (None, ("%(n)s day", "%(n)s days")): ("%(n)s день", "%(n)s дня", "%(n)s дней"),
        (None, "in a template"): "в шаблоне",
        (None, "not yet"): "",
    }


@NEEDS_GETTEXT
@pytest.mark.parametrize("script", ["merge_translations"], indirect=True)
def test_two_files_that_disagree_are_an_error(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package, catalogue = planted(tmp_path)
    (tmp_path / "translations" / "z.yml").write_text("team: бригада\n")
    for module in (script, sys.modules["messages"]):
        monkeypatch.setattr(module, "ROOT", tmp_path)
        monkeypatch.setattr(module, "RUSSIAN", catalogue)
    monkeypatch.setattr(sys.modules["messages"], "PACKAGE", package)
    assert script.main() == 1
    assert "z.yml disagrees with an earlier file: 'team': 'команда' or 'бригада'" in capsys.readouterr().out


def planted(root: Path) -> tuple[Path, Path]:
    """A small source with messages of every kind, a catalogue from before, and a file of translations."""
    package = root / "nastavnik"
    (package / "templates").mkdir(parents=True)
    (package / "words.py").write_text(
        "from django.utils.translation import gettext as _, ngettext, pgettext\n"
        "def words(n):\n"
        "    return [_('team'), _('kept from before'), _('not yet'), pgettext('verb', 'open'),\n"
        "            ngettext('%(n)s day', '%(n)s days', n) % {'n': n}]\n"
    )
    (package / "templates" / "page.html").write_text("{% load i18n %}{% trans 'in a template' %}\n")
    catalogue = package / "locale" / "ru" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "kept from before"\nmsgstr "осталось"\n\nmsgid "no longer said"\nmsgstr "уже нет"\n'
    )
    (root / "translations").mkdir()
    (root / "translations" / "a.yml").write_text(
        "team: команда\nin a template: в шаблоне\nverb|open: открыть\nnobody says this: никто\n"
        "'%(n)s day': ['%(n)s день', '%(n)s дня', '%(n)s дней', 'plural:%(n)s days']\n"
    )
    return package, catalogue
