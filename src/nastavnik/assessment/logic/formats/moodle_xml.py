"""Moodle XML, both ways."""

from nastavnik.assessment.logic.formats.moodle_read import read
from nastavnik.assessment.logic.formats.moodle_write import write

__all__ = ["read", "write"]
