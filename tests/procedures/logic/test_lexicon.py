"""The trigger lexicon: every rule's examples, the guards, typing errors, hostile text, and the labelled messages."""

import csv
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.procedures.logic.lexicon import Label, Lexicon, Role, Rule
from nastavnik.procedures.logic.needs import alternatives, needs, too_slow
from nastavnik.procedures.logic.shipped import RULES, lexicon
from nastavnik.procedures.logic.spelling import Repairer, distance
from nastavnik.procedures.logic.text import normalise, sentences, without_quotes

MESSAGES = Path(__file__).resolve().parents[4] / "shared/data/trigger_messages_dev.csv"
UNSEEN = sorted(Path(__file__).parent.glob("unseen*.csv"))
RULE_IDS = [rule.id for rule in RULES]


def messages() -> list[dict[str, str]]:
    return list(csv.DictReader(MESSAGES.read_text(encoding="utf-8").splitlines()))


def written_by_us() -> list[dict[str, str]]:
    """Angry refund seekers and innocents who sound like them, written before the rules had seen them.

    At first sight, file by file: ru precision .95 / .81 / .83, recall .75 / .87 / .83; en precision 1.00 / .86 / .78,
    recall .87 / .67 / .88. The rules have learnt from them since.
    """
    return [row for file in UNSEEN for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())]


@pytest.mark.parametrize("rule", RULES, ids=RULE_IDS)
def test_a_rule_matches_what_it_must_and_has_examples_of_both_kinds(rule: Rule) -> None:
    assert [text for text in rule.must_match if not re.search(rule.pattern, normalise(text))] == []
    assert rule.must_match
    assert rule.must_not_match


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.role is Role.TRIGGER], ids=lambda rule: rule.id)
def test_what_a_trigger_rule_must_not_match_is_no_trigger(rule: Rule) -> None:
    assert [text for text in rule.must_not_match if lexicon().detect(text).label is Label.TRIGGER] == []


def test_rule_ids_are_unique() -> None:
    assert sorted(set(RULE_IDS)) == sorted(RULE_IDS)


@pytest.mark.skipif(not MESSAGES.exists(), reason="the labelled messages live in ../shared, which is not here")
def test_the_labelled_messages_get_their_labels() -> None:
    rows = messages()
    assert {row["id"]: lexicon().detect(row["text"]).label.value for row in rows} == {r["id"]: r["label"] for r in rows}


@pytest.mark.parametrize("row", written_by_us(), ids=lambda row: row["id"])
def test_refusals_are_told_from_what_merely_sounds_like_them(row: dict[str, str]) -> None:
    found = lexicon().detect(row["text"]).label
    assert (found is Label.TRIGGER) == (row["label"] == "trigger")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Преподаватель сказал «не тратьте мое время» и вышел", Label.QUOTED),
        ("Муж говорит, что не надо нас уговаривать", Label.QUOTED),
        ("я не передумаю, верните деньги", Label.TRIGGER),
        ("я передумала, остаюсь", Label.UNDECIDED),
        ("не трaтьтe мое врeмя", Label.TRIGGER),  # Latin a and e inside Russian words
        ("не тратьте\u200b мо\u00adё время", Label.TRIGGER),  # invisible characters
        ("НЕ   ТРАТЬТЕ    МОЁ ВРЕМЯ!!!", Label.TRIGGER),
        ("", Label.OTHER),
    ],
)
def test_guards_and_disguises(text: str, label: Label) -> None:
    assert lexicon().detect(text).label is label


def test_a_weak_phrase_needs_a_word_of_refunding_or_an_open_case() -> None:
    weak = "я же сказала, нет"
    assert [lexicon().detect(weak, open_case=case).label for case in (False, True)] == [Label.OTHER, Label.TRIGGER]


def test_typing_errors_in_long_words_are_repaired() -> None:
    repairer = Repairer(["уговаривать", "время", "деньги"])
    assert repairer.repair("не уговривать, вермя дентги дом") == "не уговаривать, время деньги дом"


@pytest.mark.parametrize(
    ("left", "right", "edits"), [("кот", "кот", 0), ("кот", "кто", 1), ("ток", "то", 1), ("а", "б", 1), ("", "аб", 2)]
)
def test_distance_counts_a_swap_of_neighbours_as_one(left: str, right: str, edits: int) -> None:
    assert distance(left, right) == edits


