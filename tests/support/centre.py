"""Fixtures of the small centre of tests/metrics/world.py, built once a module. Conftests import them.

The rows are committed and the tables emptied afterwards: each test still runs in a transaction of its own.
Django is set up after conftests are read, so it is imported inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from tests.metrics.world import World


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Path]]:
    """The centre, and the folder of its facts."""
    from django.core.management import call_command
    from django.test import override_settings

    from nastavnik.kernel import clock
    from tests.metrics.world import NOW, build

    folder = tmp_path_factory.mktemp("centre")
    with django_db_blocker.unblock():
        try:
            with override_settings(FACTS_DIR=folder), clock.frozen(NOW):
                yield build(), folder
        finally:
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def world(db: None, built: tuple[World, Path], settings: SettingsWrapper, facts_dir: Path) -> Iterator[World]:
    from nastavnik.kernel import clock
    from tests.metrics.world import NOW

    settings.FACTS_DIR = built[1]
    with clock.frozen(NOW):
        yield built[0]


@pytest.fixture
def client_of(world: World) -> Callable[[str], Client]:
    """A client logged in as one of the world's people, reading English."""
    from django.test import Client

    def enter(who: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(world.people[who])
        return client

    return enter
