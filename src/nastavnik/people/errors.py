"""What can be refused when people change, in words that name who, where and what to do."""

from nastavnik.kernel.errors import Conflict, DomainError, Forbidden, InvalidInput


class CodeTaken(InvalidInput):
    """The code “{code}” is already taken. Choose another one."""


class LoginTaken(InvalidInput):
    """The login “{login}” already belongs to {person}. Choose another one."""


class AliasTaken(InvalidInput):
    """The name “{alias}” in another system already belongs to {person}. One name leads to one person."""


class EmailTaken(InvalidInput):
    """The e-mail {email} already belongs to {person}. Each person who logs in needs an address of their own."""


class PartnerNotNamed(InvalidInput):
    """{person} is a partner centre's employee: name the partner centre."""


class PartnerNotExpected(InvalidInput):
    """{person} is not a partner centre's employee: leave the partner centre empty."""


class NotEmployed(InvalidInput):
    """{person} is not employed on {day}. Choose a day of the employment, or hire the person again first."""


class AlreadyEmployed(InvalidInput):
    """{person} is already employed on {day}."""


class LeavesBeforeComing(InvalidInput):
    """{person} came on {joined}: the last day of work cannot be earlier."""


class TeamOfAnotherCentre(InvalidInput):
    """The team “{team}” belongs to the partner centre “{partner}”, and {person} is not employed there on {day}."""


class NotInUse(InvalidInput):
    """“{name}” is no longer in use. Choose another one."""


class ReasonNeeded(InvalidInput):
    """Say why: a restriction to written work needs its reason."""


class NothingToWithdraw(InvalidInput):
    """{person} has no clearance for the line “{line}” on {day}: there is nothing to withdraw."""


class StrongerThanYou(Forbidden):
    """{person} has rights you do not have: their log-in and roles are changed by whoever has those rights too."""


class RoleStrongerThanYou(Forbidden):
    """The role “{role}” carries rights you do not have: it is granted and withdrawn by whoever has them too."""


class ScopeNotNamed(InvalidInput):
    """A role for a team or a partner centre names that team or centre; other roles name neither."""


class LastAdministrator(InvalidInput):
    """{person} is the only administrator. Grant the role to somebody else first."""


class ChangedMeanwhile(Conflict):
    """{actor} changed this meanwhile: {what}. Look at the new state and decide again."""


class ConflictingRows(Conflict):
    """Somebody changed the same record at the same moment. Look at the new state and decide again."""


class NoEmail(InvalidInput):
    """{person} has no e-mail. Write it on the person's card, then invite again."""


class InvitationInvalid(DomainError):
    """This invitation no longer works: it was used, replaced, or its seven days are over. Ask for a new one."""


class UnknownTimeZone(InvalidInput):
    """There is no time zone “{zone}”. Write it like Europe/Moscow."""


class GradesOutOfOrder(InvalidInput):
    """A ladder needs at least one grade, and each grade a code of its own."""


class MembersLeft(InvalidInput):
    """“{name}” still has {count} people. Move them first, then close it."""
