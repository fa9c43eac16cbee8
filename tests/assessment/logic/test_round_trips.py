"""Whatever a format can hold comes back as it was: random items are written, read and compared."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nastavnik.assessment.logic import codec
from nastavnik.assessment.logic.formats import gift, moodle_xml, workbook
from nastavnik.assessment.logic.formats.drafts import Draft, category_of, topic_of
from nastavnik.assessment.logic.items import Body
from tests.assessment.logic.strategies import items, lines

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
tags = st.lists(lines.filter(lambda text: "," not in text), max_size=2, unique=True).map(tuple)


@SLOW
@given(items())
def test_an_item_survives_its_stored_form(item: Body) -> None:
    stored = json.loads(json.dumps(codec.to_json(item)))
    assert codec.from_json(stored) == item
    assert codec.content_hash(codec.from_json(stored)) == codec.content_hash(item)


@SLOW
@given(st.lists(st.tuples(items(), tags, lines), max_size=4))
def test_gift_gives_back_what_it_was_given(found: list[tuple[Body, tuple[str, ...], str]]) -> None:
    drafts = [Draft(item, tags=tags, external_id=name) for item, tags, name in found]
    written = gift.write(drafts)
    kept = [draft for draft in drafts if draft not in [one for one, _reason in written.left_out]]
    reading = gift.read(written.text)
    assert reading.problems == ()
    assert [(one.item, one.tags, one.external_id) for one in reading.drafts] == [
        (one.item, one.tags, one.external_id) for one in kept
    ]


@SLOW
@given(items())
def test_a_workbook_gives_back_what_it_was_given(item: Body) -> None:
    heads, rows, left_out = workbook.write([Draft(item)])
    reading = workbook.read(heads, list(enumerate(rows, start=2)))
    assert reading.problems == ()
    assert [one.item for one in reading.drafts] == ([] if left_out else [item])


@SLOW
@given(items())
def test_moodle_reads_its_own_writing_twice_the_same(item: Body) -> None:
    """The first reading brings the item to Moodle's terms; from then on nothing changes."""
    first = moodle_xml.read(moodle_xml.write([Draft(item)]).text.encode())
    assert first.problems == ()
    again = moodle_xml.read(moodle_xml.write(first.drafts).text.encode())
    assert [one.item for one in again.drafts] == [one.item for one in first.drafts]


@given(st.lists(lines, min_size=1, max_size=4))
def test_a_path_survives_as_a_moodle_category(path: list[str]) -> None:
    clean = tuple(found for part in path if (found := part.strip("/ ").strip()))
    assert topic_of(category_of(clean)) == clean


@SLOW
@given(st.text(alphabet="ab {}=~#:\\n%->1.\n/[]$T", max_size=60))
def test_no_text_breaks_the_gift_reader(text: str) -> None:
    reading = gift.read(text)
    lines_of_file = text.count("\n") + 1
    assert all(1 <= problem.line <= lines_of_file and problem.text for problem in reading.problems)
