"""Tables of the assessment app."""

from nastavnik.assessment.models.attempts import Answer, Attempt
from nastavnik.assessment.models.exams import Exam, Exposure, Form, FormItem, Sitting
from nastavnik.assessment.models.imports import ItemImport
from nastavnik.assessment.models.items import Item, ItemVersion, Tag
from nastavnik.assessment.models.results import ItemResult, Result
from nastavnik.assessment.models.topics import Topic

__all__ = [
    "Answer",
    "Attempt",
    "Exam",
    "Exposure",
    "Form",
    "FormItem",
    "Item",
    "ItemImport",
    "ItemResult",
    "ItemVersion",
    "Result",
    "Sitting",
    "Tag",
    "Topic",
]
