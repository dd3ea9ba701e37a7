"""What the room hands out: tables of people, the sample of the list, the rows to mend, the consents in
Word.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase

from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.documents import forms
from portal.documents.forms.consents import (
    ConsentWithdrawal,
    DistributionConsent,
    DistributionItem,
    PersonalDataConsentForm,
)
from portal.documents.names import Case
from portal.documents.sheets import Column, Lines, write_sheet
from portal.files.answers import attachment
from portal.municipality.models import DepartmentName
from portal.municipality.reference import positions, subjects
from portal.municipality.requisites import genitives_of
from portal.papers import freezing as papers
from portal.papers.kinds import PaperKind
from portal.staff.access import consent_for, consents_visible_to
from portal.staff.cells.column_words import WHOLE_NAME
from portal.staff.list_rows import OF_ABSENCE, columns
from portal.staff.models import (
    ImportRow,
    Person,
    PersonalConsent,
    PersonOffice,
    Post,
    StaffImport,
    known_posts,
    name_on,
    stay_on,
)
from portal.staff.selectors.people import principals
from portal.staff.states import ConsentKind, RowVerdict
from tenants.context import school_here

CASES = (Case.GENITIVE.value, Case.DATIVE.value, Case.ACCUSATIVE.value, Case.INSTRUMENTAL.value)
"""Those in which papers name people."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_ONE = Column(WHOLE_NAME, "ФИО", required=False, width=40)
MEND = Column("mend", "Что поправить", width=60)
PUBLIC_DATA = {
    "name": "фамилия, имя, отчество",
    "position": "должность и предмет",
    "stage": "педагогический стаж и категория",
    "results": "результаты и практики наставничества",
    "email": "рабочая почта",
    "photo": "фотография",
}
"""Kinds of data that a person may allow to be published (T-29)."""

PROCESSED = (
    "фамилия, имя, отчество, пол",
    "дата рождения",
    "должность, предметы, ставка, педагогический стаж, образование, категория",
    "адрес электронной почты",
    "сведения об участии в наставничестве: пары, программы, встречи, практики",
)
"""What the consent to processing names (T-28), and its withdrawal (T-30) too."""


def table(title: str, columns: list[Column], rows: Iterable[dict[str, Any]]) -> HttpResponse:
    """A table in Excel, named after what it lists and its day."""
    return attachment(write_sheet(title, columns, rows), f"{title} {clock.today():%d.%m.%Y}.xlsx", XLSX)


def people_table(people: Iterable[Person]) -> HttpResponse:
    """The list of people with the columns of the upload, so that it can be mended and loaded back."""
    return attachment(
        write_sheet("Сотрудники", columns(), [_line(person) for person in people]),
        f"Сотрудники {clock.today():%d.%m.%Y}.xlsx",
        XLSX,
    )


def names_table(people: Iterable[Person]) -> HttpResponse:
    """What those see who may see names and subjects only."""
    shown = [
        column
        for column in columns()
        if column.key in ("last_name", "first_name", "middle_name", "position", "subjects")
    ]
    return attachment(
        write_sheet("Сотрудники", shown, [_line(person) for person in people]),
        f"Сотрудники {clock.today():%d.%m.%Y}.xlsx",
        XLSX,
    )


def _line(person: Person) -> dict[str, Any]:
    first = next(iter(person.positions), None)
    return {
        "last_name": person.last_name,
        "first_name": person.first_name,
        "middle_name": person.middle_name,
        "gender": {"m": "м", "f": "ж"}.get(person.gender, ""),
        "birth_date": person.birth_date,
        "position": positions().title(first.position) if first else "",
        "subjects": first.subject_titles if first else "",
        "hired_on": person.hired_on,
        "ped_stage_years": person.ped_stage_years,
        "education_level": person.get_education_level_display(),
        "is_ped_education": "да" if person.is_ped_education else "нет",
        "category": person.get_category_display(),
        "category_on": person.category_on,
        "rate": person.rate,
        "hours_week": person.hours_week,
        "email": person.email,
    }


