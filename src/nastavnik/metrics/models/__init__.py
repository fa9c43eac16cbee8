"""Tables of the metrics app."""

from nastavnik.metrics.models.cells import Cell, FactDay, TalliedDay, UnitCell
from nastavnik.metrics.models.imports import ImportRun, Mapping
from nastavnik.metrics.models.targets import Target

__all__ = ["Cell", "FactDay", "ImportRun", "Mapping", "TalliedDay", "Target", "UnitCell"]
