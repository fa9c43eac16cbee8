"""Addresses of this room in the walk."""

from typing import Any

SAMPLES: dict[str, list[dict[str, Any]]] = {
    "assessment:attempt-page": [{"public_id": "no-such-attempt", "page": 1}],
    "assessment:exam-take": [{"code": "walked"}, {"code": "no-such-exam"}],
}
PUBLIC: dict[str, str] = {}


def plant(centre: Any) -> None:
    """Records of people of several teams, so that the walk would see them leak."""
