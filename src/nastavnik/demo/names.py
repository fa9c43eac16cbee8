"""Invented names of invented people: lists of our own, agreed in gender, drawn without repeats."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from nastavnik.people.spelling import latin

# Given names of a man with the patronymics of his son and of his daughter.
FATHERS: tuple[tuple[str, str, str], ...] = (
    ("Алексей", "Алексеевич", "Алексеевна"), ("Андрей", "Андреевич", "Андреевна"),
    ("Антон", "Антонович", "Антоновна"), ("Богдан", "Богданович", "Богдановна"),
    ("Борис", "Борисович", "Борисовна"), ("Вадим", "Вадимович", "Вадимовна"),
    ("Виктор", "Викторович", "Викторовна"), ("Георгий", "Георгиевич", "Георгиевна"),
    ("Глеб", "Глебович", "Глебовна"), ("Григорий", "Григорьевич", "Григорьевна"),
    ("Денис", "Денисович", "Денисовна"), ("Егор", "Егорович", "Егоровна"),
    ("Иван", "Иванович", "Ивановна"), ("Илья", "Ильич", "Ильинична"),
    ("Кирилл", "Кириллович", "Кирилловна"), ("Константин", "Константинович", "Константиновна"),
    ("Лев", "Львович", "Львовна"), ("Матвей", "Матвеевич", "Матвеевна"),
    ("Никита", "Никитич", "Никитична"), ("Олег", "Олегович", "Олеговна"),
    ("Павел", "Павлович", "Павловна"), ("Пётр", "Петрович", "Петровна"),
    ("Роман", "Романович", "Романовна"), ("Савва", "Саввич", "Саввична"),
    ("Степан", "Степанович", "Степановна"),
    ("Тимофей", "Тимофеевич", "Тимофеевна"), ("Фёдор", "Фёдорович", "Фёдоровна"),
    ("Юрий", "Юрьевич", "Юрьевна"), ("Ярослав", "Ярославович", "Ярославовна"),
)  # fmt: skip
WOMEN: tuple[str, ...] = (
    "Агата", "Алёна", "Алина", "Алла", "Анна", "Арина", "Валерия", "Варвара", "Вера", "Виктория", "Галина", "Дарья",
    "Ева", "Екатерина", "Есения", "Жанна", "Зоя", "Инна", "Ирина", "Карина", "Кира", "Ксения", "Лада", "Лидия",
    "Любовь", "Майя", "Марина", "Мария", "Мирослава", "Надежда", "Нина", "Оксана", "Ольга", "Полина", "Раиса",
    "Регина", "Роза", "Светлана", "Снежана", "Софья", "Таисия", "Ульяна", "Фаина", "Эвелина", "Юлия", "Яна",
)  # fmt: skip
# Roots of family names; the ending says how the name agrees.
FAMILIES: tuple[str, ...] = (
    "Аистов", "Барсуков", "Березин", "Бобровский", "Бортников", "Бусыгин", "Ведерников", "Вербицкий", "Верстов",
    "Вьюгин", "Гарнизов", "Глухарёв", "Гончарный", "Горностаев", "Грачёв", "Дальский", "Дёгтев", "Долинин",
    "Дрёмов", "Дубравин", "Ершов", "Ёлкин", "Жаворонков", "Жемчужин", "Журавский", "Загорский", "Заозёров",
    "Зарницын", "Звонарёв", "Зимин", "Зябликов", "Ивняков", "Избушкин", "Калинников", "Камышин", "Карасёв",
    "Кедрин", "Ключевский", "Ковылин", "Колосовский", "Костёрин", "Криничный", "Кувшинов", "Лагутин", "Ландышев",
    "Лебяжий", "Ледников", "Лесовский", "Липатников", "Лозинин", "Луговской", "Лучинин", "Малинкин", "Маятников",
    "Мельничный", "Метелин", "Мостовой", "Мшистов", "Незабудкин", "Облаков", "Овражный", "Огородов", "Окунев",
    "Ольшанин", "Осинин", "Островной", "Пасечников", "Перевозин", "Пескарёв", "Плотвин", "Подгорный", "Полянин",
    "Порошин", "Пристанский", "Причалов", "Прудников", "Равнинин", "Рассветов", "Речной", "Родников", "Ромашин",
    "Росин", "Рощин", "Рябинкин", "Садовский", "Самоцветов", "Светлояров", "Северский", "Синичкин", "Скворцовский",
    "Снегирёв", "Соловейкин", "Степной", "Стрижов", "Сугробин", "Тальников", "Теремков", "Тихомолов", "Тополевский",
    "Травин", "Трясогузов", "Тучин", "Угольников", "Утёсов", "Филинов", "Хмелевской", "Цаплин", "Черёмухин",
    "Чижиков", "Шалашов", "Шишкарёв", "Щеглов", "Щукарёв", "Юнгин", "Яблонев", "Ягодин", "Ясенев", "Ястребков",
    # Families that do not change with gender, of the peoples who live beside one another.
    "Бересто", "Верещенко", "Гайденко", "Журавко", "Калинюк", "Соломко", "Ясеневич", "Дубровских", "Заречных",
    "Ледяных", "Асланян", "Вардумян", "Гарникян", "Ломтадзе", "Цискарели", "Гогнадзе", "Оюндар", "Бадмажап",
)  # fmt: skip
# Men and women with a Turkic or Caucasian given name, and their fathers' names in the same manner.
OTHER_MEN: tuple[str, ...] = (
    "Айдар", "Азамат", "Артур", "Баир", "Булат", "Давид", "Заур", "Ильдар", "Камиль", "Марат", "Рустам", "Тагир",
    "Тимур", "Эльдар",
)  # fmt: skip
OTHER_WOMEN: tuple[str, ...] = (
    "Аделина", "Айгуль", "Айсель", "Альбина", "Гульнара", "Дарима", "Диляра", "Залина", "Камила", "Лейла", "Мадина",
    "Нарине", "Сабина", "Эльвира",
)  # fmt: skip
OTHER_FAMILIES: tuple[str, ...] = (
    "Айдаров", "Багаутинов", "Вахитин", "Гайнутдинов", "Дашиев", "Заурбегов", "Ильдаров", "Камалеев", "Магдеев",
    "Насретов", "Рамазов", "Сафаргулов", "Тагирбеков", "Уразаев", "Хайбуллов", "Шагимарданов", "Эльмурзин",
)  # fmt: skip
OTHER_FATHERS: tuple[tuple[str, str, str], ...] = tuple(
    (name, f"{name}ович", f"{name}овна") for name in OTHER_MEN if not name.endswith("ь")
)


@dataclass(frozen=True)
class Name:
    """A person's name in Russian, agreed in gender, and in Latin letters."""

    family: str
    given: str
    patronymic: str
    woman: bool

    @property
    def in_latin(self) -> str:
        """Given name and family name in Latin letters."""
        return f"{latin(self.given)} {latin(self.family)}".title()


