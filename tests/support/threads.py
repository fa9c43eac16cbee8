"""The same work in several connections at once, for tests of races."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection


def in_threads(work: Callable[[int], object], threads: int = 8) -> list[BaseException]:
    """Run `work(number)` in as many threads, all starting together; returns what was raised."""
    raised: list[BaseException] = []
    together = Barrier(threads)

    def run(number: int) -> None:
        try:
            together.wait()
            work(number)
        except BaseException as error:  # reported to the test
            raised.append(error)
        finally:
            connection.close()

    workers = [Thread(target=run, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return raised
