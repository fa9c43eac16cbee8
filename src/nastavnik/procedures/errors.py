"""What may stand in the way in the procedures app."""

from nastavnik.kernel.errors import Conflict, InvalidInput


class PolicyBeginsTooEarly(InvalidInput):
    """A version begins today or later: cases of the past were judged by the version of their day. Choose {day} or
    later.
    """


class PolicyOverlaps(InvalidInput):
    """Another version is planned from {day}. Choose a later day, or take the planned version back first."""


class BadParameters(InvalidInput):
    """These parameters cannot hold together: {why}"""


class PolicyInForce(InvalidInput):
    """This version has begun already, so it stays in the history. Write a new one that begins later."""


class BadPattern(InvalidInput):
    """The pattern of “{rule}” cannot be used: {why}."""


class RuleTaken(InvalidInput):
    """This version has a rule “{rule}” already. Change that one, or choose another name."""


class NotADraft(InvalidInput):
    """A published version never changes. Begin a draft from it."""


class DraftThere(InvalidInput):
    """There is a draft for this language already. Publish it or throw it away first."""


class NotPublishable(InvalidInput):
    """The draft cannot be published yet. {problems}"""


class InForceAlready(InvalidInput):
    """This version is in force already. Choose an earlier one to go back to."""


class ChangedMeanwhile(Conflict):
    """Somebody changed this draft while you were writing. Your text is still here: look at the draft in another tab,
    then save again.
    """


class NoMessages(InvalidInput):
    """The file needs a first line with the columns id, lang, text, label and at least one message."""


class BadMessage(InvalidInput):
    """Line {line}: {why}"""


class TooManyMessages(InvalidInput):
    """The file holds more than {limit} messages. Cut it into parts."""


class NotText(InvalidInput):
    """The file is not text in UTF-8. Save it as UTF-8 and bring it again."""


class EmptyMessage(InvalidInput):
    """The message is empty. Write what the customer said."""


class KnownMessage(InvalidInput):
    """This message is labelled already. Look it up in the list and change its label there."""


class PhraseDecided(InvalidInput):
    """Somebody has decided about this phrase already. Load the page again."""


class GuideWithoutText(InvalidInput):
    """A guide needs a text or at least one check."""
