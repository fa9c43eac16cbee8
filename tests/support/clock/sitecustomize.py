"""Python runs this file at its start when its folder is on PYTHONPATH: the product's clock stands where a file says.

For tests in which a running site must live through a year. Only `nastavnik.kernel.clock` moves; the machine's time, and
with it sessions, cookies and jobs, stays.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nastavnik.kernel import clock


def _now() -> datetime:
    shift = timedelta(seconds=float(Path(os.environ["NASTAVNIK_TEST_CLOCK"]).read_text()))
    return clock._frozen.get() or datetime.now(UTC) + shift


if "NASTAVNIK_TEST_CLOCK" in os.environ:
    clock.now = _now
