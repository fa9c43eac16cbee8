"""Detection and the refusal policy on one core, beside a bare `re` pass and Aho-Corasick over the same messages.

The stream is made of the rules' own examples (refusals and what merely sounds like them) thinned with everyday
sentences of a help desk put together from parts, one message in twenty with a typing error: so words repeat as they do
in a real chat, and some are always new. Our rate begins with nothing remembered; messages are then read as they come.
"""

import random
import re
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing import get_context

from bench.rows import Row
from nastavnik.procedures import detection, refusals
from nastavnik.procedures.detection import Lexicon, Role, normalise
from nastavnik.procedures.logic.shipped import RULES, VERSION
from nastavnik.procedures.refusals import Event, Policy, Side

REFERENCE_DETECTION, REFERENCE_STEPS, DAY = 25_000, 22_000, 1_000_000
OPENINGS = (
    "Здравствуйте!",
    "Добрый день,",
    "Подскажите, пожалуйста,",
    "Извините,",
    "Hello,",
    "Hi, could you tell me",
    "",
)
ABOUT = (
    "когда у нас следующий урок", "почему не открывается домашнее задание", "можно ли перенести занятие на вечер",
    "где посмотреть запись вебинара", "не приходит код подтверждения", "сын заболел и пропустит два урока",
    "как поменять преподавателя", "сколько уроков осталось на балансе", "почему дважды списались деньги за май",
    "where can I find the homework", "how do I change the time of the lesson", "the camera does not work in the app",
)  # fmt: skip
ENDINGS = ("?", ", спасибо!", ". Заранее спасибо", "...", " thanks", "")


def run(quick: bool) -> Iterator[Row]:
    """Messages a second, policy steps a second, a whole day of a centre of 2,000."""
    messages = stream(20_000 if quick else 100_000)
    baselines = {"bare re": bare_re(), "Aho-Corasick": aho_corasick()}
    yield from _detection(messages, baselines)
    yield _steps(20_000 if quick else 200_000)
    yield _day(DAY // (20 if quick else 1))


def stream(number: int) -> list[str]:
    """Messages as a desk gets them: one in ten speaks of refunds, one in twenty has a typing error."""
    dice = random.Random(4)
    examples = [text for rule in RULES for text in (*rule.must_match, *rule.must_not_match)]
    made = []
    for place in range(number):
        if place % 10 == 0:
            text = dice.choice(examples)
        else:
            text = f"{dice.choice(OPENINGS)} {dice.choice(ABOUT)} {dice.randrange(1, 99)}{dice.choice(ENDINGS)}"
        made.append(_mistyped(text, dice) if place % 20 == 0 else text)
    return made


def _mistyped(text: str, dice: random.Random) -> str:
    place = dice.randrange(max(1, len(text) - 1))
    return text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]


def bare_re() -> tuple[str, Callable[[str], object]]:
    """All trigger patterns as one alternation over normalised text: no guards, no repair, no context."""
    pattern = re.compile("|".join(f"(?:{rule.pattern})" for rule in RULES if rule.role is Role.TRIGGER))
    return "bare re", lambda text: pattern.search(normalise(text))


def aho_corasick() -> tuple[str, Callable[[str], object]]:
    """The stretches of letters the rules need, found in normalised text; finding them is not yet understanding."""
    lexicon = detection.shipped()
    stretches = sorted({piece for part in needed(lexicon) for piece in part})
    try:
        import ahocorasick
    except ImportError:
        pattern = re.compile("|".join(map(re.escape, stretches)))
        return "compiled alternation", lambda text: pattern.findall(normalise(text))
    automaton = ahocorasick.Automaton()
    for number, stretch in enumerate(stretches):
        automaton.add_word(stretch, number)
    automaton.make_automaton()
    return "Aho-Corasick", lambda text: list(automaton.iter(normalise(text)))


