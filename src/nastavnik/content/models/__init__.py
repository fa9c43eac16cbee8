"""Tables of the content app."""

from nastavnik.content.models.courses import Activity, Course, CourseAccess, CourseVersion
from nastavnik.content.models.files import CourseFile
from nastavnik.content.models.imports import CourseImport
from nastavnik.content.models.progress import ActivityProgress, CourseProgress
from nastavnik.content.models.work import Submission, SurveyAnswer

__all__ = [
    "Activity",
    "ActivityProgress",
    "Course",
    "CourseAccess",
    "CourseFile",
    "CourseImport",
    "CourseProgress",
    "CourseVersion",
    "Submission",
    "SurveyAnswer",
]
