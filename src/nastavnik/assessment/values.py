"""The value types higher rooms write items and blueprints with; `logic` itself stays private."""

from nastavnik.assessment.logic.blueprint import Blueprint, Line
from nastavnik.assessment.logic.items import Choice, Single
from nastavnik.assessment.logic.texts import rich

__all__ = ["Blueprint", "Choice", "Line", "Single", "rich"]
