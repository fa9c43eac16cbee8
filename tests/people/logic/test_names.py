"""Names are found in Russian or Latin letters, with ё or е, in any case."""

import pytest

from nastavnik.people.logic.names import latin, search_form, search_text, sort_key


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Ёлкина  Анна", "елкина анна"),
        ("O'Brien", "o brien"),
        ("Римская-Корсакова", "римская-корсакова"),
        ("a_1", "a 1"),
    ],
)
def test_search_form_keeps_letters_digits_and_hyphens(text: str, form: str) -> None:
    assert search_form(text) == form


def test_latin_is_that_of_a_passport() -> None:
    assert latin("Щукина Юлия") == "shchukina yuliya"


def test_search_text_holds_both_spellings() -> None:
    assert search_text("Ёлкина", "", "A-001") == "елкина a-001 elkina a-001"
    assert search_text("Smith") == "smith"


def test_yo_sorts_right_after_ye() -> None:
    assert sorted(["Жук", "Ёлкин", "Ершов", "Еж"], key=sort_key) == ["Еж", "Ершов", "Ёлкин", "Жук"]
