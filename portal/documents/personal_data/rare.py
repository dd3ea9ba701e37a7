"""Rare combinations: no name stands there, and everybody in the town knows who is meant.

Counted as rare are:

- the only one («единственный учитель китайского», «только один логопед»);
- the first of all («самый молодой завуч города», «старейший учитель школы»);
- a named contest with its year («победитель «Учителя года» 2019»);
- an illness, or a misfortune of a family, of one child or in one class («мальчик с аутизмом», «под опекой»,
  «7Б» and a diagnosis); of children in general («дети с ОВЗ») it is not;
- a day or a year of birth;
- an address with a house;
- the number of a document: СНИЛС, паспорт, ИНН.
"""

import re
from collections.abc import Iterator

from portal.documents.names.words import morphology, plain
from portal.documents.personal_data.kinds import Kind, Mark

_WHO = (
    r"(?:учител|педагог|психолог|логопед|дефектолог|тьютор|преподавател|мужчин|женщин|воспитател|директор|завуч|"
    r"мальчик|девочк|девушк|юнош|ученик|учениц|школьни|специалист|библиотекар|хореограф|тренер|наставни|методист|"
    r"математик|физик|химик|историк|словесник|музыкант)\w*"
)
_PLACE = (
    r"(?:школ|город|район|област|республик|округ|край|края|сел[ае]|посёлк|посел|коллектив|гимнази|лице)\w*"
)
_ONLY = re.compile(
    rf"\b(?:единственн\w+|(?:только|лишь|всего)\s+од(?:ин|на|ного|ной|ну)|одна?\s+на\s+вс\w+\s+\w+|один\s+на\s+вс\w+\s+\w+)\s+(?:[а-яё-]+\s+){{0,3}}?{_WHO}(?:\s+[а-яё]+(?=\s+(?:в|на|из)\b))?",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:сам\w+\s+(?:молод|юн|стар|опытн|пожил|возрастн|титулованн)\w+|старейш\w+|опытнейш\w+)\s+"
    rf"(?:[а-яё-]+\s+){{0,2}}?{_WHO}\s+(?:наш\w+\s+|всей\s+|всего\s+|в\s+)?{_PLACE}",
    re.IGNORECASE,
)
_CONTEST = re.compile(
    r"\b(?:победител|лауреат|приз[её]р|финалист)\w*\s[^.!?]{0,60}?«[^»]+»\D{0,12}(?:19|20)\d\d"
    r"|\bУчител\w+\s+года»?[\s–-]+(?:19|20)\d\d",
    re.IGNORECASE,
)
_MONTH = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*"
_BORN = re.compile(
    r"\b(?:19|20)\d\d\s?(?:г\.\s?р\.|года?\s+рождени\w+)"
    rf"|\b\d{{1,2}}\s+{_MONTH}\s+(?:19|20)\d\d(?:\s*(?:г\.\s?р\.|года?(?:\s+рождени\w+)?))?"
    r"|\b\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d\b",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"родил|рожд[её]н|рождени|\b[гд]\.\s?р\.", re.IGNORECASE)
