"""Rights, slots and the rail: small registries that upper apps fill."""

from collections.abc import Callable

import pytest
from django.utils.translation import override

from nastavnik.kernel import navigation, permissions, slots
from nastavnik.kernel.navigation import Place
from nastavnik.kernel.permissions import NotPermitted, permission, require
from nastavnik.kernel.slots import Panel


@pytest.fixture(autouse=True)
def own_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permissions, "_permissions", {})
    monkeypatch.setattr(slots, "_panels", {})
    monkeypatch.setattr(navigation, "_places", {})


def never(person: object, *objects: object) -> bool:
    return False


def is_anna(person: object, *objects: object) -> bool:
    return person == "anna"


def test_a_right_is_registered_with_a_sentence_and_required_by_it() -> None:
    check: Callable[..., bool] = permission("open the roster")(is_anna)
    assert [(p.name, p.meaning) for p in permissions.all_permissions()] == [("kernel.is_anna", "open the roster")]
    require(check, "anna")
    with pytest.raises(NotPermitted) as refused:
        require(check, "boris")
    assert str(refused.value) == (
        "You do not have the right to open the roster. Ask an administrator for a role that has it."
    )


def test_an_unregistered_predicate_refuses_by_its_own_name() -> None:
    with pytest.raises(NotPermitted, match="the right to never"):
        require(never, "anna")


def test_panels_come_in_order_and_only_to_those_they_are_for() -> None:
    slots.register("page.panels", Panel("b.late", "Late", "kernel:glossary", 20))
    slots.register("page.panels", Panel("c.hidden", "Hidden", "kernel:glossary", 5, never))
    slots.register("page.panels", Panel("a.early", "Early", "kernel:glossary", 10))
    slots.register("page.panels", Panel("d.hers", "Hers", "kernel:glossary", 30, is_anna))
    assert [panel.name for panel in slots.panels("page.panels", "anna")] == ["a.early", "b.late", "d.hers"]
    assert [panel.name for panel in slots.panels("page.panels", "boris")] == ["a.early", "b.late"]
    assert slots.panels("page.other", "anna") == []
    assert slots.all_slots() == {"page.panels": ["a.early", "b.late", "c.hidden", "d.hers"]}


def test_registering_twice_replaces() -> None:
    slots.register("page.panels", Panel("a.one", "Old", "kernel:glossary"))
    slots.register("page.panels", Panel("a.one", "New", "kernel:glossary"))
    assert [panel.title for panel in slots.panels("page.panels", None)] == ["New"]


def test_the_rail_groups_places_as_the_loop_and_hides_what_is_not_allowed() -> None:
    navigation.register(Place(navigation.RUN, "Help", "kernel:help-index", "info", 90))
    navigation.register(Place(navigation.WORK, "Words", "kernel:glossary", "info", 20))
    navigation.register(Place(navigation.WORK, "Inbox", "kernel:inbox-list", "inbox", 10))
    navigation.register(Place(navigation.DECIDE, "Secret", "kernel:glossary", "info", 10, never))
    navigation.register(Place(navigation.WORK, "Words", "kernel:glossary", "info", 20))
    with override("en"):
        rail = [(str(group.title), [str(item.title) for item in group.items]) for group in navigation.groups("anna")]
    assert rail == [("Work", ["Inbox", "Words"]), ("Run", ["Help"])]
