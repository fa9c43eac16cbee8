"""Texts and files made to do harm do none."""

import pytest

from nastavnik.assessment.logic import codec
from nastavnik.assessment.logic.formats import aiken, cloze, moodle_xml, workbook
from nastavnik.assessment.logic.formats.workbook_columns import COLUMNS
from nastavnik.assessment.logic.rich_text import words
from nastavnik.assessment.logic.texts import TextFormat, matches, rich
from nastavnik.assessment.web import rich as pages

HOSTILE = [
    "<script>alert(1)</script>ok",
    '<img src=x onerror="alert(1)">ok',
    '<a href="javascript:alert(1)">ok</a>',
    '<a href=" JAVAscript:alert(1)" onclick="x()">ok</a>',
    '<svg onload="x()"><script>1</script></svg>ok',
    '<p style="x:expression(1)" onmouseover="x()">ok</p>',
    "<iframe src='//evil'></iframe>ok",
    "[ok](javascript:alert(1))",
    "![ok](http://evil/x.png)",
    "<scr<script>ipt>alert(1)</scr</script>ipt>ok",
    '<<a href="http://x" onclick=1>ok',
    "<math><mtext></mtext></math>ok",
    "ok<style>@import 'http://evil'</style>",
    "ok<!--><script>x()</script>-->",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("format", list(TextFormat))
def test_nothing_foreign_gets_onto_a_page(text: str, format: TextFormat) -> None:
    from html.parser import HTMLParser

    found: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    shown = pages.html(rich(text, format))
    Reader().feed(shown)
    for tag, attributes in found:
        assert tag not in {"script", "img", "svg", "iframe", "style", "math"}
        assert set(attributes) <= {"href", "rel", "target"}
        assert str(attributes.get("href", "http://")).startswith("http")
    assert "ok" in words(rich(text, format))


def test_markdown_and_harmless_html_stay_what_they_are() -> None:
    assert pages.html(rich("**а** & `б`\n\n- в")) == (
        "<p><strong>а</strong> &amp; <code>б</code></p>\n<ul>\n<li>в</li>\n</ul>\n"
    )
    assert pages.line(rich("<p>x<sub>2</sub> &lt;b&gt;</p>", "html")) == "x<sub>2</sub> &lt;b&gt;"
    assert pages.html(rich("a\nb < c", "plain")) == "a<br>b &lt; c"
    link = pages.line(rich("[статья](https://base.example/a?b=1)"))
    assert link.startswith('<a href="https://base.example/a?b=1" rel="noopener noreferrer nofollow"')
    assert pages.html(None) == ""


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b'<?xml version="1.0"?>\n<!DOCTYPE q [<!ENTITY a "b">]><quiz/>', 2, "document type"),
        (b'<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>', 1, "document type"),
        (b"<quiz>\n<question>\n</quiz>", 3, "not well-formed"),
        (b"<html/>", 1, "not <quiz>"),
        (b"<quiz>" + b"<a>" * 60, 1, "nested more than"),
        (b'<?xml version="1.0" encoding="no-such"?><quiz/>', 1, "not well-formed"),
        (b'<quiz>\n<question type="calculated"><name/></question></quiz>', 2, "cannot be taken over"),
        (b'<quiz><question type="shortanswer"/></quiz>', 1, "no answers"),
        (b'<quiz><question type="matching"/></quiz>', 1, "no answers"),
        (b'<quiz><question type="truefalse"><answer fraction="100"><text>yes</text></answer></question></quiz>', 1, "true or"),  # noqa: E501 - a case is read whole
        (b'<quiz><question type="multichoice"><answer fraction="1e9"><text>a</text></answer></question></quiz>', 1, "fraction"),  # noqa: E501 - a case is read whole
        (b'<quiz><question type="multichoice"><answer fraction="x"><text>a</text></answer></question></quiz>', 1, "fraction"),  # noqa: E501 - a case is read whole
        (b'<quiz><question type="numerical"><answer fraction="100"><text>NaN</text></answer></question></quiz>', 1, "no number"),  # noqa: E501 - a case is read whole
        (b'<quiz><question type="essay"><defaultgrade>1e999999</defaultgrade></question></quiz>', 1, "default grade"),
        (b'<quiz><question type="cloze"><questiontext><text>none</text></questiontext></question></quiz>', 1, "cannot be found"),  # noqa: E501 - a case is read whole
    ],
)  # fmt: skip
def test_xml_that_is_bad_or_hostile_is_refused_by_its_line(data: bytes, line: int, words: str) -> None:
    (problem,) = moodle_xml.read(data).problems
    assert (problem.line, words in problem.text) == (line, True), problem.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{1:SHORTANSWER:=a} {1:NUMERICAL:=1}", "several types"),
        ("{1:NUMERICAL:=abc}", "cannot be read"),
        ("{1:MULTICHOICE:%900%a}", "cannot be read"),
    ],
)
def test_embedded_answers_that_cannot_be_taken_over_say_why(text: str, words: str) -> None:
    with pytest.raises(cloze.BadCloze) as caught:
        cloze.read({"stem": rich(text, "html")})
    assert words in caught.value.message.format(**caught.value.params)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Q\nA. x\nB. y\n\nP\nA. x\nANSWER: A", 1, "no ANSWER line"),
        ("ANSWER: A", 1, "no question before"),
        ("Q\nANSWER: A", 2, "no options"),
        ("Q\nA. x\nC. y\nANSWER: A", 3, "comes B, not C"),
        ("Q\nA. x\nB. y\nANSWER: E", 4, "go from A to B"),
        ("Q\nA. \nANSWER: A", 2, "has no text"),
        ("Q\nA. x\nstray\nANSWER: A", 3, "not “stray”"),
    ],
)
def test_bad_aiken_is_named_by_its_line(text: str, line: int, words: str) -> None:
    (problem,) = aiken.read(text).problems
    assert (problem.line, words in problem.text) == (line, True), problem.text


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"Kind": "riddle"}, "kind “riddle” is unknown"),
        ({"Kind": "single", "Format": "rtf"}, "format “rtf” is unknown"),
        ({"Kind": "single", "Points": "1/0"}, "no number of points"),
        ({"Kind": "true_false"}, "true or false"),
        ({"Kind": "single", "Case": "9"}, "no case “9”"),
        ({"Kind": "single", "Value 1": "200"}, "share from -100"),
        ({"Kind": "number", "Answer 1": "x"}, "is no number"),
    ],
)
def test_a_bad_row_is_named_by_its_number(cells: dict[str, str], words: str) -> None:
    heads = [*COLUMNS, "Answer 1", "Value 1", "Feedback 1"]
    reading = workbook.read(heads, [(7, [cells.get(head) for head in heads])])
    assert [(one.line, words in one.text) for one in reading.problems] == [(7, True)]


def test_a_sheet_without_the_columns_is_refused() -> None:
    assert "it has: a, b" in workbook.read(["a", "b"], []).problems[0].text


def test_a_pattern_of_many_stars_ends() -> None:
    assert not matches("a" * 5000, "*a" * 40 + "b")  # backtracking would take longer than the universe has


def test_a_broken_stored_item_is_an_expected_failure() -> None:
    for stored in ({}, {"kind": "x"}, {"kind": "single"}, {"kind": "single", "stem": {"text": "q"}, "choices": 5}):
        with pytest.raises(codec.UnreadableItem):
            codec.from_json(stored)
