"""What may stand in the way at the crisis desk."""

from nastavnik.kernel.errors import Conflict, Forbidden, InvalidInput


class ChangedMeanwhile(Conflict):
    """Something happened in this case while you were at it: {what}. Your text is still here: look and decide again."""


class SameKeyOtherEvent(Conflict):
    """This key already stands for another event of a case. Use a new key for a new event."""


class UnknownEventKind(InvalidInput):
    """There is no event called “{kind}” in the log of a case."""


class OpenRefundCase(InvalidInput):
    """The contract has an open refund case already: № {number}. Go on there."""


class CaseIsClosed(InvalidInput):
    """The case is closed. Reopen it first."""


class CaseIsOpen(InvalidInput):
    """The case is open already."""


class NotYours(Forbidden):
    """The case is in other hands. Take it over first."""


class TakenMeanwhile(Conflict):
    """{person} has taken this case meanwhile. Choose the next one."""


class PauseNeedsReason(InvalidInput):
    """Say what you are waiting for from the customer."""


class PauseTooLong(InvalidInput):
    """A case waits for the customer for at most {hours} hours."""


class NobodyFits(InvalidInput):
    """Nobody at the desk may take this case now. {why}"""


class ConsentNeedsEvidence(InvalidInput):
    """Consent counts only with its proof: name the customer's message or the recorded «yes»."""


class NothingWritten(InvalidInput):
    """Write something first."""


class CurrencyMismatch(InvalidInput):
    """The contract is in {wanted}, not in {given}. Correct the currency."""


class NotClosedThere(InvalidInput):
    """The case {case} of the file is not closed. Only closed cases are brought in; open the others here."""


class FileTooLarge(InvalidInput):
    """The file “{name}” is larger than {limit} MB. Cut it into parts."""


class NothingToLoad(InvalidInput):
    """The file “{name}” has no line that can be loaded. Correct the lines with errors and bring it again."""


class FileNotTaken(InvalidInput):
    """The file “{name}” is not taken: PDF, PNG, JPEG or text, at most {limit} MB."""
