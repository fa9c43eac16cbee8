"""Names are invented, agree in gender, and nobody bears another one's."""

from itertools import islice

from nastavnik.demo.names import (
    FAMILIES,
    FATHERS,
    OTHER_FAMILIES,
    OTHER_FATHERS,
    OTHER_MEN,
    OTHER_WOMEN,
    WOMEN,
    feminine,
    names,
)


def some(number: int, seed: int = 1) -> list:
    return list(islice(names(seed), number))


def test_equal_seeds_give_equal_names_and_other_seeds_others() -> None:
    assert some(50) == some(50)
    assert some(50) != some(50, seed=2)


def test_three_thousand_people_have_three_thousand_different_names() -> None:
    assert len({(name.family, name.given) for name in some(3000)}) == 3000


def test_every_name_is_made_of_our_own_lists_alone() -> None:
    families = {*FAMILIES, *OTHER_FAMILIES}
    families |= {feminine(family) for family in families}
    given = {*WOMEN, *OTHER_WOMEN, *OTHER_MEN, *(father[0] for father in FATHERS)}
    patronymics = {part for father in (*FATHERS, *OTHER_FATHERS) for part in father[1:]}
    for name in some(3000):
        assert name.family in families
        assert name.given in given
        assert name.patronymic in patronymics


def test_family_name_given_name_and_patronymic_agree_in_gender() -> None:
    for name in some(2000):
        assert name.patronymic.endswith("на") == name.woman
        assert (name.given in {*WOMEN, *OTHER_WOMEN}) == name.woman
        if not name.woman:
            assert not name.family.endswith(("ова", "ева", "ина", "ая"))


def test_womens_family_names_are_formed_as_russian_forms_them() -> None:
    formed = [feminine(name) for name in ("Грачёв", "Дальский", "Подгорный", "Речной", "Лебяжий", "Асланян", "Ледяных")]
    assert formed == ["Грачёва", "Дальская", "Подгорная", "Речная", "Лебяжья", "Асланян", "Ледяных"]


def test_everybody_has_a_name_in_latin_letters() -> None:
    assert all(name.in_latin.isascii() and len(name.in_latin.split()) == 2 for name in some(500))