def needed(lexicon: Lexicon) -> Iterator[frozenset[str]]:
    from nastavnik.procedures.logic.needs import alternatives, needs

    for rule in lexicon.rules:
        for part in alternatives(rule.pattern):
            yield from needs(part)


def _rate(work: Callable[[str], object], messages: Sequence[str]) -> float:
    begun = time.process_time()
    for text in messages:
        work(text)
    return len(messages) / (time.process_time() - begun)


def _detection(messages: Sequence[str], baselines: dict[str, tuple[str, Callable[[str], object]]]) -> Iterator[Row]:
    lexicon = Lexicon(RULES, VERSION, detection.shipped().vocabulary)  # nothing is remembered yet
    rate = _rate(lexicon.detect, messages)
    for title, work in baselines.values():
        beside = _rate(work, messages)
        yield Row(
            f"detection, {len(messages):,} messages", f"{rate:,.0f}/s", f"{title} {beside:,.0f}/s", rate / beside, "",
            None, "guards, context and typing errors are in ours only",
        )  # fmt: skip
    yield Row(
        "detection beside the reference", f"{rate:,.0f}/s", f"{REFERENCE_DETECTION:,}/s", rate / REFERENCE_DETECTION,
        ">= 1", rate >= REFERENCE_DETECTION,
    )  # fmt: skip
    for lang, letters in (("ru", "[а-я]"), ("en", "[a-z]")):
        chosen = [text for text in messages if re.search(letters, text.lower())]
        yield Row(f"detection, {lang} alone", f"{_rate(lexicon.detect, chosen):,.0f}/s")


def log(number: int) -> list[Event]:
    """Events of a process that never ends, a minute apart."""
    dice = random.Random(5)
    kinds = [(Side.CUSTOMER, kind) for kind in sorted(refusals.CUSTOMER_KINDS)]
    kinds += [(Side.AGENT, kind) for kind in sorted(refusals.AGENT_KINDS)]
    drawn = (dice.choice(kinds) for _place in range(number))
    return [Event(60.0 * place, side, kind, "A") for place, (side, kind) in enumerate(drawn)]


def _steps(number: int) -> Row:
    events = log(number)
    begun = time.process_time()
    refusals.fold(Policy(), events)
    rate = number / (time.process_time() - begun)
    return Row(
        "refusal policy", f"{rate:,.0f} steps/s", f"{REFERENCE_STEPS:,}/s", rate / REFERENCE_STEPS, ">= 1",
        rate >= REFERENCE_STEPS,
    )  # fmt: skip


def _day(number: int) -> Row:
    """Every message of a day detected, then folded in conversations of twenty; in a process of its own."""
    with get_context("fork").Pool(1) as pool:
        cpu, found, memory = pool.apply(partial(_refold, number))
    limit = 40.0 * number / DAY
    return Row(
        f"a day of {number:,} messages found and folded", f"{cpu:.0f} CPU s", f"{limit:.0f} s in the reference",
        cpu / limit, "<= 2", cpu <= 2 * limit, f"{found:,} violations, {memory:.0f} MB at most",
    )  # fmt: skip


def _refold(number: int) -> tuple[float, int, float]:
    lexicon, policy = detection.shipped(), Policy()
    texts = stream(min(number, 100_000))
    begun = time.process_time()
    found = 0
    for start in range(0, number, 20):
        events, refused = [], False
        for place in range(start, min(start + 20, number)):
            if place % 2:
                events.append(Event(30.0 * place, Side.AGENT, "SOFT" if place % 4 == 1 else "NEUTRAL", "A"))
                lexicon.detect(texts[place % len(texts)])
                continue
            label = lexicon.detect(texts[place % len(texts)]).label
            kinds = detection.events_of(label, refused_before=refused)
            refused = refused or label is detection.Label.TRIGGER
            events += [Event(30.0 * place, Side.CUSTOMER, kind) for kind in kinds]
        found += len(refusals.fold(policy, events).findings)
    spent = time.process_time() - begun
    return spent, found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
