"""Tables of the procedures app: versions of the policy and the lexicon, labelled messages, guides."""

from nastavnik.procedures.models.guides import Guide, GuideCheck, GuideVersion
from nastavnik.procedures.models.lexicons import LexiconExample, LexiconRule, LexiconVersion
from nastavnik.procedures.models.messages import LabelledMessage, MissedPhrase
from nastavnik.procedures.models.policies import RefusalPolicy

__all__ = [
    "Guide", "GuideCheck", "GuideVersion", "LabelledMessage", "LexiconExample", "LexiconRule", "LexiconVersion",
    "MissedPhrase", "RefusalPolicy",
]  # fmt: skip
