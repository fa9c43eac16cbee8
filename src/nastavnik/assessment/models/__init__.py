"""Tables of the assessment app."""

from nastavnik.assessment.models.analysis import CalibrationRun, Equating, ItemAlarm, ResultFact, Signal
from nastavnik.assessment.models.attempts import Answer, Attempt
from nastavnik.assessment.models.exams import Exam, Exposure, Form, FormItem, Sitting
from nastavnik.assessment.models.imports import ItemImport
from nastavnik.assessment.models.items import Item, ItemVersion, Tag
from nastavnik.assessment.models.marking import Appeal, Mark, OpenAnswer, Rescoring
from nastavnik.assessment.models.results import ItemResult, Result
from nastavnik.assessment.models.topics import Topic

__all__ = [
    "Answer",
    "Appeal",
    "Attempt",
    "CalibrationRun",
    "Equating",
    "Exam",
    "Exposure",
    "Form",
    "FormItem",
    "Item",
    "ItemAlarm",
    "ItemImport",
    "ItemResult",
    "ItemVersion",
    "Mark",
    "OpenAnswer",
    "Rescoring",
    "Result",
    "ResultFact",
    "Signal",
    "Sitting",
    "Tag",
    "Topic",
]