@pytest.mark.parametrize(("lang", "recall", "precision"), [("ru", 0.85, 0.95), ("en", 0.80, 0.95)])
def test_with_four_percent_letter_noise_refusals_are_still_found(lang: str, recall: float, precision: float) -> None:
    """The reference reaches .58 and .85 of refusals with a precision of .96 and 1.00, on a set of its own."""
    dice = random.Random(7)
    rows = [row for row in [*written_by_us(), *(messages() if MESSAGES.exists() else [])] if row["lang"] == lang] * 8
    found = [(row["label"], lexicon().detect(noisy(row["text"], lang, dice)).label.value) for row in rows]
    hits = found.count(("trigger", "trigger"))
    alarms = sum(seen == "trigger" for _label, seen in found)
    assert (hits / sum(label == "trigger" for label, _seen in found) >= recall, hits / alarms >= precision) == (
        True,
        True,
    )


def noisy(text: str, lang: str, dice: random.Random) -> str:
    """Each letter is dropped, replaced, doubled by another or kept; 4 of 100 change."""
    letters = "абвгдежзийклмнопрстуфхцчшщъыьэюя" if lang == "ru" else "abcdefghijklmnopqrstuvwxyz"

    def typed(letter: str) -> str:
        if not letter.isalpha() or dice.random() >= 0.04:
            return letter
        return dice.choice(["", dice.choice(letters), letter + dice.choice(letters)])

    return "".join(map(typed, text))


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_pipeline(text: str) -> None:
    assert lexicon().detect(text).label in set(Label)
    assert all(sentences(without_quotes(normalise(text))))


def test_a_huge_message_is_judged_by_its_first_four_thousand_characters() -> None:
    assert lexicon().detect("не надо " * 100_000 + "меня уговаривать").label is Label.OTHER


@pytest.mark.parametrize("rule", RULES, ids=RULE_IDS)
def test_no_shipped_pattern_can_take_for_ever(rule: Rule) -> None:
    assert (too_slow(rule.pattern), too_slow(rule.unless)) == ("", "")


WORDS = sorted({word for rule in RULES for text in (*rule.must_match, *rule.must_not_match) for word in text.split()})


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.sampled_from([t for r in RULES for t in r.must_match]), st.lists(st.sampled_from(WORDS)).map(" ".join))
)
def test_looking_words_up_first_misses_nothing_that_a_plain_search_finds(text: str) -> None:
    """What a pattern needs is there whenever the pattern matches: skipping searches never changes a label."""
    plain = normalise(text)
    for part in lexicon()._parts:
        if part.pattern.search(plain):
            assert part.may_match(lexicon()._book.look(plain)[0])


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("решени[еяю] (?:принят|окончат)", [{"окончат", "принят"}, {"решени"}]),
        (r"не\s?буду", [{"буду"}, {"не"}]),
        ("(?:ждем)?верните", [{"верните"}]),
        ("(?:деньги|.)", []),
        (r"\w+", []),
    ],
)
def test_what_a_pattern_needs_is_read_off_its_form(pattern: str, found: list[set[str]]) -> None:
    assert sorted(map(sorted, needs(pattern))) == sorted(map(sorted, found))


def test_a_pattern_is_cut_at_its_outermost_alternatives() -> None:
    assert alternatives(r"а(?:б|в)|[|]г|\|д") == ["а(?:б|в)", "[|]г", r"\|д"]


@pytest.mark.parametrize(
    "pattern",
    [r"(\w+\s?)+!", "(а+)+б", "(?:а|аа)*б", "(а*)*", r"(\w+)\s\1", "(", "а{1,500}", "(?:[а-я]{0,9}\\s){0,99}"],
)
def test_patterns_that_could_take_for_ever_are_refused_by_their_structure(pattern: str) -> None:
    assert too_slow(pattern) != ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Слушайте,  НЕ ТРАТЬТЕ моё время!", "НЕ ТРАТЬТЕ моё время!"),
        ("«Ага»\nНе надо меня угаваривать, верните", "Не надо меня угаваривать,"),
        ("Добрый день", None),
    ],
)
def test_the_words_found_are_shown_in_the_message_as_it_was_written(text: str, shown: str | None) -> None:
    span = lexicon().detect(text).span_in(text)
    assert (text[span[0] : span[1]] if span else None) == shown


def test_a_rule_is_silent_where_its_guard_stands_in_the_same_sentence() -> None:
    rules = [
        Rule("a", "ru", Role.TRIGGER, r"решение принято", unless="жюри"),
        Rule("b", "ru", Role.CONTEXT, "возврат"),
    ]
    texts = ["решение принято", "решение принято жюри", "это жюри. а вот решение принято"]
    assert [Lexicon(rules, "1").detect(text).label.value for text in texts] == ["trigger", "other", "trigger"]
