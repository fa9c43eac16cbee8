"""Aiken: a question, options `A.` or `A)`, and `ANSWER: B`. One right option, plain text, nothing else."""

import re
from collections.abc import Sequence
from string import ascii_uppercase
from typing import Any

from nastavnik.assessment.logic.formats.drafts import Draft, Gathering, Reading, Unwritable, Writing
from nastavnik.assessment.logic.items import Choice, Single
from nastavnik.assessment.logic.messages import gettext_noop
from nastavnik.assessment.logic.texts import TextFormat, line_of, rich

_OPTION = re.compile(r"([A-Za-z])[.)]\s*(.*)")
_ANSWER = re.compile(r"ANSWER\s*:\s*(.*)", re.I)
NO_QUESTION = gettext_noop("There is no question before this line.")
NO_OPTIONS = gettext_noop("The question has no options before its ANSWER line.")
NO_ANSWER = gettext_noop("The question has no ANSWER line.")
ORDER = gettext_noop("After the option {before} comes {expected}, not {given}.")
NO_SUCH = gettext_noop("ANSWER names “{given}”, and the options go from A to {last}.")
EMPTY = gettext_noop("The option {letter} has no text.")
STRAY = gettext_noop("After the options comes an option or the ANSWER line, not “{text}”.")
MESSAGES = (NO_QUESTION, NO_OPTIONS, NO_ANSWER, ORDER, NO_SUCH, EMPTY, STRAY)
ONLY_SINGLE = gettext_noop("Aiken has only questions with one right option of several.")
PLAIN_ONLY = gettext_noop("Aiken has no shares, feedbacks, points or answers inside the text.")
TOO_MANY = gettext_noop("Aiken has at most 26 options.")
LEFT_OUT = (ONLY_SINGLE, PLAIN_ONLY, TOO_MANY)
_SHOWN = 40


class _Bad(Exception):
    def __init__(self, line: int, message: str, **params: Any) -> None:
        super().__init__(message)
        self.line, self.message, self.params = line, message, params


def read(text: str) -> Reading:
    """The items of a file. A question ends with its ANSWER line; a bad one never stops the file."""
    gathered = Gathering()
    waiting: list[tuple[int, str]] = []
    for number, line in enumerate([*_lines(text), None], start=1):
        ended = line is None or _ANSWER.fullmatch(line) is not None
        if line:
            waiting.append((number, line))
        # A blank line inside a question is forgiven; one before the next question shows that ANSWER is missing.
        if ended and waiting:
            for group in _split(waiting):
                _gather(gathered, group)
            waiting = []
    return gathered.done()


def _lines(text: str) -> list[str]:
    return [line_of(line) for line in text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def _split(lines: list[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """One question each: after options, a line that is neither option nor ANSWER begins the next one."""
    groups: list[list[tuple[int, str]]] = [[]]
    seen_option = False
    gap_before = 0
    for number, line in lines:
        is_option = _OPTION.fullmatch(line) is not None and bool(groups[-1])
        after_blank = number > gap_before + 1
        if seen_option and after_blank and not is_option and not _ANSWER.fullmatch(line):
            groups.append([])
            seen_option = False
        groups[-1].append((number, line))
        seen_option = seen_option or is_option
        gap_before = number
    return groups


def _gather(gathered: Gathering, lines: list[tuple[int, str]]) -> None:
    try:
        item = _question(lines)
    except _Bad as bad:
        gathered.refuse(bad.line, bad.message, **bad.params)
    else:
        gathered.drafts.append(Draft(item, line=lines[0][0]))


def _question(lines: list[tuple[int, str]]) -> Single:
    stem: list[str] = []
    options: list[str] = []
    first = lines[0][0]
    for number, line in lines:
        if (found := _ANSWER.fullmatch(line)) is not None:
            if not stem:
                raise _Bad(number, NO_QUESTION)
            return _made(stem, options, found[1].strip(), number)
        option = _OPTION.fullmatch(line) if stem else None
        if option is None:
            if options:
                raise _Bad(number, STRAY, text=line[:_SHOWN])
            stem.append(line)
            continue
        _expect(options, option[1].upper(), number)
        if not option[2]:
            raise _Bad(number, EMPTY, letter=option[1].upper())
        options.append(option[2])
    raise _Bad(first, NO_ANSWER)


def _expect(options: list[str], letter: str, number: int) -> None:
    expected = ascii_uppercase[len(options)] if len(options) < len(ascii_uppercase) else "-"
    if letter != expected:
        before = ascii_uppercase[len(options) - 1] if options else "-"
        raise _Bad(number, ORDER, before=before, expected=expected, given=letter)


def _made(stem: list[str], options: list[str], answer: str, line: int) -> Single:
    if not options:
        raise _Bad(line, NO_OPTIONS)
    letters = ascii_uppercase[: len(options)]
    right = answer.rstrip(".)").upper()
    if len(right) != 1 or right not in letters:
        raise _Bad(line, NO_SUCH, given=answer[:_SHOWN], last=letters[-1])
    choices = (
        Choice(rich(text, TextFormat.PLAIN), is_right=letter == right)
        for letter, text in zip(letters, options, strict=True)
    )
    return Single(stem=rich(" ".join(stem), TextFormat.PLAIN), choices=tuple(choices))


def write(drafts: Sequence[Draft]) -> Writing:
    """The items Aiken can hold. Titles, topics and tags have no place in it."""
    blocks, left_out = [], []
    for draft in drafts:
        try:
            blocks.append(_block(draft))
        except Unwritable as error:
            left_out.append((draft, str(error)))
    return Writing("\n\n".join(blocks) + "\n" if blocks else "", tuple(left_out))


def _block(draft: Draft) -> str:
    item = draft.item
    if not isinstance(item, Single) or sum(one.is_right for one in item.choices) != 1:
        raise Unwritable(ONLY_SINGLE)
    plain = item.feedback is None and item.points == 1 and not item.embedded
    if not plain or any(one.weight is not None or one.feedback for one in item.choices):
        raise Unwritable(PLAIN_ONLY)
    if len(item.choices) > len(ascii_uppercase):
        raise Unwritable(TOO_MANY)
    lines = [line_of(item.stem.text)]
    lines += [f"{letter}. {line_of(one.text.text)}" for letter, one in zip(ascii_uppercase, item.choices, strict=False)]
    right = next(letter for letter, one in zip(ascii_uppercase, item.choices, strict=False) if one.is_right)
    return "\n".join([*lines, f"ANSWER: {right}"])
