"""What is known by its shape alone: phones, mails, links, classes."""

import re
from collections.abc import Iterator

from portal.documents.names.words import morphology, plain
from portal.documents.personal_data.kinds import Kind, Mark, words_of

# ── Phones ──────────────────────────────────────────────────────────────────────────────────────────
_LONG = re.compile(
    r"(?<![\d.,№-])(?:\+\s?7|8|7)[\s\u00a0().–-]{0,3}\d(?:[\s\u00a0().–-]{0,2}\d){9}(?![\d-]*\d)"
)
_ABROAD = re.compile(r"\+(?!7)\d{1,3}[\s()–-]{0,3}\d(?:[\s()–-]{0,2}\d){7,10}(?!\d)")
_BARE = re.compile(r"(?<![\d.,№-])9\d{9}(?!\d)|\(\d{3,5}\)\s?\d{1,3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)")
_THREE = re.compile(r"(?<![\d.,-])\d{3}-\d{2}-\d{2}(?![\d-])")
_SHORT = re.compile(r"(?<![\d.,-])\d{1,2}-\d{2}-\d{2}(?![\d-])|(?<![\d.,-])\d{5,7}(?![\d-])")
_CALLS = re.compile(r"\bтел(?:\.|ефон|\b)|звон|факс|мобильн|вотсап|ватсап|whatsapp", re.IGNORECASE)


def phones(sentence: str) -> Iterator[Mark]:
    """In all spellings; a short one of a town only where the sentence speaks of a phone."""
    shapes = [_LONG, _ABROAD, _BARE, _THREE, *([_SHORT] if _CALLS.search(sentence) else [])]
    for shape in shapes:
        for found in shape.finditer(sentence):
            yield Mark(Kind.PHONE, *found.span(), "Похоже на телефон.", "номер телефона")


