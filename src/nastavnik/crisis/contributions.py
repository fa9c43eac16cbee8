"""What the crisis app puts into the frame: places in the rail, panels, presenters of the journal."""

from nastavnik.crisis import money_presenters, presenters  # noqa: F401 - they register presenters of the journal
