"""Surnames in cases: rules first, words that no rule knows by name."""

from portal.documents.names.grammar import (
    SIBILANTS,
    VELARS,
    VOWELS,
    Case,
    Gender,
    feminine_adjective,
    first_declension,
    masculine_adjective,
    put,
    second_declension,
    syllables,
)

FOREIGN_IN_A = frozenset(["дюма", "золя", "петипа", "тома", "дега", "люка"])
NOUNS_IN_OVA_INA = frozenset(
    [
        "сова",
        "корова",
        "голова",
        "дуброва",
        "подкова",
        "полова",
        "бова",
        "вдова",
        "калина",
        "щербина",
        "былина",
        "година",
        "дубина",
        "ялина",
        "крушина",
    ]
)
FOREIGN_IN_IN = frozenset(
    ["чаплин", "дарвин", "франклин", "кронин", "дойчлин", "кельвин", "мартин", "бенджамин"]
)
NOUNS_IN_IJ = frozenset(["бокий", "топчий", "кий", "змий"])
FLEETING = {
    "лев": "льв",
    "заяц": "зайц",
    "орёл": "орл",
    "орел": "орл",
    "козёл": "козл",
    "козел": "козл",
    "дятел": "дятл",
    "соловей": "соловь",
    "воробей": "воробь",
    "муравей": "муравь",
    "журавель": "журавл",
    "корень": "корн",
    "гребень": "гребн",
    "пёс": "пс",
}
FROZEN_FIRST = frozenset(
    [
        "бонч",
        "кара",
        "тер",
        "дер",
        "нур",
        "аль",
        "эль",
        "ибн",
        "сан",
        "сен",
        "мак",
        "ван",
        "фон",
        "де",
        "ди",
        "да",
        "дю",
        "ла",
        "ле",
        "д",
        "о",
    ]
)
STRESSED_ICH = frozenset(["кузьмич", "фомич", "ильич", "лукич"])
UNSTRESSED_C = frozenset(["немец", "перец", "заяц", "месяц", "палец"])


def decline_surname(surname: str, case: Case, gender: Gender) -> str:
    """The surname in the case; double ones part by part, particles («фон», «Тер-») stay."""
    if case is Case.NOMINATIVE:
        return surname
    return " ".join(_double(word, case, gender) for word in surname.split())


def _double(word: str, case: Case, gender: Gender) -> str:
    parts = word.split("-")
    last = len(parts) - 1
    return "-".join(
        part
        if part.lower() in FROZEN_FIRST and (place < last or part.islower())
        else _single(part, case, gender)
        for place, part in enumerate(parts)
    )


def _single(word: str, case: Case, gender: Gender) -> str:
    low = word.lower()
    if len(low) < 2 or _frozen(low):
        return word
    if low.endswith(("а", "я")):
        return _in_a(word, low, case, gender)
    return word if gender is Gender.FEMALE else _masculine(word, low, case)


def _frozen(low: str) -> bool:
    if low in FOREIGN_IN_A or low[-1] in "оеёэиыую":
        return True
    if low.endswith(("ых", "их")) and syllables(low) > 1:
        return True
    return low.endswith("а") and low[-2] in VOWELS


def _in_a(word: str, low: str, case: Case, gender: Gender) -> str:
    if gender is Gender.FEMALE and low not in NOUNS_IN_OVA_INA:
        if low.endswith(("ая", "яя")) and len(low) > 3:
            return feminine_adjective(word, case)
        if low.endswith(("ова", "ева", "ёва", "ина", "ына")) and syllables(low) > 1:
            return put(word[:-1], "ой ой у ой ой", case)
    return first_declension(word, case)


def _masculine(word: str, low: str, case: Case) -> str:
    if _is_adjective(low):
        return masculine_adjective(word, case)
    if low.endswith(("ов", "ев", "ёв")) and low != "лев":
        return put(word, "а у а ым е", case)
    if low.endswith(("ин", "ын")) and syllables(low) > 1 and low not in FOREIGN_IN_IN:
        return put(word, "а у а ым е", case)
    if low in FLEETING:
        return _fleeting(word, low, case)
    if low.endswith("ец"):
        return second_declension(_without_e(word, low), case, _after_c(low))
    if low.endswith(("енок", "ёнок", "чок", "шок")) and syllables(low) > 1:
        return second_declension(word[:-2] + word[-1], case)
    return second_declension(word, case, _after_sibilant(low))


def _is_adjective(low: str) -> bool:
    if syllables(low) < 2 or low in NOUNS_IN_IJ:
        return False
    if low.endswith(("ый", "ой")):
        return True
    if not low.endswith("ий"):
        return False
    return low[-3] in VELARS + SIBILANTS or low.endswith(("нний", "йний", "дний", "шний", "тний", "синий"))


def _fleeting(word: str, low: str, case: Case) -> str:
    stem = word[0] + FLEETING[low][1:]
    if low[-1] in "йь":
        return put(stem, "я ю я ем е", case)
    return second_declension(stem, case, _after_c(low) if low[-1] == "ц" else "")


def _without_e(word: str, low: str) -> str:
    """Кравец → Кравц-, Стрелец → Стрельц-, Коломиец → Коломийц-; Швец, Кузнец, Чернец keep their vowel."""
    before = low[-3]
    if syllables(low) < 2 or (before not in VOWELS and low[-4:-3] not in VOWELS + "ь"):
        return word
    bridge = "ь" if before == "л" else ""
    if before in VOWELS:
        bridge = "й"
    return word[:-2] + bridge + word[-1]


def _after_c(low: str) -> str:
    return "ем" if low in UNSTRESSED_C or low[-3] in VOWELS else "ом"


def _after_sibilant(low: str) -> str:
    """-ом under stress, -ем without it: Ткачом, Кузьмичом, Чижом; Мицкевичем, Кацем."""
    if low[-1] == "ц":
        return "ем"
    if low[-1] not in SIBILANTS:
        return ""
    if syllables(low) == 1 or low in STRESSED_ICH or low.endswith(("ач", "аш", "ыш", "ёж", "еж")):
        return "ом"
    return "ем"