def sample() -> HttpResponse:
    """The table to be filled, with two invented rows and a sheet that explains every column."""
    rows: list[dict[str, Any]] = [
        {
            "last_name": "Иванова",
            "first_name": "Ольга",
            "middle_name": "Сергеевна",
            "birth_date": "12.03.1998",
            "position": "учитель",
            "subjects": "математика, информатика",
            "hired_on": "01.09.2025",
            "ped_stage_years": "1,5",
            "education_level": "высшее",
            "is_ped_education": "да",
            "category": "без категории",
            "rate": "1",
            "hours_week": "18",
            "email": "ivanova@school.example",
        },
        {
            "last_name": "Петров",
            "first_name": "Илья",
            "middle_name": "Андреевич",
            "birth_date": "30.05.1979",
            "position": "заместитель директора",
            "subjects": "",
            "hired_on": "20.08.2012",
            "ped_stage_years": "20",
            "education_level": "высшее",
            "is_ped_education": "да",
            "category": "высшая",
            "category_on": "25.04.2024",
            "rate": "1",
            "hours_week": "36",
            "email": "petrov@school.example",
        },
    ]
    notes = (
        "Заполните первый лист: один человек — одна строка. Две строки примера удалите.",
        "Порядок столбцов может быть любым. Портал читает и ваши таблицы: Excel, LibreOffice, CSV. Чего не "
        "поймёт, о том спросит.",
        "Работает на двух должностях? Заполните две строки. Второй раз тот же человек не добавится.",
        f"Предметы: {', '.join(title for _, title in subjects().choices())}.",
    )
    return attachment(
        write_sheet("Сотрудники", columns(), rows, notes=notes), "Образец списка сотрудников.xlsx", XLSX
    )


def rows_to_mend(staff_import: StaffImport, rows: Iterable[ImportRow]) -> HttpResponse:
    """The rows which were not accepted, as they were in the file, with a last column «Что поправить»; «ФИО»
    in one column and an absence stand there where the file has said them.
    """
    bad = [row for row in rows if row.verdict == RowVerdict.BAD]
    lines = [
        {**row.raw, "mend": "\n".join(f"{e['column']}: {e['sentence']}" for e in row.errors)} for row in bad
    ]
    said = {key for row in bad for key, text in row.raw.items() if text}
    beside = [column for column in (IN_ONE, OF_ABSENCE) if column.key in said]
    shown = [*columns(), *beside]
    notes = ("Исправьте строки и загрузите этот же файл. Столбец «Что поправить» портал не читает.",)
    return attachment(
        write_sheet("Исправить", (*shown, MEND), lines, notes=notes), "Строки с ошибками.xlsx", XLSX
    )


def named_person(person: Person, post: str = "", *, on: dt.date | None = None) -> forms.NamedPerson:
    """A person as documents need a person: names in cases, with the person's own override. A paper of a day
    names people as they were called on it (docs/adr/0035), by name and by position; a draft, as they are
    called today. A guest is named with the home, as nobody of the staff.
    """
    borne = name_on(person, on)
    called = Post(post) if post else _post_on(person, on or clock.today())
    return forms.NamedPerson(
        borne.last_name,
        borne.first_name,
        borne.middle_name,
        called.title,
        gender=person.gender or None,
        name_cases=borne.name_override or {},
        post_cases=called.cases,
    )


def _post_on(person: Person, day: dt.date) -> Post:
    stay = stay_on(person, day)
    if stay:
        return Post(stay.in_papers)
    period = person.work_on(day) if day < clock.today() else None
    known = known_posts(day).get(period.pk) if period else None
    return Post(known[0].title, known[0].cases) if known else person.post


def name_in_cases(person: Person) -> dict[str, str]:
    """Case → how papers name the person: as it was typed, or as the portal proposes."""
    return {case: named_person(person).name(case) for case in CASES}


def typed_over(person: Person, typed: dict[str, str]) -> dict[str, str]:
    """Of what was typed that which is not the proposal: the rest follows the name when it changes."""
    proposed = replace(named_person(person), name_cases={})
    return {case: typed[case] for case in CASES if typed[case] and typed[case] != proposed.name(case)}


def school_form(on: dt.date | None = None) -> forms.School:
    """The school of a document, with its principal, who is named as on its day."""
    school, principal = school_here(), principals().prefetch_related(None).first()
    head = (
        named_person(principal, "директор", on=on) if principal else forms.NamedPerson("", "", "", "директор")
    )
    full, short = genitives_of(school)
    return forms.School(
        full_name=school.full_name,
        short_name=school.short_name,
        genitive=full,
        short_genitive=short,
        place=f"г. {settings.CITY_NAME}",
        principal=head,
        founder=DepartmentName.here().name,
        inn=school.inn,
        ogrn=school.ogrn,
        address=school.address,
    )


def consent_document(consent: PersonalConsent, by: Actor) -> HttpResponseBase:
    """T-28 or T-29 in Word: as it was signed, or with everything known filled in."""
    return papers.answer(papers.KINDS[CODES[ConsentKind(consent.kind)]], consent, by)


def consent_shown(consent: PersonalConsent) -> papers.Shown:
    """The frozen consent, or that it is a draft."""
    return papers.shown(papers.KINDS[CODES[ConsentKind(consent.kind)]], consent)


def withdrawal_document(consent: PersonalConsent, by: Actor) -> HttpResponseBase:
    """T-30 in Word: the statement by which this consent is taken back."""
    return papers.answer(papers.KINDS["T-30"], consent, by)


