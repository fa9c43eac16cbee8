"""What the journal says about people, in both languages, word for word."""

from typing import Any

import pytest
from django.utils import translation

from nastavnik.kernel import journal
from nastavnik.kernel.models import JournalEntry

CHAT = {"id": 1, "name": "Чат", "name_en": "Chat"}
CRISIS = {"id": 2, "name": "Кризис", "name_en": "Crisis"}
VOLGA = {"id": 3, "name": "Волга", "name_en": ""}
SINCE = {"since": "2026-11-01"}
RU, EN = "1\xa0нояб.\xa02026", "1\xa0Nov\xa02026"

SENTENCES: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "person_hired",
        {"kind": "staff", "partner": None, "team": CHAT, "post": None, **SINCE},
        f"Принят с {RU}, в штате: Чат",
        f"Came on {EN} as staff: Chat",
    ),
    (
        "person_hired",
        {"kind": "partner", "partner": VOLGA, "team": None, "post": None, **SINCE},
        f"Принят с {RU}: сотрудник партнёрского центра (Волга)",
        f"Came on {EN} as partner centre's staff (Волга)",
    ),
    ("person_left", {"last_day": "2026-11-01"}, f"Уход; последний рабочий день {RU}", f"Left; last day of work {EN}"),
    (
        "person_rehired",
        {"kind": "staff", "partner": None, **SINCE},
        f"Вернулся к работе с {RU}: в штате",
        f"Came back on {EN} as staff",
    ),
    (
        "employment_changed",
        {"from": "partner", "from_partner": VOLGA, "kind": "remote", "partner": None, **SINCE},
        f"Условия работы с {RU}: сотрудник партнёрского центра (Волга) → удалённый резерв",
        f"Employment from {EN}: partner centre's staff (Волга) → remote surge staff",
    ),
    (
        "person_edited",
        {"changes": {"family_name": ["Петрова", "Орлова"], "login": [None, "anna"]}},
        "Исправлена карточка: фамилия: Петрова → Орлова; логин: – → anna",
        "Card corrected: family name: Петрова → Орлова; login: – → anna",
    ),
    ("rank_shown", {"hides": True}, "Скрывает своё имя в рейтингах", "Asked not to be shown on boards"),
    ("rank_shown", {"hides": False}, "Снова показывается в рейтингах", "Agreed to be shown on boards"),
    (
        "person_moved",
        {"from": CHAT, "to": CRISIS, **SINCE},
        f"Команда с {RU}: Чат → Кризис",
        f"Team from {EN}: Chat → Crisis",
    ),
    ("person_moved", {"from": None, "to": CHAT, **SINCE}, f"Команда с {RU}: Чат", f"Team from {EN}: Chat"),
    (
        "person_moved",
        {"from": CHAT, "to": None, **SINCE},
        f"Вне команды «Чат» с {RU}",
        f"Out of the team Chat from {EN}",
    ),
    (
        "lead_appointed",
        {"team": CHAT, "from": "Орлова", "to": "Петрова", **SINCE},
        f"Руководитель команды «Чат» с {RU}: Орлова → Петрова",
        f"Lead of the team Chat from {EN}: Орлова → Петрова",
    ),
    (
        "lead_appointed",
        {"team": CHAT, "from": "Орлова", "to": None, **SINCE},
        f"У команды «Чат» нет руководителя с {RU}; был: Орлова",
        f"The team Chat has no lead from {EN}; before: Орлова",
    ),
    ("post_changed", {"from": None, "to": CHAT, **SINCE}, f"Должность с {RU}: Чат", f"Post from {EN}: Chat"),
    (
        "grade_changed",
        {"ladder": CHAT, "from": None, "to": CRISIS, "up": True, **SINCE},
        f"Грейд (Чат) с {RU}: Кризис",
        f"Grade on the ladder Chat from {EN}: Crisis",
    ),
    (
        "grade_taken_away",
        {"ladder": CHAT, "from": CRISIS, "to": None, **SINCE},
        f"Без грейда (Чат) с {RU}; был: Кризис",
        f"Off the ladder Chat from {EN}; before: Crisis",
    ),
    (
        "line_allowed",
        {"line": CHAT, **SINCE},
        f"Все каналы линии «Чат» с {RU}",
        f"May work on all channels of the line Chat from {EN}",
    ),
    (
        "line_restricted",
        {"line": CHAT, **SINCE},
        f"Только письменная работа на линии «Чат» с {RU}",
        f"Written work only on the line Chat from {EN}",
    ),
    (
        "line_withdrawn",
        {"line": CHAT, **SINCE},
        f"Не работает на линии «Чат» с {RU}",
        f"Does not work on the line Chat from {EN}",
    ),
    (
        "role_granted",
        {"role": "team_lead", "where": CHAT, **SINCE},
        f"Роль с {RU}: руководитель команды (Чат)",
        f"Role from {EN}: team lead (Chat)",
    ),
    (
        "role_withdrawn",
        {"role": "agent", "where": None, **SINCE},
        f"Роль снята с {RU}: оператор",
        f"Role withdrawn from {EN}: agent",
    ),
    ("person_invited", {"email": "a@b.c"}, "Отправлено приглашение ко входу: a@b.c", "Invited to log in: a@b.c"),
    ("invitation_accepted", {}, "Принято приглашение, выбран пароль", "Accepted the invitation and chose a password"),
    ("api_key_created", {"name": "CRM"}, "Создан ключ API: CRM", "API key created: CRM"),
    ("api_key_revoked", {"name": "CRM"}, "Отозван ключ API: CRM", "API key revoked: CRM"),
    ("organisation_founded", {"name": "Лотос"}, "Создана организация: Лотос", "The organisation Лотос was set up"),
    (
        "calendar_day_set",
        {"day": "2026-11-01", "name": "Праздник", "is_working": False},
        f"Календарь: {RU} — выходной (Праздник)",
        f"Calendar: {EN} is off (Праздник)",
    ),
    (
        "calendar_day_set",
        {"day": "2026-11-01", "name": "", "is_working": True},
        f"Календарь: {RU} — рабочий день",
        f"Calendar: {EN} is a working day",
    ),
    (
        "calendar_day_set",
        {"day": "2026-11-01", "name": "", "is_working": None},
        f"Календарь: {RU} — снова как обычный день недели",
        f"Calendar: {EN} follows the week's rule again",
    ),
    (
        "people_imported",
        {"file": "staff.csv", "hired": 1, "changed": 2, "left": 3},
        "Загружены сотрудники из staff.csv: новых 1, изменено 2, ушло 3",
        "People imported from staff.csv: 1 came, 2 changed, 3 left",
    ),
]


@pytest.mark.parametrize(("kind", "data", "russian", "english"), SENTENCES)
def test_an_entry_reads_in_both_languages(kind: str, data: dict[str, Any], russian: str, english: str) -> None:
    entry = JournalEntry(kind=f"people.{kind}", data=data)
    told = []
    for language in ("ru", "en"):
        with translation.override(language):
            told.append(journal.sentence(entry))
    assert told == [russian, english]