# ── Mails and links ─────────────────────────────────────────────────────────────────────────────────
_AT = r"(?:@|\s*[(\[]\s*(?:собака|at|а[тт])\s*[)\]]\s*|\s+собака\s+)"
_SPELT = re.compile(r"[\w.+-]+\s+собака\s+[\w-]+(?:\s+точка\s+|\.)[a-zа-яё]{2,}", re.IGNORECASE)
_MAIL = re.compile(rf"[\wЁё.+-]+{_AT}[\w-]+(?:\.[\w-]+)*\.[a-zа-яё]{{2,}}", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z][\w.]{3,}")
_NICK = re.compile(
    r"\b(?:телеграм\w*|телег[аеу]|тг|вк|vk|инстаграм\w*|ник\w{0,2}|скайп\w*|дзен\w*|канал\w*)\b[^.!?\n]{0,20}?"
    r"[\s:«]([a-z][a-z0-9_.]{4,})(?![\w@/.-])",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)?([\w-]+(?:\.[\w-]+)*\.[a-zа-яё]{2,})(/[^\s»”\")]*)?", re.IGNORECASE)
_ADDRESS = re.compile(
    r"^(?:https?://|www\.)|[a-z0-9]\.(?:ru|com|org|net|su|info|online|site|pro|me)(?:/|$)", re.IGNORECASE
)
_OF_SCHOOL = re.compile(
    r"(?:^|[.-])(?:school|schola|sch|shkola|sosh|gimn|gymn|lice|lyce|licey)\w*", re.IGNORECASE
)


def mails(sentence: str) -> Iterator[Mark]:
    for found in (found for shape in (_MAIL, _SPELT) for found in shape.finditer(sentence)):
        yield Mark(Kind.MAIL, *found.span(), "Похоже на адрес почты.", "адрес почты")


def links(sentence: str) -> Iterator[Mark]:
    """Pages of people, groups and folders (`data/hosts.txt`), sites of schools, names in messengers."""
    for found in _HANDLE.finditer(sentence):
        yield Mark(Kind.LINK, *found.span(), "Похоже на имя в мессенджере.", "ссылка")
    for found in _NICK.finditer(sentence):
        yield Mark(Kind.LINK, *found.span(1), "Похоже на имя в сети.", "имя в сети")
    for found in _LINK.finditer(sentence):
        host, path = found[1].lower(), (found[2] or "").rstrip(".,;:!?")
        why = _of_whom(host, is_address=bool(_ADDRESS.search(found[0])))
        if why and (path.strip("/") or host not in words_of("hosts.txt")):
            end = found.start() + len(found[0].rstrip(".,;:!?"))
            yield Mark(Kind.LINK, found.start(), end, why, "ссылка")


def _of_whom(host: str, *, is_address: bool) -> str:
    """A host that nobody knows is asked about where it stands as an address."""
    known = words_of("hosts.txt")
    parts = host.split(".")
    said = next(
        (known[one] for one in (".".join(parts[n:]) for n in range(len(parts) - 1)) if one in known), None
    )
    if said == "public":
        return ""
    if said is not None:
        return "Ссылка на страницу человека, группы или папки."
    if _OF_SCHOOL.search(host):
        return "Ссылка на сайт школы."
    return "Ссылка: портал не знает, чья это страница." if is_address else ""


# ── Classes ─────────────────────────────────────────────────────────────────────────────────────────
_GAP = r"[\s\u00a0]?"
_QUOTED = r"[«“„\"'][А-ЯЁа-яёA-Z][»”“\"']"
_OF_CLASS = rf"(?:{_GAP}(?:класс\w*|кл\.?(?!\w)))?"
_NUMBER = r"(?<![\d.,/№–-])(1[01]|[1-9])"
_CLASSES = (
    re.compile(rf"{_NUMBER}(?:-?(?:й|го|м|му|я|х|е))?{_GAP}[-–]?{_GAP}{_QUOTED}{_OF_CLASS}"),
    re.compile(rf"{_NUMBER}{_GAP}класс\w*{_GAP}(?:{_QUOTED}|[А-ЯЁ](?![\w.]))"),
    re.compile(rf"{_NUMBER}[-–]?([А-ЕЖЗИКЛМНПРСТЭABCE])(?!\w){_OF_CLASS}"),
    re.compile(rf"{_NUMBER}{_GAP}([А-ЕЖЗИКЛМНПРСТЭ])(?![\w.]){_OF_CLASS}"),
    re.compile(rf"{_NUMBER}[-–]?([абвгджзклнпрст])(?!\w){_OF_CLASS}"),
    re.compile(rf"{_NUMBER} ([абвгджзклнпрст])(?= (?:класс|кл\.)){_OF_CLASS}"),
    re.compile(rf"\b((?:XI?|IX|IV|VI{{0,3}}|I{{1,3}}))[\s-]?{_QUOTED}{_OF_CLASS}"),
)
_IN_WORDS = re.compile(
    r"\b((?i:перв|втор|треть|четв[её]рт|пят|шест|седьм|восьм|девят|десят|одиннадцат))(?:ый|[ио]й|ь?[ео]го|ь?[ео]му|[ыи]м|ь[еи]м|[ое]м|ая|ую|ых)"
    rf"[\s\u00a0]*(?:{_QUOTED}|[А-ЯЁ](?![\w.])|[абгд](?= класс)){_OF_CLASS}"
)
ORDINALS = (
    "перв",
    "втор",
    "треть",
    "четверт",
    "пят",
    "шест",
    "седьм",
    "восьм",
    "девят",
    "десят",
    "одиннадцат",
)
_NO_CLASS_AFTER = re.compile(
    r"(?:задач\w*|задани\w*|упр\w*\.?|упражнени\w*|пункт\w*|п\.|вопрос\w*|кабинет\w*|каб\.|дом\w*|д\.|корпус\w*|"
    r"вариант\w*|приложени\w*|схем\w*|рисун\w*|рис\.|таблиц\w*|№|§|параграф\w*|маршрут\w*|формат\w*|лист\w*|"
    r"стр\.|номер\w*|форм\w*|критери\w*|часть|части)\s*$",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"напряжени|сил[аыеу]\b|ток[ауе]?\b|вольт|ампер|батаре|ньютон|масс[аыу]\b|блок питания", re.IGNORECASE
)
_UNITS = frozenset("АВНКГСМЛ")


def classes(sentence: str) -> Iterator[Mark]:
    """«7Б», «7 «Б»», «в 7-б классе», «седьмой «Б»»; never «задача 5а», «5 В» of a circuit, «7-й»."""
    for found in (found for shape in _CLASSES for found in shape.finditer(sentence)):
        if not _is_other(sentence, found):
            yield _class(sentence, found, found[1])
    for found in _IN_WORDS.finditer(sentence):
        stem = found[1].lower().replace("ё", "е")
        yield _class(sentence, found, str(ORDINALS.index(stem) + 1))


def _is_other(sentence: str, found: re.Match[str]) -> bool:
    letter = found[2] if len(found.groups()) > 1 else ""
    if found[0] == "1С":  # the programme
        return True
    measured = letter in _UNITS and letter and _MEASURED.search(sentence)
    return bool(measured or _NO_CLASS_AFTER.search(sentence[: found.start()]))


_CASES = {
    "класса": ("для", "из", "у", "от", "до", "без", "после", "кроме", "около", "возле"),
    "классу": ("к", "по"),
    "классом": ("с", "со", "над", "под", "перед", "за", "между"),
    "классе": ("в", "во", "о", "об", "при"),
}


def _form_after(before: str) -> str:
    """«в 7Б» → «в 7 классе»; «учитель 7Б», «дети 7Б» → «учитель 7 класса»."""
    asked = next((form for form, every in _CASES.items() if before in every), "")
    of = asked or (before and morphology().parse(plain(before))[0].tag.POS == "NOUN")
    return asked or ("класса" if of else "класс")


def _class(sentence: str, found: re.Match[str], number: str) -> Mark:
    said = re.search(r"класс\w*", found[0])
    words = sentence[: found.start()].split()
    before = words[-1].lower() if words else ""
    if before.startswith("класс"):
        form = ""
    elif said:
        form = f" {said[0]}"
    else:
        form = f" {_form_after(before)}"
    return Mark(Kind.CLASS, *found.span(), "Класс с буквой: по нему узнают детей и учителя.", number + form)
