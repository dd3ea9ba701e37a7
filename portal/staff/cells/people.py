"""Names, in three columns or in one; mail; yes and no; gender."""

import re

from portal.core.person_names import FIRST, LAST, MIDDLE, SMALL, clean_name, trouble_of
from portal.staff.cells.answer import Answer, asked, left_out
from portal.staff.cells.text import NOTHING, low, tidy

_PATRONYMIC = re.compile(r"(?:ович|евич|ич|овна|евна|ична|инична)$")
TURKIC = frozenset({"оглы", "кызы", "гызы", "улы", "уулу", "оглу", "угли", "кизи", "зода"})
_INITIAL = re.compile(r"^[А-ЯЁа-яё]\.?$|^(?:[А-ЯЁа-яё]\.\s*){1,2}$")
_FORMER = re.compile(
    r"\b(?:до|бывш[а-я]*|девич[а-я]*|дев|ранее|урожд[а-я]*|в девичестве|по мужу|по|с|г|ныне)\b\.?|\d+"
)
_MAIL = re.compile(r"[^\s,;/<>()\"'|]+@[^\s,;/<>()\"'|]+")
_SOUND_MAIL = re.compile(r"[a-z0-9._%+\-]+@(?:[a-zа-яё0-9\-]+\.)+[a-zа-яё]{2,}")
NOT_A_MAIL = "не похоже на адрес почты. Он пишется так: ivanova@school5.ru."
VACANT = re.compile(r"^ваканси[яи]\b|^вакант")


def understand_name(text: str, part: str) -> Answer:
    """One part of a name: an initial is no name, two surnames are asked about."""
    said = tidy(text)
    if part == LAST and (double := _two_surnames(said)):
        return asked("Две фамилии: какая сейчас в паспорте?", *double)
    name = clean_name(said, part)
    if not name:
        return Answer("")
    words = name.split()
    if any(_INITIAL.match(word) or word.endswith(".") for word in words):
        return asked(_INITIALS[part])
    if part == LAST and (capital := _second_capital(name)) != name:
        return asked(f"«{name[:60]}»: вторая часть с большой буквы?", capital)
    if VACANT.match(name.lower()):
        return asked("Вакансия не человек: уберите строку из файла.")
    if part != MIDDLE and len(words) > 1 and any(is_patronymic(word) for word in words[1:]):
        return asked(f"«{name[:60]}»: здесь больше, чем {_ONLY[part]}. Оставьте одно.")
    if part == LAST and len(words) > 1 and not any(word.lower() in SMALL for word in words):
        return asked(f"«{name[:60]}»: это вся фамилия? Уточните.", "-".join(words) if len(words) == 2 else "")
    if trouble := trouble_of(name, part):
        return asked(trouble)
    return Answer(name)


_ONLY = {LAST: "фамилия", FIRST: "имя"}
_INITIALS = {
    LAST: "Одна буква вместо фамилии. Впишите фамилию целиком.",
    FIRST: "Инициал вместо имени. Впишите имя целиком.",
    MIDDLE: "Инициал вместо отчества. Впишите отчество целиком или оставьте пустым.",
}


def _second_capital(name: str) -> str:
    """«Иванова-петрова»: a small letter after the hyphen is a slip, or «Дворжак-младший»."""
    first, *parts = name.split("-")
    return "-".join([first, *(part if part in SMALL else part[:1].upper() + part[1:] for part in parts)])


def is_patronymic(word: str) -> bool:
    """By its ending; «кызы» and others are a part of one."""
    small = word.lower()
    return small in TURKIC or bool(_PATRONYMIC.search(small))


def _two_surnames(said: str) -> list[str]:
    """«Иванова (Петрова)», «Иванова/Петрова»."""
    match = re.fullmatch(r"([^()/]+?)\s*(?:\(([^()]+)\)|/\s*([^()/]+))\s*", said)
    if match is None:
        return []
    other = _FORMER.sub(" ", match[2] or match[3] or "")
    names = [clean_name(" ".join(word.split()), LAST) for word in (match[1], other)]
    return [name for name in names if name and not trouble_of(name, LAST)]


def understand_whole_name(text: str) -> Answer:
    """One column «ФИО» → (last, first, middle)."""
    said = re.sub(r"^\d+\s*[.)]\s*", "", tidy(text)).replace("( ", "(")
    if VACANT.match(said.lower()):
        return asked("Вакансия не человек: уберите строку из файла.")
    if said.count("|") == 2:
        return _told(tuple(clean_name(part.strip()) for part in said.split("|")))
    bare, brackets = re.sub(r"\s*\([^()]*\)\s*", " ", said).strip(), re.findall(r"\(([^()]*)\)", said)
    name, _, post = bare.partition(",")
    remarks = (left_out(post.strip()),) if post.strip() else ()
    words = clean_name(name.strip(), LAST).split()
    if any(_INITIAL.match(word) or re.match(r"^[А-ЯЁ]\.[А-ЯЁ]\.?$", word) for word in words):
        return asked("Инициалы вместо имени и отчества. Впишите их целиком.")
    parts, sure = _three(words)
    if parts is None:
        return asked(f"«{said[:60]}»: где здесь фамилия, имя и отчество? Впишите по порядку.")
    told = _told(parts)
    if not told.is_certain:
        return told
    shown = " | ".join(parts)
    if brackets:
        return asked(f"В скобках «{brackets[0][:40]}». Верно ли имя без скобок?", shown)
    return (
        Answer(parts, remarks=remarks)
        if sure
        else asked("Порядок: фамилия, имя, отчество. Верно ли так?", shown)
    )


