"""Mappings: read, guessed, matched with a file."""

import re
from pathlib import Path

import pytest

from nastavnik.metrics.catalogue.streams import CONTACTS, REVIEWS
from nastavnik.metrics.logic.headings import plain
from nastavnik.metrics.logic.mapping import (
    ColumnMapping,
    InvalidMapping,
    MappingSpec,
    MissingColumns,
    MissingHeadings,
    from_dict,
    from_toml,
    resolve,
    suggest,
)

EXAMPLES = Path(__file__).resolve().parents[3] / "examples/mappings"
CALLS = (
    "Call Id", "Agent", "Date", "Time", "Topic", "Answered (Y/N)", "Resolved", "Speed of answer in seconds",
    "AvgTalkDuration", "Satisfaction rating",
)  # fmt: skip


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.name)
def test_every_example_is_valid_and_survives_being_stored(path: Path) -> None:
    spec = from_toml(path.read_text())
    assert from_dict(spec.to_dict()) == spec


def test_a_real_export_is_guessed_from_its_headings() -> None:
    found = {name: (column.sources, column.unit) for name, column in suggest(CALLS, CONTACTS).columns.items()}
    assert found == {
        "id": (("Call Id",), "ms"),
        "person": (("Agent",), "ms"),
        "started_at": (("Date", "Time"), "ms"),
        "topic": (("Topic",), "ms"),
        "answered": (("Answered (Y/N)",), "ms"),
        "waited_ms": (("Speed of answer in seconds",), "s"),
        "handled_ms": (("AvgTalkDuration",), "ms"),
        "rating": (("Satisfaction rating",), "ms"),
        "resolved": (("Resolved",), "ms"),
    }


def test_our_own_column_names_are_always_found() -> None:
    for stream in (CONTACTS, REVIEWS):
        names = [column.name for column in stream]
        assert {name: column.sources for name, column in suggest(names, stream).columns.items()} == {
            name: (name,) for name in names
        }


def test_russian_headings_are_understood() -> None:
    found = suggest(["Номер", "Оператор", "Дата", "Время", "Ожидание, сек"], CONTACTS)
    assert {name: column.sources for name, column in found.columns.items()} == {
        "id": ("Номер",), "person": ("Оператор",), "started_at": ("Дата", "Время"), "waited_ms": ("Ожидание, сек",),
    }  # fmt: skip
    assert found.columns["waited_ms"].unit == "s"


def test_headings_are_matched_without_regard_to_case_and_marks() -> None:
    spec = MappingSpec("contacts", {
        "id": ColumnMapping(("call ID",)), "started_at": ColumnMapping(("DATE",)),
        "channel": ColumnMapping(constant="chat"),
    })  # fmt: skip
    found = resolve(spec, CALLS, CONTACTS)
    assert (found["id"].sources, found["started_at"].sources, found["channel"].constant) == (
        ("Call Id",), ("Date",), "chat",
    )  # fmt: skip
    assert plain(" Дата/Ёлка (Y/N)") == "дата елка y n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("stream = ", "not TOML"),
        ("[columns]", "does not name its stream"),
        ('stream = "contacts"\ncolour = 1', "unknown keys: colour"),
        ('stream = "contacts"\n[columns.id]\nform = "x"', "[columns.id] has unknown keys: form"),
        ('stream = "contacts"\n[columns.waited_ms]\nfrom = "x"\nunit = "h"', "unit 'h'"),
        ('stream = "contacts"\n[columns]\nid = 5', "[columns.id] must be a table"),
        ('stream = "contacts"\n[columns.id]\nfrom = [1]', "list of texts"),
        ('stream = "contacts"\n[columns.id]\nfrom = "x"\nvalues = {a = [1]}', "must be text"),
    ],
)
def test_a_faulty_mapping_is_refused_naming_the_fault(text: str, words: str) -> None:
    with pytest.raises(InvalidMapping, match=re.escape(words)):
        from_toml(text)


def test_flags_in_a_mapping_become_yes_and_no() -> None:
    spec = from_toml(
        'stream = "contacts"\n[columns.answered]\nfrom = "x"\nvalues = { Y = true, N = false }\njoin = "-"'
    )
    assert (spec.columns["answered"].values, spec.columns["answered"].join) == ({"Y": "yes", "N": "no"}, "-")


def test_what_does_not_fit_the_stream_or_the_file_is_named() -> None:
    with pytest.raises(InvalidMapping, match="is for reviews, not for contacts"):
        resolve(MappingSpec("reviews", {}), CALLS, CONTACTS)
    with pytest.raises(InvalidMapping, match="have no column «colour»"):
        resolve(MappingSpec("contacts", {"colour": ColumnMapping(("Agent",))}), CALLS, CONTACTS)
    with pytest.raises(MissingHeadings, match=r"no column «Gone»\. It has: «Call Id»"):
        resolve(MappingSpec("contacts", {"id": ColumnMapping(("Gone",))}), CALLS, CONTACTS)
    with pytest.raises(MissingColumns, match="where to find «started_at»"):
        resolve(MappingSpec("contacts", {"id": ColumnMapping(("Call Id",))}), CALLS, CONTACTS)
