"""Messages are compiled without GNU gettext, only when the source is newer, by any number of starters."""

import gettext
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nastavnik.config import translations

SOURCE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "team"\nmsgstr "{}"\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "ru" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(SOURCE.format("команда"))
    return path


def said(source: Path) -> str:
    with source.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file).gettext("team")


def test_a_new_source_is_compiled_once(source: Path) -> None:
    assert translations.compile_stale(source.parents[2]) == [source.with_suffix(".mo")]
    assert translations.compile_stale(source.parents[2]) == []
    assert said(source) == "команда"


def test_a_newer_source_is_compiled_again(source: Path) -> None:
    translations.compile_stale(source.parents[2])
    source.write_text(SOURCE.format("бригада"))
    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))
    assert translations.compile_stale(source.parents[2]) == [source.with_suffix(".mo")]
    assert said(source) == "бригада"


def test_two_starters_at_once_leave_one_whole_file(source: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: translations.compile_stale(source.parents[2]), range(16)))
    assert said(source) == "команда"
    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]
