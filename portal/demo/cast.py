"""The named people of the demo city. Tests use the same ones (`tests/cast.py`), so what a test says can be seen by hand."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID, uuid5

NAMESPACE = UUID("5f1c9a52-3c2e-5b0e-9a60-1d2a8a3b7c11")


def uuid_of(*parts: str) -> UUID:
    """The same number for the same thing in every demo city and every test."""
    return uuid5(NAMESPACE, ":".join(parts))


@dataclass(frozen=True)
class CastMember:
    """One of the cast: who they are, where they serve and as whom."""

    key: str
    last_name: str
    first_name: str
    middle_name: str
    says: str
    school: int | None = None
    offices: tuple[str, ...] = ()
    position: str = ""
    subjects: tuple[str, ...] = ()
    gender: str = "f"
    born_on: dt.date = dt.date(1985, 5, 17)
    hired_on: dt.date = dt.date(2014, 9, 1)
    stage: Decimal = Decimal("12.0")
    category: str = "first"
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def uuid(self) -> UUID:
        return uuid_of("user", self.key)

    @property
    def person(self) -> UUID:
        return uuid_of("person", self.key)

    @property
    def email(self) -> str:
        return f"{self.key}@estafeta.example"


CAST: tuple[CastMember, ...] = (
    CastMember("anna", "Мельникова", "Анна", "Викторовна", "куратор школы № 5", 5, ("curator", "teacher"), "deputy", ("chemistry",), stage=Decimal("18"), category="highest"),
    CastMember("boris", "Кравцов", "Борис", "Ильич", "наставник в школе № 5", 5, ("teacher",), "teacher", ("mathematics",), "m", dt.date(1978, 3, 2), dt.date(2005, 8, 25), Decimal("21"), "highest"),
    CastMember("vera", "Соколова", "Вера", "Андреевна", "наставляемая в школе № 5", 5, ("teacher",), "teacher", ("mathematics",), "f", dt.date(2002, 11, 8), dt.date(2026, 8, 26), Decimal("0.2"), "none"),
    CastMember("gleb", "Орлов", "Глеб", "Сергеевич", "наставник в школе № 12", 12, ("teacher",), "teacher", ("physics",), "m", dt.date(1981, 7, 30), dt.date(2009, 9, 1), Decimal("17"), "highest"),
    CastMember("darya", "Литвинова", "Дарья", "Олеговна", "методист городского отдела", None, ("methodist",)),
    CastMember("elena", "Горчакова", "Елена", "Павловна", "секретарь координационного совета", None, ("council_secretary",)),
    CastMember("zhanna", "Белова", "Жанна", "Леонидовна", "директор школы № 5", 5, ("principal",), "principal", ("history",), "f", dt.date(1970, 1, 19), dt.date(1998, 9, 1), Decimal("28"), "highest"),
    CastMember("zoya", "Лебедева", "Зоя", "Игоревна", "учётная запись без должностей"),
    CastMember("irina", "Фомина", "Ирина", "Павловна", "педагог-психолог школы № 5", 5, ("psychologist", "teacher"), "psychologist", ()),
    CastMember("lev", "Захаров", "Лев", "Михайлович", "руководитель ШМО школы № 5", 5, ("association_lead", "teacher"), "teacher", ("russian",), "m", dt.date(1975, 9, 9), dt.date(2001, 9, 1), Decimal("25"), "highest"),
    CastMember("kira", "Рябова", "Кира", "Денисовна", "специалист по кадрам школы № 5", 5, ("personnel_officer",), "personnel_officer", ()),
    CastMember("semyon", "Воронов", "Семён", "Аркадьевич", "специалист Управления", None, ("department_specialist",), gender="m"),
    CastMember("nina", "Тарасова", "Нина", "Юрьевна", "эксперт из школы № 7", 7, ("teacher",), "teacher", ("russian", "literature")),
    CastMember("pavel", "Ефимов", "Павел", "Андреевич", "эксперт из школы № 9", 9, ("teacher",), "teacher", ("informatics",), "m"),
    CastMember("olga", "Журавлёва", "Ольга", "Петровна", "директор школы № 12", 12, ("principal",), "principal", ("geography",), "f", dt.date(1972, 4, 4), dt.date(2000, 9, 1), Decimal("26"), "highest"),
    CastMember("timur", "Сафин", "Тимур", "Рашидович", "куратор школы № 12", 12, ("curator", "teacher"), "deputy", ("english",), "m", dt.date(1980, 2, 12), dt.date(2010, 9, 1), Decimal("16"), "highest"),
)  # fmt: skip
BY_KEY = {person.key: person for person in CAST}
EXPERTS = ("nina", "pavel")
