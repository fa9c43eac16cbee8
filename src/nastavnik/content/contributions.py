"""What the content app puts into the frame: places in the rail, panels, presenters of the journal."""

from nastavnik.content import presenters  # noqa: F401 - it registers presenters of the journal
