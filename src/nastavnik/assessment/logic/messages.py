"""Marks sentences of pure logic for translation; the edge translates them when it shows them."""


def gettext_noop(text: str) -> str:
    """The text itself. Named as Django's, so that the extraction of messages finds it."""
    return text
