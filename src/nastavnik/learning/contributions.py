"""What the learning app puts into the frame: places in the rail, panels, presenters of the journal."""

from nastavnik.learning import certificate_presenters  # noqa: F401 - they register presenters of the journal
