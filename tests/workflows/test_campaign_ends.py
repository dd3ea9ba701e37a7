"""Closing, extending and cancelling a campaign, and reminding of it, seen from both contours over the real
post (found B6, E6, D3).
"""

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import load_workbook

from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.core.errors import Conflict, Forbidden, Invalid, NotVisible
from portal.monitoring import indicators as counting
from portal.monitoring import services as school_side
from portal.monitoring.models import SchoolForm
from portal.monitoring.states import FormState
from portal.monitoring.workflow import SCHOOL_FORM
from portal.monitoring.workflow.numbers import Numbers
from portal.municipality import services
from portal.municipality.background import remind_schools, send_campaign, tell_campaign
from portal.municipality.letters import ChangedCampaign, SubmittedForm
from portal.municipality.models import CampaignSchool, MonitoringCampaign, ReceivedForm, SchoolReminder
from portal.municipality.states import CampaignState, ReceivedState
from portal.municipality.workflow import CAMPAIGN, RECEIVED, SCHOOL
from portal.municipality.workflow.campaigns import LaterTerm
from portal.staff.models import PersonOffice
from tenants import post
from tenants.context import in_school
from tenants.models import School
from tests.workflows import mentoring_scenes as scene
from tests.workflows.test_municipality_campaigns import BY_HAND, COUNTED, DECLARED

Acting = Callable[..., Actor]
DAY = dt.timedelta(days=1)
WHY = "Ждали приказ о второй паре."


@pytest.fixture(autouse=True)
def _counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "sources", lambda: dict(COUNTED))


@pytest.fixture
def campaign(actor: Acting, school5: School) -> MonitoringCampaign:
    by = actor("semyon")
    with in_school(school5):
        for key, office in (("anna", "curator"), ("zhanna", "principal")):
            PersonOffice.objects.create(
                person=scene.person(key), office=office, basis="приказ № 1", confirmed_at=clock.now()
            )
    planned = services.plan_campaign(
        title="Кадровый срез",
        indicators=["A01", "A02", "A05", "R04"],
        open_from=clock.today(),
        due_school=clock.today() + 10 * DAY,
        by=by,
    )
    opened = CAMPAIGN.move(planned, "open", by=by)
    send_campaign(by=by, campaign_uuid=str(opened.uuid))
    post.deliver_everything()
    return opened


def the_form(school: School) -> SchoolForm:
    with in_school(school):
        return SchoolForm.objects.get()


def changed(campaign: MonitoringCampaign, by: Actor) -> None:
    """The job tells each school once, however often it runs; the post brings it twice."""
    for _ in range(2):
        tell_campaign(by=by, campaign_uuid=str(campaign.uuid))
    post.deliver_everything()
    record_model("Outbox").objects.filter(kind="municipality.campaign_changed").update(sent_at=None)
    post.deliver_everything()


def sent(kind: str) -> int:
    return int(record_model("Outbox").objects.filter(kind=kind).count())


def fill(school: School, actor: Acting) -> None:
    with in_school(school):
        SCHOOL_FORM.move(
            SchoolForm.objects.get(),
            "fill",
            by=actor("anna"),
            asked=Numbers(declared=DECLARED, explanations=BY_HAND),
        )


def hand_over(school: School, actor: Acting, comment: str = "") -> SchoolForm:
    with in_school(school):
        return school_side.hand_over_form(SchoolForm.objects.get(), by=actor("zhanna"), comment=comment)


def notices(school: School, key: str, actor: Acting, code: str) -> list[str]:
    with in_school(school):
        return list(
            record_model("Notice")
            .objects.filter(recipient=actor(key).user, code=code)
            .values_list("text", flat=True)
        )


