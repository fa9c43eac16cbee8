from collections.abc import Callable

from django.test import Client

from tests.metrics.world import World


def test_board_opens(world: World, client_of: Callable[[str], Client]) -> None:
    page = client_of("head").get("/metrics/")
    assert page.status_code == 200
    print(page.content.decode()[:6000])
