"""What the procedures app puts into the frame: places in the rail, panels, presenters of the journal."""

from nastavnik.procedures import presenters  # noqa: F401 - it registers presenters of the journal
