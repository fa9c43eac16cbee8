"""Markdown of authors under the title of a page."""

import re

import pytest

from nastavnik.content.web import rich


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A\n\n## B\n\n# C", ["2", "3", "2"]),
        ("## A\n\n### B", ["2", "3"]),
        ("### A\n\n###### B", ["2", "5"]),
        ("no headings", []),
    ],
)
def test_the_highest_headings_come_right_under_the_title_of_the_page(text: str, levels: list[str]) -> None:
    assert re.findall(r"<h(\d)>", rich.html(text, lambda _name: None)) == levels
