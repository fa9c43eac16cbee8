"""What may stand in the way in the assessment app."""

from nastavnik.kernel.errors import Conflict, InvalidInput, NotFound


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


class BankTooSmall(InvalidInput):
    """The bank cannot fill this blueprint: {lacking} Write items, or change the shares."""


class NoFormYet(InvalidInput):
    """“{exam}” has no published form. Assemble one and publish it."""


class FormSettled(InvalidInput):
    """This form is {state}. Load the page again to see where it stands."""


class MarkOutOfReach(InvalidInput):
    """The pass mark is {cut} points, but this form brings at most {highest}. Lower the mark or change the items."""


class MarkAlwaysReached(InvalidInput):
    """Everybody passes this form: its lowest total is {lowest}, the pass mark {cut}. Raise the mark."""


class CodeTaken(InvalidInput):
    """There is an exam with the code “{code}” already. Choose another code."""


class NotOfferable(InvalidInput):
    """“{exam}” is not published, so nobody can be asked to sit it."""


class WindowOver(InvalidInput):
    """The window must end after it opens, and not in the past."""


class NobodyToSit(InvalidInput):
    """There is nobody to sit this exam. Choose people, teams or lines."""


class BadBand(InvalidInput):
    """The grey band goes from a smaller to a larger per cent and holds the pass mark."""


class SittingOver(InvalidInput):
    """This exam window is over or cancelled. Offer a new one."""


class HasBegun(InvalidInput):
    """Somebody has begun already, so the window cannot be cancelled. Void single attempts instead."""


class NotYours(NotFound):
    """There is no exam for you here. Look at “My exams” for those you may sit."""


class NotOpenYet(InvalidInput):
    """The exam opens at {opens} (server time now {now}). Wait here: the button becomes active by itself."""


class GateNotYet(InvalidInput):
    """Starts are spread over some seconds so that every page comes quickly. You are let in at {opens}; it is {now}."""


class WindowClosed(InvalidInput):
    """The exam closed at {closes} (server time now {now}). Ask whoever offered it for another window."""


class NoAttemptLeft(InvalidInput):
    """All attempts of this exam window are used. Your results are under “My exams”."""


class TimeIsUp(Conflict):
    """Not saved: the exam ended at {deadline} and it is {now} by the server's clock. What was saved before counts."""


class AttemptEnded(Conflict):
    """Not saved: this attempt has ended already. What was saved before counts."""


class NoSuchPlace(InvalidInput):
    """There is no such question in this exam."""


class TooManyAnswers(InvalidInput):
    """This attempt holds too many saved answers to take more. Submit it, and tell whoever offered the exam."""


class NotOverYet(InvalidInput):
    """Right answers are shown after the window has closed, at {closes}."""


class NotToVoid(InvalidInput):
    """This attempt is {state} and cannot be made void."""


class PaperOfNobody(InvalidInput):
    """{people} of the papers belong to nobody who waits to sit this window. Offer it to them first."""
