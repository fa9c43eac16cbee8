"""Which column a foreign heading most likely means: words usual in exports of contact centres, English and Russian."""

from collections.abc import Sequence

# Column -> spellings in plain form (see `plain`), the likeliest first. A trailing unit is recognised by UNIT_WORDS.
SPELLINGS: dict[str, tuple[str, ...]] = {
    "id": (
        "id", "call id", "contact id", "record id", "case id", "review id", "ticket id", "interaction id",
        "conversation id", "ид", "номер", "номер обращения", "номер звонка", "номер записи", "id обращения",
        "id звонка", "id записи",
    ),
    "person": (
        "person", "agent", "agent name", "agent id", "operator", "employee", "user", "login", "handled by", "assignee",
        "оператор", "сотрудник", "агент", "логин", "фио", "исполнитель", "менеджер", "код сотрудника",
    ),
    "started_at": (
        "started at", "start", "start time", "date time", "datetime", "created at", "date", "call date", "timestamp",
        "начало", "начат", "дата и время", "дата", "время начала", "дата обращения", "дата звонка",
    ),
    "reviewed_at": ("reviewed at", "contact of", "date", "contact date", "дата", "дата контакта", "дата обращения"),
    "closed_at": ("closed at", "closed", "date", "close date", "дата закрытия", "закрыт", "дата"),
    "opened_at": ("opened at", "opened", "created at", "date", "open date", "дата открытия", "создан", "дата"),
    "channel": ("channel", "media", "source channel", "канал", "канал связи"),
    "line": ("line", "queue", "skill", "линия", "очередь", "навык"),
    "topic": ("topic", "category", "reason", "subject", "тема", "тематика", "категория", "причина обращения"),
    "answered": ("answered", "answered y n", "отвечен", "принят", "отвечено"),
    "waited_ms": (
        "waited ms", "waited", "wait", "wait time", "waiting time", "queue time", "speed of answer", "ожидание",
        "время ожидания", "скорость ответа",
    ),
    "start_delay_ms": (
        "start delay ms", "start delay", "first response time", "first reply time", "время первого ответа",
        "первый ответ",
    ),
    "handled_ms": (
        "handled ms", "handled", "handle time", "handling time", "aht", "talk time", "duration", "talk duration",
        "avgtalkduration", "время обработки", "длительность", "время разговора",
    ),
    "survey_sent": ("survey sent", "survey offered", "rating asked", "запрошена оценка", "опрос отправлен"),
    "rating": (
        "rating", "satisfaction rating", "csat", "score", "stars", "customer rating", "оценка", "оценка клиента",
    ),
    "customer": ("customer", "customer id", "client id", "client", "клиент", "id клиента", "код клиента"),
    "resolved": ("resolved", "solved", "resolution", "fcr", "решен", "решено", "вопрос решен"),
    "earned": ("earned", "points earned", "points", "score", "набрано", "баллы", "набрано баллов"),
    "possible": ("possible", "points possible", "max points", "maximum", "возможно", "максимум", "возможно баллов"),
    "sampling": ("sampling", "sample", "selection", "выборка", "отбор", "вид выборки"),
    "outcome": ("outcome", "result", "исход", "результат", "итог"),
    "refund_reason": ("refund reason", "reason", "причина возврата", "причина"),
    "complex": ("complex", "complexity", "is complex", "сложный", "сложное", "сложность"),
}  # fmt: skip
UNIT_WORDS = {
    "s": ("s", "sec", "secs", "seconds", "in seconds", "с", "сек", "секунд", "в секундах"),
    "min": ("min", "mins", "minutes", "in minutes", "мин", "минут", "в минутах"),
    "ms": ("ms", "milliseconds", "мс", "миллисекунд"),
}
_TIME_OF_DAY = ("time", "call time", "время", "время обращения", "время звонка")
_MOMENTS = ("started_at", "reviewed_at", "closed_at", "opened_at")
_DATES = {"date", "call date", "contact date", "close date", "open date", "дата", "дата обращения", "дата звонка",
          "дата контакта", "дата закрытия", "дата открытия"}  # fmt: skip


def plain(heading: str) -> str:
    """A heading for comparison: small letters, ё as е, words of letters and digits, single spaces."""
    letters = (letter if letter.isalnum() else " " for letter in heading.lower().replace("ё", "е"))
    return " ".join("".join(letters).split())


def guess(headings: Sequence[str], columns: Sequence[str]) -> dict[str, tuple[tuple[str, ...], str]]:
    """Column -> (headings it is made of, unit of a duration). A heading serves one column; a date takes its time."""
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    free = {heading: _without_unit(plain(heading)) for heading in headings}
    for exact in (True, False):
        for name in columns:
            if name in found:
                continue
            spellings = (plain(name),) if exact else SPELLINGS.get(name, ())
            heading = _first(free, spellings)
            if heading is None:
                continue
            text, unit = free.pop(heading)
            sources: tuple[str, ...] = (heading,)
            if name in _MOMENTS and text in _DATES and (time := _first(free, _TIME_OF_DAY)) is not None:
                free.pop(time)
                sources = (heading, time)
            found[name] = (sources, unit if name.endswith("_ms") else "ms")
    return {name: found[name] for name in columns if name in found}


def _first(free: dict[str, tuple[str, str]], spellings: Sequence[str]) -> str | None:
    for spelling in spellings:
        for heading, (text, _unit) in free.items():
            if spelling in (text, plain(heading)):
                return heading
    return None


def _without_unit(text: str) -> tuple[str, str]:
    for unit, words in UNIT_WORDS.items():
        for word in sorted(words, key=len, reverse=True):
            if text.endswith(f" {word}") and text != f"waited {word}":
                return text.removesuffix(f" {word}"), unit
    return text, "ms"
