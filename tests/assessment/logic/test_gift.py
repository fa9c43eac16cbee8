"""GIFT: the samples exactly, the rules one by one, and bad questions by their lines."""

import json
from pathlib import Path

import pytest

from nastavnik.assessment.logic.formats import gift, gift_reading
from nastavnik.assessment.logic.formats.drafts import Draft
from nastavnik.assessment.logic.items import Case, Gap, Multiple, Ordering, Single, TrueFalse
from nastavnik.assessment.logic.texts import rich

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "gift_dev"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.gift"))
pytestmark = pytest.mark.skipif(not NAMES, reason="../shared/data/gift_dev is not on this machine")


@pytest.mark.parametrize("name", NAMES or ["absent"])
def test_the_sample_reads_as_its_json_and_comes_back(name: str) -> None:
    text, expected = (SAMPLES / f"{name}.gift").read_text(), json.loads((SAMPLES / f"{name}.json").read_text())
    assert [found.question for found in gift_reading.read(text)] == expected
    reading = gift.read(text)
    assert list(reading.shown) == [one for one in expected if one["type"] not in ("Category", "Description")]
    written = gift.write(reading.drafts, reading.topics)
    assert written.left_out == ()
    assert list(gift.read(written.text).shown) == list(reading.shown)
    if expected[0]["type"] == "Category":
        assert [found.question for found in gift_reading.read(written.text)] == expected


def test_all_twenty_samples_are_there() -> None:
    assert len(NAMES) == 20


BAD = [
    ("Q {=a ~b\n\nGood {T}", 1, "no closing one before the blank line"),
    ("Good {T}\n\nline\nx } y", 4, "closing brace without an opening one"),
    ("\n\n:: title {T}", 3, "is not closed with ::"),
    ("Q {#abc}", 1, "“abc” is no number"),
    ("Q {#5:-1}", 1, "below nothing"),
    ("Q {#5..1}", 1, "begins above its end"),
    ("Q {\n=a\n~%200%b\n}", 3, "A weight must be"),
    ("Q {\n=a\n~%x%b\n}", 3, "A weight must be"),
    ("Q {\n=a\n~\n}", 3, "An answer has no text"),
    ("Q {=a {b}}", 1, "second opening brace"),
    ("Q {a ~b}", 1, "must begin with = or ~"),
    ("Q {# a =5}", 1, "must begin with = or ~"),
    ("Q {T#1#2#3}", 1, "at most two feedbacks"),
    ("Q {=a#1#2 ~b}", 1, "more than one feedback"),
    ("Q {=a} and {=b}", 1, "more than one block"),
    ("Q {=a} and }", 1, "closing brace without"),
    ("Q {=a -> b =c -> }", 1, "An answer has no text"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), BAD)
def test_a_bad_question_is_named_by_its_line_and_stops_nothing(text: str, line: int, words: str) -> None:
    reading = gift.read(f"{text}\n\nThe last one {{T}}\r\n")
    assert [problem.line for problem in reading.problems] == [line]
    assert words in reading.problems[0].text
    assert reading.drafts[-1].item == TrueFalse(stem=rich("The last one", "moodle"), is_true=True)


def test_categories_and_descriptions_are_no_items() -> None:
    reading = gift.read("$CATEGORY: $course$/top/Refunds/A//B\n\nOnly text\n\nQ {T}\n\n$CATEGORY: Other\nP {F}")
    assert (reading.read, reading.descriptions) == (2, 1)
    assert [draft.topic for draft in reading.drafts] == [("Refunds", "A/B"), ("Other",)]


def test_the_first_feedback_of_a_truth_answers_the_wrong_answer() -> None:
    """As Moodle reads and writes it, whichever of the two is right."""
    yes, no = (gift.read(f"Q {{{word}#wrong#right}}").drafts[0].item for word in ("TRUE", "FALSE"))
    assert isinstance(yes, TrueFalse)
    assert isinstance(no, TrueFalse)
    assert (yes.if_true, yes.if_false) == (rich("right", "moodle"), rich("wrong", "moodle"))
    assert (no.if_true, no.if_false) == (rich("wrong", "moodle"), rich("right", "moodle"))


def test_weights_alone_make_several_choices_and_a_sign_makes_one() -> None:
    several, one = (draft.item for draft in gift.read("Q {~%50%a ~%50%b ~c}\n\nQ {=a ~%50%b}").drafts)
    assert (type(several), type(one)) == (Multiple, Single)


def test_an_answer_inside_the_text_leaves_a_gap() -> None:
    item = gift.read("Срок — {=три дня} со звонка.").drafts[0].item
    assert isinstance(item, Gap)
    assert item.stem.text == "Срок — _____ со звонка."


def test_a_catch_all_number_keeps_its_feedback() -> None:
    (question,) = gift.read("Q {#=5:0 ~#no}").shown
    assert question["choices"][1]["text"] == {"format": "moodle", "text": "*"}


def test_what_gift_cannot_hold_is_left_out_with_the_reason() -> None:
    steps = Ordering(stem=rich("q"), steps=(rich("a"), rich("b")))
    two_gaps = Gap(stem=rich("_____ _____"), gaps=((), ()))
    written = gift.write([Draft(steps), Draft(two_gaps), Draft(Case(stem=rich("s"), parts=()))])
    assert written.text == ""
    assert [reason for _draft, reason in written.left_out] == [gift.NO_KIND, gift.ONE_GAP, gift.NO_KIND]
