"""Surnames in cases: exceptions, rules of the school grammar, and the dictionary for common nouns."""

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
from portal.documents.names.words import (
    common_nouns,
    inflected,
    nominatives,
    plain,
    recased,
    surname_parses,
    table,
)

STRESSED_ICH = frozenset(["кузьмич", "фомич", "ильич", "лукич"])
LAST_PARTS = frozenset(["заде", "оглы", "оглу", "кызы", "гызы", "оол", "бей", "бек", "хан", "паша", "ага"])
"""After these the first part is no surname of its own: Гасан-заде, Кара-оол."""
SOFT_ADJECTIVES = ("нний", "йний", "дний", "шний", "тний", "жний", "рхний", "мний", "синий")


def decline_surname(surname: str, case: Case, gender: Gender) -> str:
    """The surname in the case; double ones part by part, particles («фон», «Тер-») stay."""
    if case is Case.NOMINATIVE:
        return surname
    *before, last = surname.split(" ")
    return " ".join([*(_before(word, case, gender) for word in before), _double(last, case, gender)])


def _before(word: str, case: Case, gender: Gender) -> str:
    """The first of several words: a particle or foreign (Ван Гог, Гарсиа Маркес), or a surname."""
    if stays_before(word) or not _is_russian(plain(word)):
        return word
    return _double(word, case, gender)


def stays_before(part: str) -> bool:
    """Whether the part of a name never changes before another: Бонч-, Тер-, фон, О’."""
    low = plain(part)
    return low in table("first_parts.txt") or low.rstrip("’'") in table("first_parts.txt")


def _is_russian(low: str) -> bool:
    return low.endswith(
        ("ов", "ев", "ин", "ын", "ова", "ева", "ина", "ына", "ий", "ый", "ая", "ко", "ук", "юк")
    )


def _double(word: str, case: Case, gender: Gender) -> str:
    *firsts, last = word.split("-")
    if last.islower() and not firsts and plain(last) in table("first_parts.txt"):
        return word
    oriental = plain(last) in LAST_PARTS
    parts = [one if oriental or _stays(one) else _single(one, case, gender) for one in firsts]
    return "-".join([*parts, _single(last, case, gender)])


def _stays(first: str) -> bool:
    """A first part of one syllable that no dictionary knows as a surname is none: Грум-, Цур-."""
    low = plain(first)
    if stays_before(first):
        return True
    return (
        syllables(low) == 1
        and low[-1] not in VOWELS
        and not surname_parses(low)
        and not common_nouns(low, "masc")
    )


def _single(word: str, case: Case, gender: Gender) -> str:
    low = plain(word)
    if len(low) < 2 or word.endswith(".") or _frozen(low):
        return word
    if low.endswith(("а", "я")):
        return _in_a(word, low, case, gender)
    return word if gender is Gender.FEMALE else _masculine(word, low, case)


def _frozen(low: str) -> bool:
    if table("surnames.tsv").get(low) == "fixed" or low[-1] in "оеэиыую":
        return True
    if low.endswith("ых") and syllables(low) > 1:
        return True
    if low.endswith("их") and syllables(low) > 1:
        return _is_russian_plural(low)
    return low.endswith("а") and low[-2] in VOWELS


def _is_russian_plural(low: str) -> bool:
    """Долгих, Дальних, Синих; after other letters the surname is German and declines: Дитрих, Минних."""
    if table("surnames.tsv").get(low) == "noun" or surname_declines(low):
        return False
    soft = low.endswith(("них", "ьих")) and low[-4] not in VOWELS
    return soft or low[-3] in VELARS + SIBILANTS or low.endswith("синих")


def surname_declines(low: str) -> bool:
    """Whether the dictionary knows this surname with endings of its own, whatever it looks like."""
    return any(inflected(parse, Case.GENITIVE) == low + "а" for parse in surname_parses(low))


def is_noun_in_a(low: str) -> bool:
    """«Сова», «Калина», «Щербина»: a noun, though -ова and -ина are endings of women's surnames."""
    if table("surnames.tsv").get(low) == "noun":
        return True
    known = nominatives(low)
    return bool(common_nouns(low, "femn")) and not any("Surn" in parse.tag for parse in known)


def _in_a(word: str, low: str, case: Case, gender: Gender) -> str:
    if gender is Gender.FEMALE:
        if low.endswith(("ая", "яя")) and len(low) > 3:
            return feminine_adjective(word, case)
        if low.endswith(("ова", "ева", "ина", "ына")) and syllables(low) > 1 and not is_noun_in_a(low):
            return put(word[:-1], "ой ой у ой ой", case)
    nouns = common_nouns(low, "femn") if low[-2] in SIBILANTS + "ц" else []
    form = inflected(nouns[0], case) if nouns else ""
    return recased(form, word) if form else first_declension(word, case)


