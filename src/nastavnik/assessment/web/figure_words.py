"""Words for figures of items and tests, in the reader's language."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from nastavnik.assessment.logic.agreement import Trust
from nastavnik.assessment.logic.psychometrics.bands import Consistency, Discrimination, Ease
from nastavnik.assessment.logic.psychometrics.classical import Flag
from nastavnik.assessment.logic.psychometrics.distractors import OptionFlag

EASE: dict[Ease, Any] = {
    Ease.EXTREMELY_HARD: _("extremely hard, or wrong"),
    Ease.VERY_HARD: _("very hard"),
    Ease.HARD: _("hard"),
    Ease.MODERATELY_HARD: _("rather hard"),
    Ease.RIGHT: _("about right"),
    Ease.FAIRLY_EASY: _("fairly easy"),
    Ease.EASY: _("easy"),
    Ease.VERY_EASY: _("very easy"),
    Ease.EXTREMELY_EASY: _("extremely easy"),
}
DISCRIMINATION: dict[Discrimination, Any] = {
    Discrimination.INVALID_KEY: _("the key is probably wrong"),
    Discrimination.VERY_WEAK: _("very weak"),
    Discrimination.WEAK: _("weak"),
    Discrimination.ADEQUATE: _("adequate"),
    Discrimination.VERY_GOOD: _("very good"),
}
CONSISTENCY: dict[Consistency, Any] = {
    Consistency.SATISFACTORY: _("satisfactory"),
    Consistency.DOUBTFUL: _("doubtful"),
    Consistency.UNSATISFACTORY: _("unsatisfactory"),
}
FLAGS: dict[Flag, Any] = {
    Flag.TOO_EASY: _("nearly everybody knows it"),
    Flag.TOO_HARD: _("few know it"),
    Flag.WEAK: _("hardly tells strong from weak"),
    Flag.SUSPECT_KEY: _("the key is probably wrong"),
    Flag.LOW_EFFICIENCY: _("tells less than it could"),
    Flag.GUESSABLE: _("easy to guess"),
}
OPTION_FLAGS: dict[OptionFlag, Any] = {
    OptionFlag.RARE: _("deceives nobody"),
    OptionFlag.ATTRACTS_STRONG: _("draws the stronger"),
}
TRUST: dict[Trust, Any] = {
    Trust.UNKNOWN: _("cannot be told: too few answers, or all marks are alike"),
    Trust.REWRITE: _("markers understand the rubric differently: rewrite it"),
    Trust.TENTATIVE: _("enough for tentative conclusions"),
    Trust.RELY: _("marks can be relied on"),
}


def flags(found: Collection[Flag]) -> list[str]:
    """Flags in words. Efficiency and the key have a column and a note of their own, so they are not said twice."""
    return [str(FLAGS[flag]) for flag in sorted(found) if flag not in (Flag.LOW_EFFICIENCY, Flag.SUSPECT_KEY)]
