"""Cases, genders and the endings of Russian declensions."""

from enum import StrEnum

VOWELS = "аеёиоуыэюя"
VELARS = "гкх"
SIBILANTS = "жшчщ"


class Case(StrEnum):
    """The six cases, in the order of the endings below."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    PREPOSITIONAL = "prepositional"


class Gender(StrEnum):
    """Whose name it is. UNCERTAIN is an answer too, and is false: a page asks, a paper does not guess."""

    MALE = "m"
    FEMALE = "f"
    UNCERTAIN = ""


OBLIQUE = (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL, Case.PREPOSITIONAL)


def put(stem: str, endings: str, case: Case) -> str:
    """The stem with the ending of an oblique case; `endings` are five, separated by spaces."""
    return stem + endings.split()[OBLIQUE.index(case)]


def syllables(word: str) -> int:
    """The number of vowels."""
    return sum(letter in VOWELS for letter in word.lower())


def first_declension(word: str, case: Case) -> str:
    """Nouns in -а, -я, of either gender: Никита, Илья, Мария, Щука."""
    low, stem = word.lower(), word[:-1]
    if low.endswith("ия"):
        return put(stem, "и и ю ей и", case)
    if low.endswith("я"):
        return put(stem, "и е ю ей е", case)
    last = low[-2]
    genitive = "и" if last in VELARS + SIBILANTS else "ы"
    instrumental = "ей" if last in SIBILANTS + "ц" else "ой"
    return put(stem, f"{genitive} е у {instrumental} е", case)


def second_declension(word: str, case: Case, instrumental: str = "") -> str:
    """Masculine nouns in a consonant, -ь, -й: Игорь, Андрей, Юрий, Шмидт. `instrumental` overrides that
    ending.
    """
    low = word.lower()
    if low.endswith("ий"):
        return put(word[:-1], "я ю я ем и", case)
    if low[-1] in "ьй":
        return put(word[:-1], "я ю я ем е", case)
    return put(word, f"а у а {instrumental or 'ом'} е", case)


def masculine_adjective(word: str, case: Case) -> str:
    """Surnames in -ый, -ий, -ой: Белый, Достоевский, Толстой, Рыжий, Синий."""
    low, stem = word.lower(), word[:-2]
    last = low[-3]
    if low.endswith("ий") and last not in VELARS:
        return put(stem, "его ему его им ем", case)
    soft = "и" if last in VELARS + SIBILANTS else "ы"
    return put(stem, f"ого ому ого {soft}м ом", case)


def feminine_adjective(word: str, case: Case) -> str:
    """Surnames in -ая, -яя: Белая, Синяя, Хорошая, Толстая."""
    low, stem = word.lower(), word[:-2]
    if low.endswith("яя"):
        return put(stem, "ей ей юю ей ей", case)
    vowel = "е" if low[-3] in SIBILANTS else "о"
    return put(stem, f"{vowel}й {vowel}й ую {vowel}й {vowel}й", case)