def _masculine(word: str, low: str, case: Case) -> str:
    said = table("surnames.tsv").get(low, "")
    if said.startswith("="):
        return _of_stem(word[0] + said[2:], low, case)
    if said == "noun":
        return second_declension(word, case)
    if said == "whole":
        return second_declension(word, case, _after_sibilant(low))
    if said in ("ом", "ем"):
        stem = _without_e(word, low) if low.endswith("ец") else word
        return second_declension(stem, case, said)
    if is_adjective(low):
        return masculine_adjective(word, case)
    if is_possessive(low):
        return put(word, "а у а ым е", case)
    if word.endswith("ёк") and syllables(low) > 1:
        return second_declension(f"{word[:-2]}ьк", case)
    return _of_dictionary(word, low, case) or _by_ending(word, low, case)


def is_possessive(low: str) -> bool:
    """-ов, -ин of Russian surnames, whose instrumental is -ым; Дарвин and Литвин are not."""
    if low.endswith(("ов", "ев")):
        return syllables(low) > 1 or not common_nouns(low, "masc")
    if syllables(low) < 2 or not low.endswith(("ин", "ын")) or low.endswith("уин"):
        return False
    endings = {inflected(parse, Case.INSTRUMENTAL)[-2:] for parse in surname_parses(low)}
    if endings:
        return "ым" in endings
    names = any("Name" in parse.tag and "masc" in parse.tag for parse in nominatives(low))
    return not names and not common_nouns(low, "masc")


def is_adjective(low: str) -> bool:
    """Толстой, Рыжий, Дальний; not Цой, Прибой, Палий."""
    if syllables(low) < 2 or not low.endswith(("ый", "ой", "ий")):
        return False
    known = [parse for parse in nominatives(low) if "masc" in parse.tag]
    forms = {inflected(parse, Case.GENITIVE) for parse in known}
    possessive = "ьего" if not low.endswith("чий") else "-"  # Бабий, Лисий: of nouns; Курячий declines
    if any(form.endswith(("ого", "его")) and not form.endswith(possessive) for form in forms):
        return True
    if forms:
        return False
    return not low.endswith("ий") or low[-3] in VELARS + SIBILANTS or low.endswith(SOFT_ADJECTIVES)


def _of_dictionary(word: str, low: str, case: Case) -> str:
    """As the common noun that the surname is (Горшок, Немец, Соловей), else as a surname that is known."""
    known = common_nouns(low, "masc")
    if not known and not low.endswith(("ец", "ач")):
        known = surname_parses(low)
    parse = next((one for one in known if inflected(one, Case.GENITIVE) != low), None)
    if parse is None:
        return ""
    genitive = inflected(parse, Case.GENITIVE)
    if syllables(genitive[:-1]) == 0:
        return ""  # of one syllable: Сон, Лоб keep their vowel in a surname
    form = genitive if case is Case.ACCUSATIVE else inflected(parse, case)
    return recased(form, word)


def _by_ending(word: str, low: str, case: Case) -> str:
    if low.endswith("ец"):
        stem = _without_e(word, low)
        return second_declension(stem, case, "ем" if stem == word else _after_c(low))
    if low.endswith(("нок", "чок", "шок", "жок", "ток", "пок")) and syllables(low) > 1:
        return second_declension(word[:-2] + word[-1], case)
    return second_declension(word, case, _after_sibilant(low))


def _of_stem(stem: str, low: str, case: Case) -> str:
    if low[-1] in "йь":
        return put(stem, "я ю я ем е", case)
    return second_declension(stem, case, "ем" if low[-1] == "ц" else "")


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
    unstressed = low[-3] in VOWELS or (low.endswith(("овец", "евец")) and syllables(low) > 2)
    return "ем" if unstressed else "ом"


def _after_sibilant(low: str) -> str:
    """-ом under stress, -ем without it: Ткачом, Кузьмичом; Мицкевичем, Кацем, Бушем. Чиж is a noun."""
    if low[-1] == "ц":
        return "ем"
    if low[-1] not in SIBILANTS:
        return ""
    if low in STRESSED_ICH or low.endswith("ач") or (syllables(low) > 1 and low.endswith(("аш", "ыш", "еж"))):
        return "ом"
    return "ем"
