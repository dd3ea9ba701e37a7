"""Writes of the department, and of what is one's own."""

import datetime as dt
from typing import Any
from uuid import uuid4

from portal.city_records.models import Inbox
from portal.core import clock
from portal.municipality import entries, naming, services
from portal.municipality.entries import Wording
from portal.municipality.models import CampaignSchool, MonitoringCampaign, ReceivedForm, ReferenceEntry
from portal.municipality.requisites import inn_with_control
from portal.municipality.workflow import CAMPAIGN, SCHOOL
from portal.municipality.workflow.schools import Agreement
from tenants.models import School, SchoolState
from tests.posts.mentoring_forming import day
from tests.posts.rows import ANOTHER, Post, Scene, World
from tests.things import open_data, school_99

NEW: dict[str, Any] = {
    "number": "31",
    "short_name": "Лицей № 31",
    "full_name": "Муниципальный лицей № 31 города Смоленска",
    "code": "lyceum-31",
    "kind": "school",
    "inn": inn_with_control("673100031"),
}
AGREEMENT: dict[str, Any] = {"agreement_number": "С-99", "agreed_counters": ["employees"]}


def _draft(w: World, state: str = SchoolState.DRAFT) -> School:
    return school_99(state)


def school_new(w: World) -> Scene:
    return Scene("/schools/new/", NEW)


def agreement(w: World) -> Scene:
    school = _draft(w)
    return Scene(
        f"/schools/{school.uuid}/agreement/", {**AGREEMENT, "agreement_on": day(clock.today())}, school
    )


def school_names(w: World) -> Scene:
    school = _draft(w)
    return Scene(
        f"/schools/{school.uuid}/names/",
        {"short_genitive": "школы № 99", "full_genitive": "муниципальной средней школы № 99"},
        school,
    )


def calendar(w: World) -> Scene:
    return Scene("/calendar/", {"file": ("календарь.csv", open_data(clock.today().year + 1))})


def reference_new(w: World) -> Scene:
    return Scene("/reference/subject/new/", {"title": "китайский язык", "words": "китайский"})


def reference_entry(w: World) -> Scene:
    found = ReferenceEntry.objects.get(book="subject", code="astronomy")
    return Scene(
        f"/reference/entries/{found.uuid}/",
        {"title": "астрономия и космонавтика", "genitive": "", "words": "", "place": str(found.place)},
        found,
        later=lambda: entries.change_entry(found, Wording("звездочётство"), by=w.who("semyon")),
    )


def reference_offer(w: World) -> Scene:
    found = ReferenceEntry.objects.get(book="subject", code="drawing")
    return Scene(
        f"/reference/entries/{found.uuid}/offer/",
        {"offered": "no"},
        found,
        page=f"/reference/entries/{found.uuid}/",
        later=lambda: entries.change_entry(found, Wording("начертательная геометрия"), by=w.who("semyon")),
    )


def department(w: World) -> Scene:
    row = naming.name_department(name="Управление образования", genitive="", by=w.who("semyon"))
    return Scene(
        "/department/",
        {
            "name": "Комитет по образованию",
            "genitive": "комитета по образованию",
            "methodical_body": "МБУ «Методцентр»",
            "council": "Совет наставников города",
        },
        row,
    )


def opening(w: World) -> Scene:
    school = SCHOOL.move(
        _draft(w), "sign_docs", asked=Agreement(**AGREEMENT, agreement_on=clock.today()), by=w.who("semyon")
    )
    page = f"/schools/{school.uuid}/"
    return Scene(
        f"{page}opening/",
        {},
        school,
        page,
        later=lambda: School.objects.filter(pk=school.pk).update(state=SchoolState.SCHEMA_CREATED, version=9),
    )


def invite(w: World) -> Scene:
    school = _draft(w, SchoolState.SCHEMA_CREATED)
    return Scene(
        f"/schools/{school.uuid}/principal/",
        {"name": "Комарова Инна Львовна, директор", "email": "k@school99.example"},
        school,
        later=lambda: services.keep_step(school, "principal_joined"),
    )


def school_move(w: World) -> Scene:
    page = f"/schools/{w.school5.uuid}/"
    return Scene(
        f"{page}moves/",
        {"verb": "suspend", "comment": "Школа на ремонте до нового года."},
        School.objects.get(pk=w.school5.pk),
        page,
    )


def campaign_new(w: World) -> Scene:
    return Scene(
        "/campaigns/new/",
        {
            "title": "Кадровый срез, осень",
            "indicators": ["A01"],
            "open_from": day(clock.today()),
            "due_school": day(clock.today()),
        },
    )


def campaign_move(w: World) -> Scene:
    made = services.plan_campaign(
        title="Срез",
        indicators=["A01"],
        open_from=clock.today(),
        due_school=clock.today(),
        by=w.who("semyon"),
    )
    page = f"/campaigns/{made.uuid}/"
    return Scene(f"{page}moves/", {"verb": "open"}, made, page)


def school_edit(w: World) -> Scene:
    school = _draft(w)
    return Scene(f"/schools/{school.uuid}/edit/", NEW, school)


def _planned(w: World, state: str = "draft") -> MonitoringCampaign:
    made = services.plan_campaign(
        title="Срез",
        indicators=["A01"],
        open_from=clock.today(),
        due_school=clock.today(),
        by=w.who("semyon"),
    )
    if state == "open":
        made = CAMPAIGN.move(made, "open", by=w.who("semyon"))
        CampaignSchool.objects.create(campaign=made, school=w.school5)
    return made


