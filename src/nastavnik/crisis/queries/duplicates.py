"""The rule of double payments in SQL: the same as `logic.duplicates`, over the index (payer, amount, paid)."""

from datetime import datetime

from django.db import connection

from nastavnik.crisis.logic.duplicates import WINDOW

_PAIRS = """
SELECT DISTINCT ON (b.id) a.id, b.id
FROM crisis_payment b
JOIN crisis_payment a
    ON a.payer = b.payer AND a.amount = b.amount AND a.currency = b.currency
    AND a.paid_at <= b.paid_at AND a.paid_at >= b.paid_at - make_interval(secs => %s)
    AND (a.paid_at, a.id) < (b.paid_at, b.id)
    AND (a.provider, a.ref) <> (b.provider, b.ref)
    AND (a.invoice = b.invoice OR a.invoice = '' OR b.invoice = '')
WHERE b.paid_at >= %s AND b.payer <> '' AND NOT a.is_instalment AND NOT b.is_instalment
    AND NOT EXISTS (SELECT 1 FROM crisis_duplicatecandidate d WHERE d.second_id = b.id)
ORDER BY b.id, a.paid_at DESC, a.id DESC
"""


def pairs_since(since: datetime) -> list[tuple[int, int]]:
    """(first, second) payment ids: each new twin with the nearest earlier payment it repeats."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [int(WINDOW.total_seconds()), since])
        return [(first, second) for first, second in cursor.fetchall()]
