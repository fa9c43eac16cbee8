"""Strangers' texts."""

import pytest

from nastavnik.crisis.logic.texts import hides_direction, is_question, is_thanks, stored, visible


def test_signs_that_turn_the_writing_are_seen() -> None:
    text = "перевод на 10\u202e000 рублей"
    assert (hides_direction(text), visible(text)) == (True, "перевод на 10\u2409000 рублей")
    assert not hides_direction("обычный текст, plain text")


def test_control_characters_are_not_kept_and_line_ends_are() -> None:
    assert stored("a\x00b\x1b[31m\r\nc\u200b\td") == "ab[31m\nc\td"
    assert len(stored("я" * 50_000)) == 20_000


@pytest.mark.parametrize(
    "text",
    [
        "Спасибо!",
        "спасибо большое",
        "Хорошо, спасибо вам за помощь",
        "Ок, благодарю",
        "Thanks a lot!",
        "Thank you",
        "До свидания",
    ],
)
def test_thanks_ask_for_no_answer(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Спасибо, но верните деньги",
        "Спасибо, а когда?",
        "Нет, спасибо не скажу",
        "верните деньги",
        "Thanks but no, refund me",
    ],
)
def test_what_goes_on_after_thanks_does(text: str) -> None:
    assert not is_thanks(text)


def test_a_question_ends_with_its_mark() -> None:
    assert [is_question(text) for text in ("Когда?", "Когда? )", "Когда. Скажите", "")] == [True, True, False, False]
