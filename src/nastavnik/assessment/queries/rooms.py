"""How an attempt stands right now: one statement."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from nastavnik.assessment.enums import AttemptState

_STANDING = """
SELECT t.state, t.deadline_at, coalesce(max(a.sequence), 0),
       coalesce(jsonb_object_agg(a.position, a.value) FILTER (WHERE a.position IS NOT NULL), '{}')::text
FROM assessment_attempt t
LEFT JOIN LATERAL (
    SELECT DISTINCT ON (position) position, value, sequence FROM assessment_answer
    WHERE attempt_id = t.id ORDER BY position, sequence DESC
) a ON TRUE
WHERE t.id = %s GROUP BY t.id
"""


@dataclass(frozen=True)
class Standing:
    """State and deadline of an attempt, its last sequence, the answers that count by position in the form."""

    state: str
    deadline_at: datetime
    sequence: int
    answers: dict[int, Any]

    def is_open(self, at: datetime) -> bool:
        return self.state == AttemptState.OPEN and at < self.deadline_at

    def seconds_left(self, at: datetime) -> int:
        return max(int((self.deadline_at - at).total_seconds()), 0)


def standing(attempt_id: int) -> Standing:
    """State and answers of an attempt."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [attempt_id])
        state, deadline_at, sequence, answers = cursor.fetchone()
    return Standing(state, deadline_at, sequence, {int(place): one for place, one in json.loads(answers).items()})