@pytest.mark.covers("found B6", "SM-11.close")
def test_closing_ends_the_step_and_a_late_form_goes_its_own_way(
    campaign: MonitoringCampaign, school5: School, actor: Acting, as_: Callable[[str], Client]
) -> None:
    semyon = actor("semyon")
    fill(school5, actor)
    CAMPAIGN.move(campaign, "close", by=semyon)
    changed(campaign, semyon)
    form = the_form(school5)
    assert (sent("municipality.campaign_changed"), form.closed_at is not None, form.is_overdue) == (
        4,
        True,
        True,
    )
    assert (
        len(notices(school5, "anna", actor, "campaign_changed"))
        == len(notices(school5, "zhanna", actor, "campaign_changed"))
        == 1
    )
    page = as_("zhanna").get(f"/s/5/forms/{form.uuid}/hand-over/").content.decode().replace("\xa0", " ")
    assert "Подписать и сдать с опозданием" in page
    assert "Почему позже" in page
    assert "Сбор закончен: форма уйдёт с опозданием" in as_("zhanna").get("/s/5/").content.decode().replace(
        "\xa0", " "
    )
    refused = as_("zhanna").post(
        f"/s/5/forms/{form.uuid}/hand-over/", {"version": str(form.version), "comment": ""}
    )
    assert (refused.status_code, the_form(school5).state) == (422, FormState.IN_WORK)
    handed = as_("zhanna").post(
        f"/s/5/forms/{form.uuid}/hand-over/", {"version": str(form.version), "comment": WHY}
    )
    assert (handed.status_code, the_form(school5).state) == (302, FormState.LATE_SUBMITTED)
    post.deliver_everything()
    received = ReceivedForm.objects.get()
    assert (received.state, received.is_late, received.late_reason) == (
        ReceivedState.LATE_SUBMITTED,
        True,
        WHY,
    )
    shown = as_("semyon").get(f"/received-forms/{received.uuid}/").content.decode().replace("\xa0", " ")
    assert WHY in shown
    RECEIVED.move(received, "accept", by=semyon)
    post.deliver_everything()
    assert the_form(school5).state == FormState.ACCEPTED


@pytest.mark.covers("found B6", "SM-11.extend")
def test_a_longer_term_is_told_and_makes_a_late_form_one_in_time(
    campaign: MonitoringCampaign, school5: School, actor: Acting
) -> None:
    semyon, longer = actor("semyon"), campaign.due_school + 5 * DAY
    fill(school5, actor)
    with clock.at(clock.now() + 12 * DAY):
        with pytest.raises(Invalid):
            hand_over(school5, actor)
        assert hand_over(school5, actor, WHY).state == FormState.LATE_SUBMITTED
        post.deliver_everything()
        CAMPAIGN.move(campaign, "close", by=semyon)
        changed(campaign, semyon)
        CAMPAIGN.move(
            campaign, "extend", asked=LaterTerm(due_school=longer), by=semyon, comment="Дождёмся всех."
        )
        changed(campaign, semyon)
    form, received = the_form(school5), ReceivedForm.objects.get()
    assert (form.due_on, form.closed_at, form.state, form.was_late) == (
        longer,
        None,
        FormState.SUBMITTED,
        False,
    )
    assert (received.state, received.is_late, MonitoringCampaign.objects.get().state) == (
        ReceivedState.SUBMITTED,
        False,
        CampaignState.OPEN,
    )
    assert any(
        "продлён до" in text and "Дождёмся всех" in text
        for text in notices(school5, "anna", actor, "campaign_changed")
    )


@pytest.mark.covers("found B6", "SM-11b.mark_late")
def test_a_form_that_crossed_the_news_of_the_closing_is_late_on_both_sides(
    campaign: MonitoringCampaign, school5: School, actor: Acting
) -> None:
    semyon = actor("semyon")
    fill(school5, actor)
    CAMPAIGN.move(campaign, "close", by=semyon)
    assert hand_over(school5, actor).state == FormState.SUBMITTED, "the school has not heard of it yet"
    changed(campaign, semyon)
    assert (the_form(school5).state, ReceivedForm.objects.get().state) == (
        FormState.LATE_SUBMITTED,
        ReceivedState.LATE_SUBMITTED,
    )


