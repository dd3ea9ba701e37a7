"""One thing of each kind and in each state, for whoever walks the pages: of a school, and of the city. Names
are as long as real ones get.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.documents.sheets import write_sheet
from portal.files.storing import store
from portal.local_acts import printing
from portal.local_acts import services as acts
from portal.local_acts.models import ActPdf, LocalAct, Order
from portal.local_acts.workflow import ACT
from portal.local_acts.workflow.acts import Marks
from portal.monitoring import services as monitoring
from portal.monitoring.states import FormState
from portal.municipality.letters import AnsweredForm, OpenedCampaign
from portal.school_practices import services as practices
from portal.school_practices.models import SchoolPractice, UnclearDescription
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.school_records.models import FrozenPaper, PaperPdf
from portal.staff import services as staff
from portal.staff.list_rows import COLUMNS
from portal.staff.models import AccessQuestion, Employment, Newcomer, Person
from portal.staff.services.absences import Away
from portal.staff.services.guests import Stay
from portal.staff.services.names import Borne
from portal.staff.services.positions import Post
from portal.staff.workflow import CONSENT, IMPORT
from portal.staff.workflow.consents import SignedPaper
from portal.staff.workflow.imports import ListAccepted, Trouble
from tenants.context import in_school
from tenants.models import School
from tests.cast import BY_KEY
from tests.journeys.long_words import WORD
from tests.journeys.scenes_of_pairs import mentoring_of
from tests.journeys.walk import Objects
from tests.practices.conftest import COMMENT, consent_to_publish

Who = Callable[[str], Actor]
SCHOOL = "Гимназия № 31 имени дважды Героя Советского Союза лётчика-космонавта В. Н. Севастьянова"
LONG_AGO = dt.date(2015, 6, 5)
LINE = {
    "last_name": "Данилов",
    "first_name": "Пётр",
    "middle_name": "Ильич",
    "birth_date": "04.07.1990",
    "position": "учитель",
    "subjects": "физика",
    "hired_on": "01.09.2021",
    "ped_stage_years": "5",
    "education_level": "высшее",
}
WRONG = [
    {**LINE, "position": "учитиль"},
    {**LINE, "last_name": "Журавлёва", "rate": "3,5", "hired_on": "30.02.2024"},
    {**LINE, "last_name": "Ковалёва", "category": "лучшая"},
    {**LINE, "last_name": "", "subjects": "матиматика, магия"},
]


RENAMED = {
    **LINE,
    "last_name": "Петрова",
    "first_name": "Вера",
    "middle_name": "Андреевна",
    "birth_date": "08.11.2002",
    "subjects": "математика",
    "hired_on": "26.08.2026",
}
"""Вера under another surname."""


@contextmanager
def school() -> Iterator[None]:
    with in_school(School.objects.get(number=5)):
        yield


def pdf(name: str = "скан.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4 signed")


def person(key: str) -> Person:
    return Person.objects.get(uuid=BY_KEY[key].person)


def the_school(who: Who, content: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Objects:
    """Everything that a school has; keys are the beginnings of routes."""
    content = {**content, "title": f"Урок {WORD}"[:150]}
    with school():
        a = _imports(who("anna"))
        p = _people(who)
        d = _papers(who, monkeypatch)
        t = _texts(who, content)
        f = _forms(who)
        made = {
            "people/import/<uuid:pk>/": a,
            **p,
            **d,
            "practices/<uuid:pk>/": t,
            "practices/unclear/<uuid:pk>/": [_not_understood(t[-1])],
            "forms/<uuid:pk>/": f,
            **mentoring_of(who),
        }
    return {
        beginning: [str(getattr(thing, "uuid", thing)) for thing in things]
        for beginning, things in made.items()
    }


def _imports(anna: Actor) -> list[Any]:
    """Uploads in each stage: checked with errors, waiting, accepted, not read."""

    def upload(*rows: dict[str, Any]) -> Any:
        return staff.upload_staff(
            SimpleUploadedFile("список.xlsx", write_sheet("Сотрудники", COLUMNS, rows)), by=anna
        )

    waiting = upload(LINE)
    ready = upload(LINE, *WRONG, RENAMED)
    done = upload({**LINE, "last_name": "Юрьев"}, WRONG[0])
    unread = upload(LINE)
    IMPORT.move(unread, "start", by=anna)
    unreadable = Trouble(trouble="В ячейке A3 стоит формула. Замените её значением.")
    IMPORT.move(unread, "fail", by=anna, asked=unreadable)
    for one in (ready, done):
        staff.check_rows(by=anna, import_uuid=str(one.uuid))
        one.refresh_from_db()
    IMPORT.move(done, "confirm", by=anna, asked=ListAccepted())
    staff.accept_rows(by=anna, import_uuid=str(done.uuid))
    return [ready, waiting, done, unread]


def _people(who: Who) -> dict[str, list[Any]]:
    anna, zhanna = who("anna"), who("zhanna")
    vera = person("vera")
    draft = staff.prepare_consent(
        vera, "distribution", by=who("vera"), resources="https://school5.example/", data_allowed=["name"]
    )
    given = staff.prepare_consent(vera, "processing", by=anna)
    CONSENT.move(
        given, "give", by=anna, asked=SignedPaper(given_on=clock.today(), scan=store(pdf(), by=anna))
    )
    office = staff.give_office_by_hand(
        vera, "psychologist", basis="приказ № 12-к от 01.09.2026", valid_from=clock.today(), by=zhanna
    )
    fresh = staff.enter_person(
        by=anna,
        position="teacher",
        subjects=["physics"],
        last_name="Рождественская-Богоявленская",
        first_name="Александрина",
        middle_name="Константиновна",
        birth_date=clock.today().replace(year=1990),
        hired_on=clock.today().replace(year=2015),
        ped_stage_years=10,
        education_level="higher",
        rate=1,
        email="",
    )
    twin = staff.enter_person(
        by=anna,
        position="tutor",
        last_name="Рождественская",
        first_name=fresh.first_name,
        middle_name=fresh.middle_name,
        birth_date=fresh.birth_date,
        hired_on=clock.today().replace(year=2016),
        ped_stage_years=9,
        education_level="higher",
        rate=1,
    )
    second = staff.add_position(fresh, Post(position="tutor"), by=anna)
    before = {"started_on": dt.date(2008, 9, 1), "ended_on": dt.date(2012, 8, 31)}
    Employment.objects.create(person=fresh, end_reason="other", **before)
    away = staff.begin_absence(
        fresh, Away(kind="maternity", started_on=clock.today(), basis="приказ № 31-к от 12.10.2026"), by=anna
    )
    stay = Stay(
        kind="psychologist",
        home="Центр психолого-педагогической, медицинской и социальной помощи детям «Благовест»",
        post="педагог-психолог высшей категории",
        basis="приказ Управления образования № 231-п от 01.09.2026 о направлении специалистов",
        started_on=clock.today(),
        ended_on=clock.today() + dt.timedelta(days=20),
    )
    name = {"last_name": "Преображенский", "first_name": "Константин", "middle_name": "Александрович"}
    guest = staff.invite_guest(stay, by=anna, email="", name=name)
    borne = Borne(last_name="Преображенская-Воздвиженская", first_name="Александрина", ended_on=LONG_AGO)
    former = staff.add_former_name(fresh, borne, by=anna)
    called = {"last_name": "Вознесенская-Преображенская", "first_name": "Александрина"}
    newcomer = Newcomer.objects.create(person=fresh, invitation=uuid4(), **called)
    question = AccessQuestion.objects.create(
        person=fresh,
        consent=uuid4(),
        what="address",
        email="konstantinopolskaya.aleksandrina@gimnaziya12.example",
        asked_by="Гимназия № 12",
        reason="Ящик школы удалён при переезде почты, человек пришёл с паспортом и попросил новый.",
    )
    return {
        "people/<uuid:pk>/": [fresh, vera, guest.person],
        "stays/<uuid:pk>/": [guest],
        "former-names/<uuid:pk>/": [former],
        "newcomers/<uuid:pk>/": [newcomer],
        "access-questions/<uuid:pk>/": [question],
        "consents/<uuid:pk>/": [draft, given],
        "offices/<uuid:pk>/": [office],
        "absences/<uuid:pk>/": [away],
        "positions/<uuid:pk>/": [second],
        "kind": ["processing", "distribution"],
        "other": [twin],
    }


def _papers(who: Who, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    zhanna, today = who("zhanna"), clock.today()
    monkeypatch.setattr(printing, "pdf_is_available", lambda: True)
    monkeypatch.setattr("portal.local_acts.exports.pdf_is_available", lambda: True)
    act = acts.load_municipal_act(by=zhanna)
    ACT.move(act, "approve", by=zhanna, asked=Marks(minutes_number="1", minutes_on=today, union_on=today))
    acts.register_act(act, number="5", approved_on=today, scan=pdf(), by=zhanna)
    act.refresh_from_db()
    approved = acts.load_municipal_act(by=zhanna)
    ACT.move(
        approved, "approve", by=zhanna, asked=Marks(minutes_number="2", minutes_on=today, union_on=today)
    )
    # a school writes one at a time; here each is seen
    own = LocalAct.objects.create(
        kind=approved.kind,
        title="Положение о наставничестве",
        template_version="own",
        chapters=approved.chapters[:2],
        left_out=["Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 5»", "ПРИНЯТО"],
    )
    failed = LocalAct.objects.create(kind=approved.kind, title=approved.title, chapters=approved.chapters)
    asked = printing.ask_for_pdf(failed, by=zhanna)
    ActPdf.objects.filter(pk=asked.pk).update(trouble="Не получилось сделать PDF. Скачайте файл Word.")
    order = acts.appoint_curator(person("anna"), valid_from=today, valid_to=None, by=zhanna)
    acts.register_order(order, number="1-н", signed_on=today, scan=pdf(), by=zhanna)
    draft = acts.appoint_curator(
        person("anna"), valid_from=today.replace(year=today.year + 1), valid_to=None, by=zhanna
    )
    return {
        "acts/<uuid:pk>/": [act, approved, failed, own],
        "orders/<uuid:pk>/": [draft, order],
        "papers/<uuid:pk>/": _frozen(order, draft),
        "own-papers/<uuid:pk>/": [FrozenPaper.objects.get(subject=order.uuid)],
    }


def _frozen(order: Order, another: Order) -> list[Any]:
    """Two papers as they were signed: the PDF of one was made, that of the other could not be."""
    paper = FrozenPaper.objects.get(subject=order.uuid)
    PaperPdf.objects.create(paper=paper, file=order.scan)
    other = FrozenPaper.objects.create(
        code=paper.code, subject=another.uuid, people=paper.people, title=paper.title, word=paper.word
    )
    PaperPdf.objects.create(paper=other, trouble="Не получилось сделать PDF. Скачайте файл Word.")
    return [other, paper]


def _not_understood(practice: SchoolPractice) -> UnclearDescription:
    return UnclearDescription.objects.create(
        practice=practice,
        adoption=uuid4(),
        revision=1,
        words=f"Непонятно, кто {WORD}",
        asked_on=clock.today(),
    )


def _texts(who: Who, content: dict[str, Any]) -> list[Any]:
    """A practice in each pair of hands: the author's, the reviewers', the principal's, the city's."""
    boris, lev, author = who("boris"), who("lev"), person("boris")
    consent_to_publish("boris")
    made = []
    tells_of_people = {**content, "goal": f"{content['goal']} Первым поднял руку ученик Петя из 7Б."}
    for number in range(4):
        one = practices.draft_practice(
            authors=[author],
            by=boris,
            has_no_pupil_data=True,
            has_image_consents=True,
            **(content if number else tells_of_people),
        )
        if number > 0:
            one = SCHOOL_PRACTICE.move(one, "submit", by=boris)
        if number > 1:
            practices.review_practice(
                one,
                scores={"c1": 8, "c2": 7, "c3": 8, "c4": 9, "c5": 7},
                comment=COMMENT,
                recommendation="publish",
                by=lev,
            )
            one = SCHOOL_PRACTICE.move(one, "accept", by=lev)
        if number > 2:
            SCHOOL_PRACTICE.move(one, "hand_over", by=who("zhanna"))
        made.append(one)
    return made


def _forms(who: Who) -> list[Any]:
    """The city's form: fresh, and one that came back."""
    letter: dict[str, Any] = {"year": 2026, "indicators": ["A01", "A02", "A05", "R04"], "due": clock.today()}
    fresh = monitoring.begin_form(
        OpenedCampaign(campaign=uuid4(), title=f"Кадровый срез {WORD}"[:150], **letter)
    )
    back = monitoring.begin_form(
        OpenedCampaign(campaign=uuid4(), title="Старт учебного года: охват и пары", **letter)
    )
    back = monitoring.hand_over_form(back, by=who("zhanna"))
    with transaction.atomic():  # as the post applies it
        monitoring.mirror_answer(
            AnsweredForm(
                form=back.uuid,
                revision=back.revision,
                accepted=False,
                comment="Уточните, сколько человек вовлечено.",
            )
        )
    back.refresh_from_db()
    assert back.state == FormState.RETURNED
    return [fresh, back]
