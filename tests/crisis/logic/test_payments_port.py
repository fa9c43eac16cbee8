import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.crisis.logic.payments_port import BadPayment, major_units, minor_units, read

ROW = {"ref": "R-1", "paid_at": "2026-11-23T12:00:00+03:00", "payer": "79", "amount": "1990.00", "currency": "rub"}


def test_a_line_is_read() -> None:
    found = read({**ROW, "instalment": "1", "invoice": " S-1 "}, 2)
    assert (found.ref, found.amount, found.currency, found.is_instalment, found.invoice) == (
        "R-1", 199_000, "RUB", True, "S-1",
    )  # fmt: skip


@pytest.mark.parametrize(
    "fault",
    [
        {"ref": ""},
        {"amount": "0"},
        {"amount": "-5"},
        {"amount": "1.005"},
        {"amount": "NaN"},
        {"amount": "Infinity"},
        {"amount": "много"},
        {"amount": "99999999999999999999"},
        {"currency": "рубли"},
        {"paid_at": "2026-11-23T12:00:00"},
        {"paid_at": "вчера"},
    ],
)
def test_a_bad_line_is_refused_with_its_number(fault: dict[str, str]) -> None:
    with pytest.raises(BadPayment) as caught:
        read({**ROW, **fault}, 7)
    assert caught.value.params["line"] == 7


@given(st.integers(1, 10**15))
def test_amounts_survive_the_way_through_a_file(amount: int) -> None:
    assert minor_units(major_units(amount), 1) == amount
