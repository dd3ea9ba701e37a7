"""Names of people in cases, their gender, their initials."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.documents.names.grammar import Case, Gender, first_declension, put, second_declension
from portal.documents.names.surnames import decline_surname

MALE_IN_A = frozenset(
    [
        "илья",
        "никита",
        "фома",
        "лука",
        "кузьма",
        "савва",
        "данила",
        "гаврила",
        "фока",
        "мустафа",
        "муса",
        "иса",
        "яша",
        "миша",
        "гоша",
        "лёва",
        "паша",
        "добрыня",
        "шота",
        "зия",
        "мурза",
        "хамза",
        "абдулла",
        "нугзара",
        "вова",
        "дима",
    ]
)
FEMALE_IN_SOFT = frozenset(
    [
        "любовь",
        "нинель",
        "айгуль",
        "гюзель",
        "рахиль",
        "юдифь",
        "эсфирь",
        "жизель",
        "мишель",
        "рашель",
        "адель",
        "гузель",
        "нурсель",
        "ассоль",
        "айсель",
        "шамсель",
        "этель",
        "аниель",
        "руфь",
        "джамиль",
        "асель",
    ]
)
FEMALE_IN_HARD = frozenset(
    ["элен", "кармен", "ирэн", "гульназ", "айгюн", "жанетт", "элизабет", "катрин", "ирен", "айнур", "гюльнар"]
)
STRESSED_PATRONYMICS = frozenset(["ильич", "кузьмич", "фомич", "лукич"])


@dataclass(frozen=True)
class FullName:
    """A person's name in one case."""

    last: str
    first: str
    middle: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.last, self.first, self.middle) if part)


def full_name(last: str, first: str, middle: str = "") -> str:
    """«Соколова Вера Андреевна»; without a patronymic there is no double space."""
    return str(FullName(last.strip(), first.strip(), middle.strip()))


def decline_name(
    last: str,
    first: str,
    middle: str,
    case: Case | str,
    *,
    gender: Gender | str | None = None,
    override: Mapping[str, str] | None = None,
) -> str:
    """The full name in the case: «Соколову Веру Андреевну».

    `override` maps cases («genitive») to the whole name as the person wants it; it wins over the rules. A
    name whose gender cannot be told stays in the nominative, which is never an insult.
    """
    case = Case(case)
    if override and override.get(case.value):
        return override[case.value]
    return str(decline_parts(last, first, middle, case, gender=gender))


def decline_parts(
    last: str, first: str, middle: str, case: Case | str, *, gender: Gender | str | None = None
) -> FullName:
    """The same by parts; no override."""
    case = Case(case)
    last, first, middle = last.strip(), first.strip(), middle.strip()
    known = Gender(gender) if gender else detect_gender(last, first, middle)
    if case is Case.NOMINATIVE or known is None:
        return FullName(last, first, middle)
    return FullName(
        decline_surname(last, case, known), _first_names(first, case, known), _patronymic(middle, case, known)
    )


def detect_gender(last: str, first: str, middle: str = "") -> Gender | None:
    """By the patronymic, else by the surname, else by the first name; None when nothing tells."""
    last, first, middle = last.strip().lower(), first.strip().lower(), middle.strip().lower()
    if middle.endswith(("ич", "оглы", "улы", "оглу")):
        return Gender.MALE
    if middle.endswith(("вна", "чна", "шна", "кызы", "гызы")):
        return Gender.FEMALE
    word = first.replace("-", " ").split(" ")[0]
    if word in FEMALE_IN_SOFT | FEMALE_IN_HARD:
        return Gender.FEMALE
    if word in MALE_IN_A or word.endswith(("ий", "ей", "ай", "ав", "им", "ан", "ор", "ил")):
        return Gender.MALE
    if last.endswith(("ова", "ева", "ёва", "ина", "ына", "ская", "цкая", "ая")):
        return Gender.FEMALE
    if last.endswith(("ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "ый")):
        return Gender.MALE
    if word.endswith(("а", "я")):
        return Gender.FEMALE
    return Gender.MALE if word and word[-1] not in "аеёиоуыэюя" else None


def initials(last: str, first: str, middle: str = "", case: Case | str = Case.NOMINATIVE) -> str:
    """«Соколова В. А.», also in a case; «Ким А.» without a patronymic."""
    surname = decline_parts(last, first, middle, case).last
    return " ".join([surname, *_letters(first, middle)]).strip()


def signature_name(last: str, first: str, middle: str = "") -> str:
    """«В. А. Соколова»: as it stands under a signature (ГОСТ Р 7.0.97-2016)."""
    return " ".join([*_letters(first, middle), last.strip()]).strip()


def _letters(*names: str) -> list[str]:
    return [f"{name.strip()[0].upper()}." for name in names if name.strip()]


def _first_names(first: str, case: Case, gender: Gender) -> str:
    return " ".join(
        "-".join(_first_name(one, case, gender) for one in word.split("-")) for word in first.split()
    )


def _first_name(word: str, case: Case, gender: Gender) -> str:
    low = word.lower()
    if len(word) < 2 or low[-1] in "оеёиуыэю":
        return word
    if low.endswith(("а", "я")):
        return first_declension(word, case)
    if gender is Gender.FEMALE:
        return put(word[:-1], "и и ь ью и", case) if low.endswith("ь") else word
    if low == "лев":
        return second_declension(word[0] + "ьв", case)
    if low == "павел":
        return second_declension(word[:-2] + "л", case)
    if low == "пётр":
        return second_declension("Петр", case)
    return second_declension(word, case, "ем" if low[-1] in "жшчщц" else "")


def _patronymic(middle: str, case: Case, gender: Gender) -> str:
    low = middle.lower()
    if gender is Gender.FEMALE and low.endswith("на"):
        return first_declension(middle, case)
    if gender is Gender.MALE and low.endswith("ич"):
        return second_declension(middle, case, "ом" if low in STRESSED_PATRONYMICS else "ем")
    return middle