@pytest.mark.covers("found B6", "SM-11.cancel", "SM-11b.cancel")
def test_cancelling_takes_the_step_away(campaign: MonitoringCampaign, school5: School, actor: Acting) -> None:
    semyon = actor("semyon")
    CAMPAIGN.move(campaign, "cancel", by=semyon, comment="Соберём в январе.")
    changed(campaign, semyon)
    form = the_form(school5)
    assert (form.state, form.answer, form.is_overdue) == (FormState.CANCELLED, "Соберём в январе.", False)
    assert len(notices(school5, "zhanna", actor, "campaign_cancelled")) == 1
    with in_school(school5), pytest.raises(Conflict):
        school_side.hand_over_form(SchoolForm.objects.get(), by=actor("zhanna"))


@pytest.mark.covers("found B6")
def test_an_older_letter_changes_nothing(campaign: MonitoringCampaign, school5: School) -> None:
    now = clock.now()
    letters = [
        ChangedCampaign(
            campaign=campaign.uuid,
            turn=turn,
            state=state,  # type: ignore[arg-type]
            due=campaign.due_school + turn * DAY,
            closed_at=closed,
        )
        for turn, state, closed in ((1, "closed", now), (2, "open", None), (3, "closed", now))
    ]
    with in_school(school5):
        for letter in (letters[2], letters[0], letters[1], letters[2]):
            school_side.mirror_change(letter)
    form = the_form(school5)
    assert (form.turn, form.closed_at, form.due_on) == (3, now, campaign.due_school + 3 * DAY)


@pytest.mark.covers("found B6")
def test_a_closed_campaign_asks_nobody_and_a_school_that_begins_to_work_is_asked_once(
    campaign: MonitoringCampaign, actor: Acting, school12: School
) -> None:
    semyon = actor("semyon")
    CampaignSchool.objects.filter(school=school12).delete()
    moved = SCHOOL.move(
        SCHOOL.move(school12, "suspend", by=semyon, comment="ремонт школы"), "resume", by=semyon
    )
    assert CampaignSchool.objects.filter(school=moved).count() == 1
    CampaignSchool.objects.filter(school=school12).delete()
    CAMPAIGN.move(campaign, "close", by=semyon)
    send_campaign(by=semyon, campaign_uuid=str(campaign.uuid))
    SCHOOL.move(SCHOOL.move(moved, "suspend", by=semyon, comment="ремонт школы"), "resume", by=semyon)
    assert not CampaignSchool.objects.filter(school=school12).exists()


@pytest.mark.covers("found D3")
def test_a_draft_is_mended_and_an_open_campaign_is_extended(
    actor: Acting, campaign: MonitoringCampaign, as_: Callable[[str], Client]
) -> None:
    semyon = actor("semyon")
    draft = services.plan_campaign(
        title="Срез", indicators=["A01"], open_from=clock.today(), due_school=clock.today(), by=semyon
    )
    typed: dict[str, Any] = {
        "title": "Кадровый срез",
        "indicators": ["A02"],
        "open_from": clock.today(),
        "due_school": clock.today() + DAY,
    }
    with pytest.raises(Forbidden):
        services.edit_campaign(draft, by=actor("darya"), **typed)
    with pytest.raises(Invalid):
        services.edit_campaign(draft, by=semyon, **{**typed, "due_school": clock.today() - DAY})
    assert services.edit_campaign(draft, by=semyon, **typed).indicators == ["A02"]
    assert record_model("JournalLine").objects.get(verb="edited").changes["indicators"] == [["A01"], ["A02"]]
    with pytest.raises(Conflict):
        services.edit_campaign(campaign, by=semyon, **typed)
    for object_, way in ((draft, "edit"), (campaign, "term")):
        url = f"/campaigns/{object_.uuid}/"
        assert f'href="{url}{way}/"' in as_("semyon").get(url).content.decode(), (
            "the page of the object leads to its edit"
        )
    assert as_("semyon").get(f"/campaigns/{campaign.uuid}/edit/").status_code == 302


