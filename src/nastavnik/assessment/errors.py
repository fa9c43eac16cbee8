"""What may stand in the way in the assessment app."""

from nastavnik.kernel.errors import Conflict, InvalidInput


class SameItem(InvalidInput):
    """The bank has this very item already: “{label}”. Change the question, or use the one there is."""


class HasFaults(InvalidInput):
    """“{label}” cannot go live yet: {faults}"""


class NoSuchStep(InvalidInput):
    """An item that is {state} cannot become {wanted}. Load the page again to see where it stands."""


class AnchorStays(InvalidInput):
    """“{label}” is an anchor: forms of different months are compared by it, so its text may not change silently. Say
    that it begins anew as a pilot, or write another item.
    """


class OtherKind(InvalidInput):
    """An item keeps its kind. Write a new one for another kind."""


class ChangedMeanwhile(Conflict):
    """Somebody changed this item while you were writing. Your text is still here: look at the new version in another
    tab, then save again.
    """


class TopicInUse(InvalidInput):
    """The topic “{title}” holds items or other topics. Move them first."""


class TopicTaken(InvalidInput):
    """There is a topic “{title}” in this place already."""


class TopicLoop(InvalidInput):
    """A topic cannot be moved under itself."""


class TopicTooDeep(InvalidInput):
    """The tree of topics is at most {limit} deep."""


class BadFormat(InvalidInput):
    """The file “{name}” is none of the known kinds. Bring GIFT, Moodle XML, Aiken or XLSX."""


class NotText(InvalidInput):
    """The file “{name}” is not text in UTF-8 (byte {position} does not fit). Save it as UTF-8 and bring it again."""


class FileTooLarge(InvalidInput):
    """The file “{name}” is larger than {limit} MB. Cut it into parts."""


class EmptyFile(InvalidInput):
    """The file “{name}” is empty."""


class TooManyItems(InvalidInput):
    """The file “{name}” holds more than {limit} questions. Cut it into parts."""


class NothingToLoad(InvalidInput):
    """The file “{name}” has no question that can be read. Correct the lines with errors and bring it again."""


class NothingToExport(InvalidInput):
    """None of the chosen items can be written as {format}. Choose other items or another format."""


class TooFewTakers(InvalidInput):
    """A calibration needs {least} takers; this form has {takers}. Until then only difficulty is told."""


class NothingToCalibrate(InvalidInput):
    """Every item of this form was answered alike by everybody: there is nothing to calibrate."""
