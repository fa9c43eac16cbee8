"""Expected failures say what happened in their docstring, and are said in the reader's language at the edge."""

from django.utils.translation import gettext_lazy, override

from nastavnik.kernel.errors import Conflict, DomainError, Forbidden, InvalidInput, NotFound
from nastavnik.kernel.permissions import NotPermitted
from nastavnik.kernel.web.messages import explain


class RosterFull(DomainError):
    """The roster of {day} has room for {room} people,
    and all places are taken.
    """


def test_the_docstring_is_the_message_on_one_line() -> None:
    error = RosterFull(day="23 Nov", room=12)
    assert str(error) == "The roster of 23 Nov has room for 12 people, and all places are taken."
    assert error.params == {"day": "23 Nov", "room": 12}


def test_another_message_may_be_given() -> None:
    assert str(InvalidInput("Row {row} has no person.", row=7)) == "Row 7 has no person."


def test_a_message_without_parameters_may_hold_braces() -> None:
    assert str(InvalidInput("Write {name} in the heading.")) == "Write {name} in the heading."


def test_every_kind_of_failure_is_a_domain_error_of_its_own() -> None:
    assert [kind.__mro__[1] for kind in (Forbidden, NotFound, InvalidInput, Conflict)] == [DomainError] * 4


def test_the_edge_translates_the_template_and_then_fills_it() -> None:
    error = NotPermitted(meaning=gettext_lazy("edit the targets"))
    with override("ru"):
        assert explain(error) == (
            "У вас нет права «менять цели». Попросите администратора назначить роль с этим правом."
        )
    with override("en"):
        assert explain(error) == (
            "You do not have the right to edit the targets. Ask an administrator for a role that has it."
        )
