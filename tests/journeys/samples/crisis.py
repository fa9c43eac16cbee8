"""Addresses of this room in the walk."""

from typing import Any

SAMPLES: dict[str, list[dict[str, Any]]] = {}
PUBLIC: dict[str, str] = {}


def plant(centre: Any) -> None:
    """Records of people of several teams, so that the walk would see them leak."""
