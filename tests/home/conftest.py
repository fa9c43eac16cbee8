"""The first page and the search are tested on the small centre."""

from tests.support.centre import built, client_of, world

__all__ = ["built", "client_of", "world"]
