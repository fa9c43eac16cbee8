"""What the learning app puts into the frame: places in the rail, panels, presenters of the journal."""

from nastavnik.learning import (  # noqa: F401 - they register themselves
    certificate_presenters,
    programme_presenters,
    requirement_kinds,
)