@pytest.mark.covers("found E6")
def test_a_school_is_reminded_once_a_day_and_sees_it(
    campaign: MonitoringCampaign, school5: School, actor: Acting, as_: Callable[[str], Client]
) -> None:
    url, fields = f"/campaigns/{campaign.uuid}/remind/", {"school": str(school5.uuid), "back": "city"}
    with clock.at(clock.now() + 12 * DAY):
        city = as_("semyon").get("/city/").content.decode().replace("\xa0", " ")
        button = f'name="school" value="{school5.uuid}"'
        assert "Напомнить" in city
        assert button in city
        first = as_("darya").post(url, fields)
        assert (first.status_code, first["Location"]) == (302, "/city/")
        assert as_("semyon").post(url, {**fields, "back": ""})["Location"] == f"/campaigns/{campaign.uuid}/"
        assert (SchoolReminder.objects.count(), sent("municipality.reminded")) == (1, 1)
        for page in ("/city/", f"/campaigns/{campaign.uuid}/"):
            told = as_("semyon").get(page).content.decode().replace("\xa0", " ")
            assert f"напомнили {clock.today():%d.%m}" in told
            assert button not in told, "whom it was reminded of today is offered no second reminder"
        remind_schools(by=actor("semyon"), campaign_uuid=str(campaign.uuid))
        assert SchoolReminder.objects.count() == 4, "the other three, and not the one twice"
        post.deliver_everything()
        assert (
            len(notices(school5, "anna", actor, "form_reminded"))
            == len(notices(school5, "zhanna", actor, "form_reminded"))
            == 1
        )
        assert the_form(school5).reminded_on == clock.today()
        assert as_("elena").post(url, fields).status_code in (403, 404)
    with clock.at(clock.now() + 13 * DAY):
        as_("semyon").post(url, fields)
        assert SchoolReminder.objects.filter(school=school5).count() == 2


@pytest.mark.covers("found E6")
def test_nobody_is_reminded_of_what_is_done(
    campaign: MonitoringCampaign, school5: School, actor: Acting
) -> None:
    semyon = actor("semyon")
    fill(school5, actor)
    hand_over(school5, actor)
    post.deliver_everything()
    with pytest.raises(Conflict):
        services.remind(campaign, school5, by=semyon)
    with pytest.raises(Forbidden):
        services.remind(campaign, None, by=actor("elena"))
    RECEIVED.move(ReceivedForm.objects.get(), "return", by=semyon, comment="Проверьте A02.")
    assert services.remind(campaign, school5, by=semyon)
    assert SchoolReminder.objects.get().matter == "remarks"
    CAMPAIGN.move(campaign, "close", by=semyon)
    with pytest.raises(Conflict):
        services.remind(campaign, None, by=semyon)


@pytest.mark.covers("found E6")
def test_a_campaign_as_a_table_of_schools_and_figures(
    campaign: MonitoringCampaign, school5: School, actor: Acting, as_: Callable[[str], Client]
) -> None:
    fill(school5, actor)
    hand_over(school5, actor)
    post.deliver_everything()
    rows: list[tuple[Any, ...]] = list(
        load_workbook(  # type: ignore[union-attr]
            BytesIO(as_("semyon").get(f"/campaigns/{campaign.uuid}/?export=xlsx").content)
        ).active.iter_rows(values_only=True)
    )
    heads = next(row for row in rows if row[0] == "Номер")
    of_5 = dict(zip(heads, next(row for row in rows if row[0] == 5), strict=True))
    assert of_5["Форма"] == "сдана"
    assert of_5["A01: С действующим наставником"] == DECLARED["A01"]["young_covered"]
    assert next(row for row in rows if row[0] == 12)[2] == "не сдана"
    with pytest.raises(NotVisible):
        services.keep_form(letter_of_no_campaign(), school=school5, signed_by=None, submitted_at=clock.now())


def letter_of_no_campaign() -> SubmittedForm:
    return SubmittedForm(campaign=uuid4(), form=uuid4(), revision=1, values=[])


@pytest.mark.covers("SM-11.extend")
def test_a_step_that_asks_something_is_not_made_by_the_address_of_plain_steps(
    campaign: MonitoringCampaign, as_: Callable[[str], Client]
) -> None:
    fields = {"verb": "extend", "version": campaign.version}
    answer = as_("semyon").post(f"/campaigns/{campaign.uuid}/moves/", fields)
    assert answer.status_code == 409
    assert "на своей странице" in answer.content.decode().replace("\xa0", " ")
    campaign.refresh_from_db()
    assert (campaign.state, campaign.turn) == ("open", 0)
