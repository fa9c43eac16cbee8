"""The small centre of tests/metrics/world.py, and browsers of its people. Django is set up after conftests are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from tests.metrics.world import World


@pytest.fixture
def frozen() -> Iterator[None]:
    from nastavnik.kernel import clock
    from tests.metrics.world import NOW

    with clock.frozen(NOW):
        yield


@pytest.fixture
def world(db: None, frozen: None) -> World:
    from tests.metrics.world import build

    return build()


@pytest.fixture
def client_of(world: World) -> Callable[[str], Client]:
    """A client logged in as one of the world's people, reading English."""
    from django.test import Client

    def enter(who: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(world.people[who])
        return client

    return enter
