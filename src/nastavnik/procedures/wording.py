"""What pure logic says in codes, in the reader's language."""

from django.utils.translation import gettext

from nastavnik.procedures.logic.proving import Problem


def problem_sentence(problem: Problem) -> str:
    """Why a rule may not be published yet."""
    texts = {
        "no_must": gettext("{rule}: no example that must be found."),
        "no_must_not": gettext("{rule}: no example that must be passed over."),
        "missed": gettext("{rule} does not find: “{detail}”."),
        "false_alarm": gettext("{rule} fires at: “{detail}”."),
        "pattern": gettext("{rule}: its pattern cannot be used, because {detail}."),
    }
    return texts[problem.kind].format(rule=problem.rule, detail=pattern_fault(problem.detail))


def pattern_fault(reason: str) -> str:
    """The reason a pattern is refused for."""
    texts = {
        "it has capital letters, and messages are read in small ones": gettext(
            "it has capital letters, and messages are read in small ones"
        ),
        "it has the letter ё, and messages are read with е": gettext(
            "it has the letter ё, and messages are read with е"
        ),
        "it matches an empty text": gettext("it matches an empty text"),
        "it is empty": gettext("it is empty"),
        "it refers back to a group": gettext("it refers back to a group"),
        "an endless repetition stands inside an endless repetition": gettext(
            "an endless repetition stands inside an endless repetition"
        ),
        "something longer than one character is repeated without a limit: write {0,5} instead of * or +": gettext(
            "something longer than one character is repeated without a limit: write {0,5} instead of * or +"
        ),
    }
    return texts.get(reason, reason)
