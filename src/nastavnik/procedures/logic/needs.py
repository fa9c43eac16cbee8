"""What a pattern cannot match without: stretches of letters, read off its parsed form, to skip most searches.

After Google's code search: «решени[еяю] … (принят|окончат)» needs «решени» and one of «принят», «окончат». A message
without them is never searched. Only letters inside one word count, since messages are looked at word by word.
"""

import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

# The parser of the standard library has no stubs; whether a type checker minds depends on what it read before.
op: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")
SHORTEST = 2
MOST_CHOICES = 40
_LETTERS = re.compile(r"[a-zа-я0-9']+")

Choice = frozenset[str]


@lru_cache(maxsize=4_096)
def needs(pattern: str) -> tuple[Choice, ...]:
    """Sets of stretches; every match holds at least one stretch of each set. Empty: nothing is known."""
    return _tidy(_sequence(parser.parse(pattern)))


def alternatives(pattern: str) -> list[str]:
    """The pattern cut at its outermost «|»: each part has needs of its own."""
    parts, depth, start, place, in_class = [], 0, 0, 0, False
    while place < len(pattern):
        sign = pattern[place]
        if sign == "\\":
            place += 1
        elif in_class:
            in_class = sign != "]"
        elif sign == "[":
            in_class = True
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and depth == 0:
            parts.append(pattern[start:place])
            start = place + 1
        place += 1
    return [*parts, pattern[start:]]


def _sequence(items: Iterable[Any]) -> list[Choice]:
    """Needs of things that follow one another: all of each."""
    found: list[Choice] = []
    run = ""
    for kind, value in items:
        if kind is op.LITERAL:
            run += chr(value)
            continue
        if kind is op.AT:
            continue  # a border has no width, so the stretch goes on
        found += _stretch(run)
        run = ""
        found += _inner(kind, value)
    return found + _stretch(run)


def _inner(kind: Any, value: Any) -> list[Choice]:
    if kind is op.SUBPATTERN:
        return _sequence(value[3])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, _most, body = value
        return _sequence(body) if least >= 1 else []
    if kind is op.BRANCH:
        return _branch([_sequence(one) for one in value[1]])
    return []


def _branch(each: Sequence[list[Choice]]) -> list[Choice]:
    """Needs of alternatives: one of the best needs of each, or nothing when one of them needs nothing."""
    if not all(each):
        return []
    together: Choice = frozenset().union(*(max(one, key=_worth) for one in each))
    return [together] if len(together) <= MOST_CHOICES else []


def _stretch(run: str) -> list[Choice]:
    pieces = [piece for piece in _LETTERS.findall(run) if len(piece) >= SHORTEST]
    return [frozenset([piece]) for piece in pieces]


def _worth(choice: Choice) -> tuple[int, int]:
    return min(len(piece) for piece in choice), -len(choice)


def _tidy(found: list[Choice]) -> tuple[Choice, ...]:
    """The needs that tell most, without repetitions."""
    return tuple(sorted(set(found), key=_worth, reverse=True)[:3])


@lru_cache(maxsize=4_096)
def too_slow(pattern: str) -> str:
    """Why the pattern could take for ever on some message, or an empty text.

    Python's `re` backtracks: a repetition of something that itself repeats without bound, or one of alternatives that
    begin alike, multiplies its ways. Judged by structure alone.
    """
    try:
        tree = parser.parse(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return f"it is no valid pattern ({error})"
    return next(_faults(tree, 0), "")


UNBOUNDED, MOST_REPEATS = 1_000, 60


def _faults(items: Iterable[Any], outer: int) -> Iterator[str]:
    """`outer`: 0 outside repetitions, 1 inside a bounded one, 2 inside an unbounded one."""
    for kind, value in items:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT) or str(kind) == "POSSESSIVE_REPEAT":
            yield from _repeat(value, outer)
        elif kind is op.SUBPATTERN:
            yield from _faults(value[3], outer)
        elif kind is op.BRANCH:
            for one in value[1]:
                yield from _faults(one, outer)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _faults(value[1], outer)
        elif kind is op.GROUPREF or str(kind) == "GROUPREF_EXISTS":
            yield "it refers back to a group"


def _repeat(value: Any, outer: int) -> Iterator[str]:
    least, most, body = value
    unbounded = most >= UNBOUNDED
    if outer and unbounded and outer == 2:
        yield "an endless repetition stands inside an endless repetition"
    if unbounded and not _is_one_character(body):
        yield "something longer than one character is repeated without a limit: write {0,5} instead of * or +"
    if most > MOST_REPEATS and not unbounded:
        yield f"something is repeated more than {MOST_REPEATS} times"
    if least > MOST_REPEATS:
        yield f"something is repeated more than {MOST_REPEATS} times"
    if most > 1:
        yield from _faults(body, 2 if unbounded else max(outer, 1))
    else:
        yield from _faults(body, outer)


def _is_one_character(body: Any) -> bool:
    return len(body) == 1 and body[0][0] in (op.IN, op.LITERAL, op.NOT_LITERAL, op.ANY, op.CATEGORY)
