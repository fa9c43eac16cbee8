"""The trigger lexicon: every rule's examples, the guards, typing errors, hostile text, and the labelled messages."""

import csv
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.procedures.logic.lexicon import Label, Role, Rule
from nastavnik.procedures.logic.shipped import RULES, lexicon
from nastavnik.procedures.logic.spelling import Repairer, distance
from nastavnik.procedures.logic.text import normalise, sentences, without_quotes

MESSAGES = Path(__file__).resolve().parents[4] / "shared/data/trigger_messages_dev.csv"
RULE_IDS = [rule.id for rule in RULES]


def messages() -> list[dict[str, str]]:
    return list(csv.DictReader(MESSAGES.read_text(encoding="utf-8").splitlines()))


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


@pytest.mark.skipif(not MESSAGES.exists(), reason="the labelled messages live in ../shared, which is not here")
@pytest.mark.parametrize(("lang", "least"), [("ru", 0.85), ("en", 0.80)])
def test_with_four_percent_letter_noise_recall_stays_above_the_reference(lang: str, least: float) -> None:
    """The reference figures are .58 (ru) and .85 (en) on its own unseen set; this set is the development one."""
    dice = random.Random(7)
    rows = [row for row in messages() if row["lang"] == lang]
    triggers = [row["text"] for row in rows if row["label"] == "trigger"] * 20
    hits = sum(lexicon().detect(noisy(text, lang, dice)).label is Label.TRIGGER for text in triggers)
    others = [row["text"] for row in rows if row["label"] != "trigger"] * 20
    false = sum(lexicon().detect(noisy(text, lang, dice)).label is Label.TRIGGER for text in others)
    assert (hits / len(triggers) >= least, hits / (hits + false) >= 0.95) == (True, True)


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
