"""Tables of the assessment app."""

from nastavnik.assessment.models.imports import ItemImport
from nastavnik.assessment.models.items import Item, ItemVersion, Tag
from nastavnik.assessment.models.topics import Topic

__all__ = ["Item", "ItemImport", "ItemVersion", "Tag", "Topic"]