def _told(parts: tuple[str, ...]) -> Answer:
    """The three parts, each in its place: «Нгуен | Тхи Лан | »."""
    for part, word in zip((LAST, FIRST, MIDDLE), parts, strict=True):
        if (trouble := trouble_of(word, part)) or (part != MIDDLE and not word):
            return asked(trouble or "Впишите фамилию, имя и отчество.")
    return Answer(parts)


def _three(words: list[str]) -> tuple[tuple[str, str, str] | None, bool]:
    """The parts, and whether their order is certain."""
    begin = 1
    while begin < len(words) and words[begin - 1].lower() in SMALL - TURKIC:
        begin += 1
    last, rest = " ".join(words[:begin]), words[begin:]
    if len(rest) == 1:
        return (last, rest[0], ""), not is_patronymic(rest[0])
    if len(rest) == 2 and is_patronymic(rest[1]) and not is_patronymic(rest[0]):
        return (last, rest[0], rest[1]), True
    if len(rest) == 2 and is_patronymic(rest[0]):
        return (rest[1], last, rest[0]), False
    if len(rest) == 2:
        return (last, rest[0], rest[1]), False
    if len(rest) == 3 and rest[2].lower() in TURKIC:
        return (last, rest[0], f"{rest[1]} {rest[2].lower()}"), True
    return None, False


def understand_mail(text: str) -> Answer:
    """One sound address, in small letters."""
    said = tidy(text).lower()
    if said in NOTHING:
        return Answer("")
    bare = re.sub(r"^mailto:", "", said).strip(" ;,.<>")
    joined = re.sub(r"\s*@\s*", "@", bare)
    found = list(dict.fromkeys(mail.strip(".;") for mail in _MAIL.findall(joined)))
    sound = [mail for mail in found if _SOUND_MAIL.fullmatch(mail)]
    if len(found) > 1:
        return asked("В ячейке несколько адресов. Какой из них писать?", *sound)
    if len(found) == 1 and sound:
        return _one_mail(text, joined, sound[0])
    return asked(f"«{text.strip()[:60]}» {NOT_A_MAIL}", _mended(joined))


def _one_mail(text: str, joined: str, mail: str) -> Answer:
    before, _, after = joined.partition(mail)
    left = f"{before} {after}".strip(" <>()\"'/,;")
    if re.search(r"[a-z0-9]$", before) or re.search(r"[a-z0-9._]+\s*$", before.rstrip("<( \"'")):
        return asked(f"«{text.strip()[:60]}»: перед адресом лишние знаки. Впишите адрес без пробелов.")
    return Answer(mail, remarks=(left_out(left),) if left else ())


def _mended(joined: str) -> str:
    """Slips that are said aloud the same: «(at)», a comma for the dot, a Russian letter of the same look."""
    guess = re.sub(r"\s*\(\s*(?:at|собака|а)\s*\)\s*", "@", joined).replace(",", ".").translate(_AS_LATIN)
    return guess if _SOUND_MAIL.fullmatch(guess) and guess != joined else ""


_AS_LATIN = str.maketrans("асеорхук", "aceopxyk")
_YES = ("да|есть|+|1|v|педагогическое|пед|педагогич|педагог|имеется", "профпереподготовка|переподготовка")
_NO = ("нет|-|0|непед|не педагогическое|непедагогическое", "отсутствует|без пед")
YES, NO = ({word for line in lines for word in line.split("|")} for lines in (_YES, _NO))


def understand_yes_or_no(text: str) -> Answer:
    """Whether the education is pedagogical; an empty cell means yes, as the sample says."""
    said = low(text).strip(".")
    if said in NO:
        return Answer(False)
    return Answer(True) if said == "" or said in YES else asked("Здесь нужно «да» или «нет».", "да", "нет")


GENDERS = {
    "f": ("ж", "жен", "женск", "женский", "женщина", "f"),
    "m": ("м", "муж", "мужск", "мужской", "мужчина", "m"),
}


def understand_gender(text: str) -> Answer:
    """A letter or a word."""
    said = low(text).strip(".")
    code = next((code for code, words in GENDERS.items() if said in words), None)
    if code or said in NOTHING:
        return Answer(code or "")
    return asked("Пол пишется «м» или «ж».", "м", "ж")
