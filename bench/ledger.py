"""The ledger: entries a second beside bare INSERTs, alone and with eight writers who use the same keys."""

import time
from collections.abc import Callable, Iterator
from threading import Barrier, Thread

from bench.homes import centre
from bench.rows import Row

WRITERS = 8


def run(quick: bool) -> Iterator[Row]:
    """Every post is its own transaction, as at the desk; the baseline inserts the same rows without any rule."""
    number = 200 if quick else 2000
    with centre(1):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(_BARE)
        bare, posts = _rate(_insert_bare, number, 1), _rate(_post("one"), number, 1)
        yield _row("posts to the ledger, one writer", posts, bare)
        bare, posts = _rate(_insert_bare, number // WRITERS, WRITERS), _rate(_post("each"), number // WRITERS, WRITERS)
        yield _row(f"posts to the ledger, {WRITERS} writers, own keys", posts, bare)
        yield from _equal_keys(number // WRITERS)


_BARE = """
CREATE TABLE bench_entry (id bigserial PRIMARY KEY, idem text UNIQUE, kind text, at timestamptz, memo text);
CREATE TABLE bench_posting (entry_id bigint, n int, account_id bigint, amount bigint, PRIMARY KEY (entry_id, n));
"""


def _insert_bare(writer: int, number: int) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        said = "INSERT INTO bench_entry (idem, kind, at, memo) VALUES (%s, 'goodwill', now(), '') RETURNING id"
        cursor.execute(said, [f"{time.monotonic_ns()}-{writer}-{number}"])
        [entry] = cursor.fetchone()
        cursor.execute("INSERT INTO bench_posting VALUES (%s, 1, 1, -10), (%s, 2, 2, 10)", [entry, entry])


def _post(name: str) -> Callable[[int, int], None]:
    """A credit of ten kopecks to a customer of the writer's own."""

    def post(writer: int, number: int) -> None:
        _credit(writer, f"{name}-{writer}-{number}")

    return post


_accounts: dict[int, tuple[int, int]] = {}


def _credit(writer: int, key: str) -> bool:
    from nastavnik.crisis.actions import ledger
    from nastavnik.crisis.logic.ledger import Leg
    from nastavnik.crisis.money_enums import EntryKind
    from nastavnik.kernel import clock

    source, target = _accounts.get(writer) or _accounts.setdefault(writer, _made(writer))
    legs = [Leg(source, -10), Leg(target, 10)]
    return ledger.post(idem=key, kind=EntryKind.GOODWILL, legs=legs, by=None, at=clock.now()).is_new


def _made(writer: int) -> tuple[int, int]:
    from nastavnik.crisis.actions import ledger
    from nastavnik.crisis.models import Customer
    from nastavnik.crisis.money_enums import AccountKind
    from nastavnik.kernel import clock

    customer, _first = Customer.objects.get_or_create(ext_id=f"bench-{writer}", defaults={"created_at": clock.now()})
    house = ledger.account(AccountKind.GOODWILL, "RUB")
    return house.pk, ledger.account(AccountKind.WALLET, "RUB", customer).pk


def _equal_keys(number: int) -> Iterator[Row]:
    from nastavnik.crisis.models import LedgerEntry

    new = [0] * WRITERS

    def post(writer: int, key: int) -> None:
        new[writer] += _credit(0, f"equal-{key}") if key >= 0 else 0

    rate = _rate(post, number, WRITERS)
    made = LedgerEntry.objects.filter(idem__startswith="equal-").count()
    yield Row(
        f"{WRITERS} writers with the same {number:,} keys", f"{made:,} entries at {rate:,.0f} calls a second",
        f"{number:,} keys", made / number, "= 1", made == number and sum(new) == number,
    )  # fmt: skip


def _rate(work: Callable[[int, int], None], number: int, writers: int) -> float:
    """Calls a second, all writers together."""
    together = Barrier(writers + 1)

    def write(writer: int) -> None:
        from django.db import connection

        try:
            work(writer, -1)  # the connection and the accounts are there before the clock starts
            together.wait()
            for n in range(number):
                work(writer, n)
        except BaseException:
            together.abort()  # nobody waits for a writer that failed
            raise
        finally:
            connection.close()

    threads = [Thread(target=write, args=(writer,)) for writer in range(writers)]
    for thread in threads:
        thread.start()
    together.wait()
    begun = time.monotonic()
    for thread in threads:
        thread.join()
    return number * writers / (time.monotonic() - begun)


def _row(name: str, posts: float, bare: float) -> Row:
    ratio = bare / posts
    return Row(name, f"{posts:,.0f} a second", f"{bare:,.0f} bare inserts", ratio, "<= 6", ratio <= 6)
