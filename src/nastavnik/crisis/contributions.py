"""What the crisis app puts into the frame: places in the rail, panels, presenters of the journal."""

from nastavnik.crisis import (
    money_contributions,  # noqa: F401 - the money side registers its own
    presenters,  # noqa: F401 - it registers presenters of the journal
)
