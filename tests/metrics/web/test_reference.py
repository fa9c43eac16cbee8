"""The printed reference of metrics is the catalogue."""

from scripts.render_metrics import PAGE, render


def test_the_reference_lists_the_catalogue_as_it_is() -> None:
    assert PAGE.read_text() == render()