_STREET = (
    r"(?i:ул(?:\.|иц\w+)|пр(?:\.|-т\.?|оспект\w*)|пер(?:\.|еул\w+)|б(?:-р\.?|ульвар\w*)|ш(?:\.|оссе)|"
    r"наб(?:\.|ережн\w+)|мкр\.?|микрорайон\w*|пл(?:\.|ощад\w+)|по\s+адресу:?)"
)
_HOUSE = r"(?:(?:,\s*(?:д\.|дом\w*)?|\s+(?:д\.|дом\w*))\s*№?\s*\d+|\s+\d{1,3}(?!\s*(?:[а-яё]{2,}|\d|[.,]\d)))"
_ADDRESS = re.compile(
    rf"\b{_STREET}\s*(?:[А-ЯЁ0-9][\w.-]*)(?:\s+[А-ЯЁ][\w-]*)?{_HOUSE}[а-яА-Я]?(?:[/-]\d+)?"
    r"(?:\s*,?\s*(?:кв\.|квартир\w+|корп\.)\s*\d+)?"
)
_PAPER = re.compile(
    r"\b\d{3}-\d{3}-\d{3}[\s-]\d{2}\b|\bпаспорт\w*[^\d.!?]{0,15}\d{4}\s?№?\s?\d{6}\b|\bИНН\D{0,5}\d{10,12}\b",
    re.IGNORECASE,
)
_ILL = re.compile(
    r"\b(?:(?:ДЦП|РАС|СДВГ|ВИЧ|ЗПР|ОВЗ|ТНР|НОДА)\b|(?i:сахарн\w+\s+диабет\w*|аути(?:зм|ст|чн)\w*|эпилепс\w+|"
    r"диабет\w*|синдром\w*\s+(?:Дауна|Туретта|Аспергера)|онкологи\w+|астм\w+|заика\w+|дислекси\w+|"
    r"дисграфи\w+|слабослыш\w+|слабовид\w+|глух(?:ой|ая|ого|ому|онем\w+)|инвалид\w*|депресси\w+|"
    r"умственн\w+\s+отсталост\w+|порок\w*\s+сердца|протез\w*|инвалидн\w+\s+коляск\w+|лейкоз\w*|анорекси\w+|"
    r"задержк\w+\s+(?:психическ\w+\s+|речев\w+\s+)?развити\w+|слеп(?:ой|ая|ого|ому|ую)|"
    r"(?:тяж[её]л\w+|хроническ\w+|редк\w+|неизлечим\w+)\s+(?:заболевани|болезн)\w+))"
)
_FAMILY = re.compile(
    r"\b(?:сто\w+\s+на\s+(?:\w+\s+)?уч[её]те|сто\w+\s+на\s+уч[её]те|состо\w+\s+на\s+(?:\w+\s+)?уч[её]те|(?:из\s+)?(?:многодетн|неполн|неблагополучн|малоимущ)\w+\s+сем\w+|"
    r"опекаем\w+|сирот\w*|под\s+опек\w+|опекун\w*|(?:из\s+)?при[её]мн\w+\s+сем\w+|"
    r"из\s+детск\w+\s+дома|лишен\w+\s+родительских\s+прав|в\s+тюрьм\w+|судимост\w+|матер\w+-одиночк\w+|"
    r"родители\s+в\s+разводе|беженц\w+|(?:погиб|умер)\w*\s+(?:мать|мама|отец|папа))",
    re.IGNORECASE,
)
_ONE_CHILD = re.compile(
    r"\b(?:реб[её]н(?:ок|ка|ку|ком|ке)|мальчик(?:а|у|ом|е)?|девочк(?:а|у|е|ой|и)|ученик(?:а|у|ом|е)?|учениц(?:а|ы|у|е|ей)|"
    r"школьник(?:а|у|ом|е)?|школьниц(?:а|ы|у|е|ей)|подрост(?:ок|ка|ку|ком|ке)|сын(?:а|у|ом|е)?|доч(?:ь|ка|ки|ери|ерью)|"
    r"воспитанник(?:а|у|ом|е)?|воспитанниц(?:а|ы|у|е|ей)|инвалид(?:а|у|ом|е)?(?:-\w+)?|\w+классни(?:к|ца|ка|цы|ку|це|цу|ком|цей))\b",
    re.IGNORECASE,
)
_ANY_CHILD = re.compile(r"\b(?:кажд|люб(?:ой|ого|ому|ая)|всяк|если)\w*", re.IGNORECASE)
_A_CLASS = re.compile(r"\b(?:1[01]|[1-9])[-–\s]?[«\"]?[А-Яа-я][»\"]?(?=\s|[.,]|$)")


def rare(sentence: str) -> Iterator[Mark]:
    """What is said above; each with its reason."""
    for shape, why, neutral in _ALWAYS:
        for found in shape.finditer(sentence):
            yield Mark(Kind.RARE, *found.span(), why, neutral)
    if _BIRTH.search(sentence):
        for found in _BORN.finditer(sentence):
            yield Mark(Kind.RARE, *found.span(), "День или год рождения.", "такого-то года")
    for found in _ONLY.finditer(sentence):
        yield Mark(Kind.RARE, *found.span(), "Такой один: его узнают и без имени.", _without_only(found[0]))
    one_child = _ONE_CHILD.search(sentence) and not _ANY_CHILD.search(sentence)
    if one_child or _A_CLASS.search(sentence):
        yield from _of_one_child(sentence)


_ALWAYS = (
    (_FIRST, "Такой один: его узнают и без имени.", "коллега"),
    (_CONTEST, "Конкурс с годом называет человека.", "участник конкурса"),
    (_ADDRESS, "Адрес с домом.", "адрес"),
    (_PAPER, "Номер документа.", "номер документа"),
)


def _without_only(said: str) -> str:
    """«единственный учитель китайского» without what makes one the only one."""
    rest = re.sub(
        r"^(?:единственн\w+|(?:только|лишь|всего)\s+од\w+|один|одна)\s+", "", said, flags=re.IGNORECASE
    )
    return rest if rest != said else "коллега"


def _of_one_child(sentence: str) -> Iterator[Mark]:
    for found in _ILL.finditer(sentence):
        tied = sentence[: found.start()].endswith("-")  # «мальчик-инвалид»: the first part stays
        neutral = "" if tied else _of_health(found[0])
        yield Mark(Kind.RARE, found.start() - tied, found.end(), "Здоровье одного ребёнка.", neutral)
    for found in _FAMILY.finditer(sentence):
        tied = sentence[: found.start()].endswith("-")
        yield Mark(Kind.RARE, found.start() - tied, found.end(), "Беда одной семьи.")


def _of_health(said: str) -> str:
    """«с аутизмом» → «с особенностями здоровья»; «слепая» goes without a word instead."""
    first = morphology().parse(plain(said.split()[0]))
    if " " not in said and any(parse.tag.POS in ("ADJF", "PRTF") for parse in first):
        return ""
    case = next((parse.tag.case for parse in first if parse.tag.case), None)
    form = morphology().parse("особенность")[0].inflect({"plur", case or "nomn"})
    return f"{form.word} здоровья"
