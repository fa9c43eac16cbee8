"""Tables of the metrics app."""

from nastavnik.metrics.models.cells import Cell, CellEdition, FactDay, TalliedDay, UnitCell
from nastavnik.metrics.models.imports import ImportRun, Mapping
from nastavnik.metrics.models.targets import Target

__all__ = ["Cell", "CellEdition", "FactDay", "ImportRun", "Mapping", "TalliedDay", "Target", "UnitCell"]