def feminine(family: str) -> str:
    """The woman's form of a family name; names of other endings do not change."""
    if family.endswith(("ский", "цкий")):
        return f"{family[:-2]}ая"
    if family.endswith(("ый", "ой")):
        return f"{family[:-2]}ая"
    if family.endswith("ий"):
        return f"{family[:-2]}ья"  # Лебяжий, Лебяжья
    if family.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return f"{family}а"
    return family


def names(seed: int) -> Iterator[Name]:
    """Names without end and without two alike (family and given name together); equal for equal seeds."""
    dice = Random(f"names {seed}")
    used: set[tuple[str, str]] = set()
    while True:
        name = _draw(dice)
        if (name.family, name.given) not in used:
            used.add((name.family, name.given))
            yield name


def _draw(dice: Random) -> Name:
    woman = dice.random() < 0.62
    other = dice.random() < 0.18
    family = dice.choice(OTHER_FAMILIES if other else FAMILIES)
    if woman:
        given = dice.choice(OTHER_WOMEN if other else WOMEN)
    else:
        given = dice.choice(OTHER_MEN) if other else dice.choice(FATHERS)[0]
    father = dice.choice(OTHER_FATHERS if other else FATHERS)
    return Name(feminine(family) if woman else family, given, father[2 if woman else 1], woman)
