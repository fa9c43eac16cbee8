"""Help in the product: every kind of record has its page, every word its meaning, in both languages."""

import pytest
from django.test import Client

from nastavnik.kernel.web import help as help_pages
from nastavnik.people.models import Person, Team

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["en", "ru"])
def reader(request: pytest.FixtureRequest) -> Client:
    client = Client(headers={"accept-language": request.param})
    client.force_login(Person.objects.create(code="A-1", login="anna", family_name="Anna", language=request.param))
    return client


def test_every_help_page_opens(reader: Client) -> None:
    index = reader.get("/help/").content.decode()
    for word in help_pages.words():
        if word.model:
            room, name = word.help_url_parts
            address = f"/help/{room}/{name}/"
            assert f'href="{address}"' in index
            assert reader.get(address).status_code == 200


def test_the_glossary_finds_a_word_in_either_language(reader: Client) -> None:
    for text in ("грейд", "ГРЕЙД", "grade"):
        page = reader.get("/help/words/", {"q": text}).content.decode()
        assert "/help/words/grade/" in page
        assert "/help/words/roster/" not in page
    assert "/help/words/grade/" not in reader.get("/help/words/", {"q": "нет такого"}).content.decode()


def test_a_word_opens_as_a_page_and_as_a_fragment(reader: Client) -> None:
    assert "<html" in reader.get("/help/words/grade/").content.decode()
    fragment = reader.get("/help/words/grade/", headers={"hx-request": "true"}).content.decode()
    assert ("<html" in fragment, "/help/people/grade/" in fragment) == (False, True)


@pytest.mark.parametrize("address", ["/help/people/nothing/", "/help/auth/user/", "/help/words/nothing/"])
def test_there_is_no_help_about_what_does_not_exist(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404


def test_the_list_of_fields_is_the_models_own() -> None:
    assert [str(field.title) for field in help_pages.fields_of(Team)] != []
    assert "public id" not in [str(field.title) for field in help_pages.fields_of(Person)]