def campaign_edit(w: World) -> Scene:
    made = _planned(w)
    fields = {
        "title": "Кадровый срез, весна",
        "indicators": ["A01", "A02"],
        "open_from": day(clock.today()),
        "due_school": day(clock.today()),
    }
    return Scene(f"/campaigns/{made.uuid}/edit/", fields, made)


def campaign_term(w: World) -> Scene:
    made = _planned(w, "open")
    fields = {
        "due_school": day(clock.today() + dt.timedelta(days=9)),
        "comment": "Попросили три школы: у них ремонт.",
    }
    return Scene(f"/campaigns/{made.uuid}/term/", fields, made)


def campaign_remind(w: World) -> Scene:
    made = _planned(w, "open")
    return Scene(
        f"/campaigns/{made.uuid}/remind/", {"school": str(w.school5.uuid)}, page=f"/campaigns/{made.uuid}/"
    )


def received_form(w: World) -> Scene:
    campaign = MonitoringCampaign.objects.create(
        title="Кадровый срез", year=2026, indicators=["A01"], due_school=clock.today(), state="open"
    )
    CampaignSchool.objects.create(campaign=campaign, school=w.school5)
    numbers = {"young_covered": 1, "young_total": 2}
    values = [{"indicator": "A01", "counted": numbers, "declared": numbers, "explanation": ""}]
    made = ReceivedForm.objects.create(
        campaign=campaign, school=w.school5, form=uuid4(), revision=1, values=values, submitted_at=clock.now()
    )
    return Scene(
        f"/received-forms/{made.uuid}/",
        {"verb": "return", "comment": "Сверьте, пожалуйста, число молодых педагогов."},
        made,
    )


def retry(w: World) -> Scene:
    letter = Inbox.objects.create(
        uuid=uuid4(),
        kind="municipality.counters",
        topic=uuid4(),
        school=w.school5.uuid,
        payload={},
        written_at=clock.now(),
        stopped=True,
        attempts=9,
        trouble="не разобрано",
    )
    return Scene(f"/post/{letter.uuid}/retry/")


def set_aside(w: World) -> Scene:
    return Scene(
        retry(w).url.replace("retry", "aside"), {"reason": "Письмо о том, что уже решено на бумаге."}
    )


ROWS = [
    Post(
        "municipality:school_new",
        "semyon",
        school_new,
        "city:journalline+1 city:school+1",
        422,
        contour="city",
    ),
    Post(
        "municipality:school_names",
        "semyon",
        school_names,
        "city:journalline+1 city:school~",
        ANOTHER,
        contour="city",
    ),
    Post(
        "municipality:calendar",
        "semyon",
        calendar,
        "city:calendaryear+1 city:cityfacts+1 city:journalline+1",
        302,
        contour="city",
    ),
    Post(
        "municipality:department",
        "semyon",
        department,
        "city:cityfacts~ city:departmentname~ city:journalline+1",
        ANOTHER,
        contour="city",
    ),
    Post(
        "municipality:reference_new",
        "semyon",
        reference_new,
        "city:cityfacts+1 city:journalline+1 city:referenceentry+1",
        422,
        contour="city",
    ),
    Post(
        "municipality:reference_entry",
        "semyon",
        reference_entry,
        "city:cityfacts+1 city:journalline+1 city:referenceentry~",
        ANOTHER,
        contour="city",
    ),
    Post(
        "municipality:reference_offer",
        "semyon",
        reference_offer,
        "city:cityfacts+1 city:journalline+1 city:referenceentry~",
        ANOTHER,
        contour="city",
    ),
    Post(
        "municipality:agreement", "semyon", agreement, "city:journalline+1 city:school~", 302, contour="city"
    ),
    Post(
        "municipality:opening",
        "semyon",
        opening,
        "city:jobs+1 city:journalline+1 city:schoolopening+1",
        contour="city",
    ),
    Post(
        "municipality:invite", "semyon", invite, "city:jobs+1 city:journalline+1 city:school~", contour="city"
    ),
    Post(
        "municipality:school_move", "semyon", school_move, "city:journalline+1 city:school~", contour="city"
    ),
    Post(
        "municipality:campaign_new",
        "semyon",
        campaign_new,
        "city:journalline+1 city:monitoringcampaign+1",
        ANOTHER,
        contour="city",
    ),
    Post(
        "municipality:campaign_move",
        "semyon",
        campaign_move,
        "city:jobs+1 city:journalline+1 city:monitoringcampaign~",
        contour="city",
    ),
    Post(
        "municipality:school_edit",
        "semyon",
        school_edit,
        "city:journalline+1 city:school~",
        302,
        contour="city",
    ),
    Post(
        "municipality:campaign_edit",
        "semyon",
        campaign_edit,
        "city:journalline+1 city:monitoringcampaign~",
        302,
        contour="city",
    ),
    Post(
        "municipality:campaign_term",
        "semyon",
        campaign_term,
        "city:jobs+1 city:journalline+1 city:monitoringcampaign~",
        422,
        contour="city",
    ),
    Post(
        "municipality:campaign_remind",
        "semyon",
        campaign_remind,
        "city:journalline+1 city:outbox+1 city:schoolreminder+1",
        302,
        contour="city",
    ),
    Post(
        "municipality:received_form",
        "semyon",
        received_form,
        "city:journalline+1 city:outbox+1 city:receivedform~",
        contour="city",
    ),
    Post(
        "municipality:set_aside",
        "semyon",
        set_aside,
        "city:inbox~ city:jobs+1 city:journalline+1",
        404,
        contour="city",
    ),
    Post(
        "municipality:retry",
        "semyon",
        retry,
        "city:inbox~ city:jobs+1 city:journalline+1",
        404,
        contour="city",
    ),
]
