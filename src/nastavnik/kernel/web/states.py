"""States of a figure against its target: the word, the icon and the tone, in one place. Colour never speaks alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class State:
    """How a state looks and reads."""

    code: str
    word: "str | Promise"
    tone: str

    @property
    def icon(self) -> str:
        """The icon has the code's name."""
        return self.code


STATES = {
    state.code: state
    for state in (
        State("met", _("Met"), "good"),
        State("at_risk", _("At risk"), "warn"),
        State("missed", _("Missed"), "bad"),
        State("no_target", _("No target"), "neutral"),
        State("too_few_data", _("Too few data"), "neutral"),
        State("no_data", _("No data"), "neutral"),
    )
}


def of(code: str) -> State:
    """The state with this code; a mistyped code is a KeyError."""
    return STATES[code]