def _withdrawal(consent: PersonalConsent, by: Actor) -> forms.Form:
    return ConsentWithdrawal(
        school=school_form(consent.withdrawn_on),
        person=named_person(consent.person, on=consent.withdrawn_on),
        consent=consent.get_kind_display(),
        given_on=consent.given_on or clock.today(),
        contacts=consent.person.email,
        written_on=consent.withdrawn_on,
        **_taken_back(consent),
    )


def _taken_back(consent: PersonalConsent) -> dict[str, Any]:
    if consent.kind == ConsentKind.DISTRIBUTION:
        return {
            "law": "часть 12 статьи 10.1 Федерального закона № 152-ФЗ",
            "items": tuple(PUBLIC_DATA[code] for code in consent.data_allowed if code in PUBLIC_DATA),
            "demand": "Прошу прекратить их распространение в течение трёх рабочих дней.",
        }
    return {
        "law": "часть 2 статьи 9 Федерального закона № 152-ФЗ",
        "items": PROCESSED,
        "demand": "Прошу уничтожить данные в срок до тридцати дней, если нет другого законного основания их "
        "хранить.",
    }


def _processing(consent: PersonalConsent, by: Actor) -> forms.Form:
    return PersonalDataConsentForm(
        school=school_form(consent.given_on),
        person=named_person(consent.person, on=consent.given_on),
        written_on=consent.given_on,
        until=_until(consent),
        purpose="участие в системе наставничества педагогических работников, учёт наставников и "
        "наставляемых, мониторинг наставничества",
        items=PROCESSED,
        actions="сбор, запись, систематизация, хранение, уточнение, использование, блокирование, удаление, "
        "уничтожение",
    )


def _distribution(consent: PersonalConsent, by: Actor) -> forms.Form:
    items = tuple(
        DistributionItem(title, code in consent.data_allowed) for code, title in PUBLIC_DATA.items()
    )
    return DistributionConsent(
        school=school_form(consent.given_on),
        person=named_person(consent.person, on=consent.given_on),
        contacts=consent.person.email,
        written_on=consent.given_on,
        until=_until(consent),
        purpose="публикация сведений о наставниках и их практиках",
        addresses=tuple(consent.resources.split()),
        items=items,
        transfer=consent.conditions or "передача третьим лицам не разрешена",
    )


def _until(consent: PersonalConsent) -> Any:
    return consent.valid_until or clock.today()


CODES = {ConsentKind.PROCESSING: "T-28", ConsentKind.DISTRIBUTION: "T-29"}
DRAFT = "Проект: действует после подписи"
PAPERS = (
    PaperKind(
        "T-28",
        "Согласие на обработку персональных данных",
        "personal_consent",
        ("give",),
        door=consent_for,
        rows=consents_visible_to,
        form=_processing,
        draft=DRAFT,
        name=lambda c: f"Согласие на обработку данных, {name_on(c.person, c.given_on).short_name}",
        applies=lambda c: c.kind == ConsentKind.PROCESSING,
    ),
    PaperKind(
        "T-29",
        "Согласие на распространение персональных данных",
        "personal_consent",
        ("give",),
        door=consent_for,
        rows=consents_visible_to,
        form=_distribution,
        draft=DRAFT,
        name=lambda c: f"Согласие на распространение данных, {name_on(c.person, c.given_on).short_name}",
        applies=lambda c: c.kind == ConsentKind.DISTRIBUTION,
    ),
    PaperKind(
        "T-30",
        "Отзыв согласия",
        "personal_consent",
        ("withdraw",),
        door=consent_for,
        rows=consents_visible_to,
        form=_withdrawal,
        draft=DRAFT,
        name=lambda c: f"Отзыв согласия, {name_on(c.person, c.withdrawn_on).short_name}",
    ),
)

_OFFICES = (
    Column("office", "Должность в портале", width=28),
    Column("who", "Кто", width=34),
    Column("since", "С", "date", width=12),
    Column("until", "По", "date", width=12),
    Column("basis", "Основание", width=50),
    Column("ended", "Основание окончания", width=40),
)


def offices_table(rows: Iterable[PersonOffice]) -> HttpResponse:
    """Who holds what till when."""
    held = list(rows)
    lines: Lines = (
        {
            "office": Office(row.office).label,
            "who": row.person.full_name,
            "since": row.valid_from,
            "until": row.valid_to,
            "basis": row.basis,
            "ended": row.end_basis,
        }
        for row in held
    )
    return attachment(
        write_sheet("Должности в портале", _OFFICES, lines),
        f"Должности в портале {clock.today():%d.%m.%Y}.xlsx",
        XLSX,
    )
