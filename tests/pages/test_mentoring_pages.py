"""Pages of mentoring: they open for whom they should, ask a constant number of queries, and survive double
and stale posts.
"""

import datetime as dt
import re
from typing import Any
from uuid import uuid4

import pytest

from portal.core import clock
from portal.local_acts.models import Order
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentoring import services
from portal.mentoring.models import Pair
from portal.mentoring.workflow import PAIR
from portal.pair_work import services as work_services
from portal.pair_work.models import Meeting, Programme
from tenants.context import in_school
from tenants.models import School
from tests.pages.pressing import As, post
from tests.workflows import mentoring_scenes as scene


def _h1(response: Any) -> int:
    return len(re.findall(rb"<h1[ >]", response.content))


@pytest.fixture
def city(who: Any, inside5: Any) -> dict[str, str]:
    """A running pair with a meeting, and a second pair in each early state; addresses by name."""
    with inside5():
        programme = scene.running(who)
        meeting = work_services.plan_meeting(
            programme.pair, by=who("vera"), planned_at=clock.now(), topic="Листы самооценки"
        )
        work_services.record_meeting(meeting, by=who("boris"), duration_min=45, content="Разобрали листы.")
        planned = work_services.plan_meeting(
            programme.pair, by=who("boris"), planned_at=clock.now() + dt.timedelta(days=3), topic="Следующая"
        )
        scene.a_card(who, "lev")
        need = scene.a_need(who, "irina")
        scene.a_need(who, "kira")
        forming = services.propose_pair(
            by=who("anna"),
            mentor=scene.person("lev"),
            mentees=[scene.person("kira")],
            ask=True,
            **scene.terms(),
        )
        pair, card = programme.pair.uuid, MentorCard.objects.get(person=scene.person("boris")).uuid
        return {
            "needs": "needs/",
            "need_new": "needs/new/",
            "need": f"needs/{need.uuid}/",
            "need_edit": f"needs/{need.uuid}/edit/",
            "propose": f"needs/{need.uuid}/propose/",
            "terms": f"needs/{need.uuid}/propose/{scene.person('boris').uuid}/",
            "cards": "mentors/",
            "card_new": "mentors/new/",
            "card": f"mentors/{card}/",
            "card_edit": f"mentors/{card}/edit/",
            "pairs": "pairs/",
            "group": "pairs/group/",
            "pair": f"pairs/{pair}/",
            "pair_journal": f"pairs/{pair}/journal/",
            "forming": f"pairs/{forming.uuid}/",
            "conclude": f"pairs/{forming.uuid}/conclude/",
            "register": f"pairs/{pair}/register/",
            "notice": f"pairs/{pair}/notice/",
            "replace": f"pairs/{pair}/replace/",
            "T-08": f"pairs/{pair}/papers/T-08/",
            "T-09": f"pairs/{pair}/papers/T-09/",
            "T-10": f"pairs/{pair}/papers/T-10/",
            "order_scan": f"pairs/{pair}/scans/order/",
            "journal_xlsx": f"pairs/{pair}/meetings.xlsx",
            "consent": f"pair-consents/{scene.consent_of(forming, 'lev').uuid}/",
            "consent_refuse": f"pair-consents/{scene.consent_of(forming, 'lev').uuid}/refuse/",
            "consent_paper": f"pair-consents/{scene.consent_of(forming, 'lev').uuid}/word/",
            "mentee_paper": f"pair-consents/{scene.consent_of(forming, 'kira').uuid}/word/",
            "consent_withdraw": f"pair-consents/{scene.consent_of(programme.pair, 'vera').uuid}/withdraw/",
            "consent_scan": f"pair-consents/{scene.consent_of(programme.pair, 'vera').uuid}/scan/",
            "programmes": "programmes/",
            "programme": f"programmes/{programme.uuid}/",
            "programme_new": f"pairs/{pair}/programme/",
            "programme_edit": f"programmes/{programme.uuid}/edit/",
            "programme_paper": f"programmes/{programme.uuid}/word/",
            "mark": f"programmes/{programme.uuid}/activities/1/",
            "meetings": "meetings/",
            "meeting": f"meetings/{meeting.uuid}/",
            "record": f"meetings/{planned.uuid}/record/",
            "confirm": f"meetings/{meeting.uuid}/confirm/",
            "dispute": f"meetings/{meeting.uuid}/dispute/",
            "move": f"meetings/{planned.uuid}/move/",
            "meeting_new": f"pairs/{pair}/meetings/new/",
            "meeting_log": f"pairs/{pair}/meetings/log/",
            "settings": "mentoring/settings/",
        }


PAGES = {
    "anna": [
        "needs",
        "need_new",
        "need",
        "need_edit",
        "propose",
        "terms",
        "cards",
        "card_new",
        "card",
        "card_edit",
        "pairs",
        "group",
        "pair",
        "pair_journal",
        "forming",
        "replace",
        "programmes",
        "programme",
        "meetings",
        "meeting",
        "consent",
        "settings",
    ],
    "boris": [
        "needs",
        "need_new",
        "cards",
        "card",
        "card_edit",
        "pairs",
        "pair",
        "notice",
        "programmes",
        "programme",
        "programme_new",
        "mark",
        "meetings",
        "meeting",
        "record",
        "move",
        "meeting_new",
        "meeting_log",
    ],
    "vera": [
        "needs",
        "cards",
        "pairs",
        "pair",
        "programme",
        "mark",
        "confirm",
        "dispute",
        "consent_withdraw",
        "meeting",
    ],
    "zhanna": ["pairs", "pair", "notice", "needs", "programmes", "settings"],
    "irina": ["need", "forming"],
    "lev": ["consent", "consent_refuse", "forming", "programmes"],
}
FILES = {
    "anna": [
        "T-08",
        "T-09",
        "T-10",
        "consent_paper",
        "mentee_paper",
        "consent_scan",
        "programme_paper",
        "journal_xlsx",
        "order_scan",
    ],
    "boris": ["order_scan", "programme_paper", "T-08", "T-09"],
}
FORBIDDEN = {
    "boris": ["conclude_own", "settings"],
    "vera": ["programme_edit", "register", "replace"],
    "zhanna": ["confirm_absent"],
}


def test_every_page_opens_with_one_heading(as_: As, city: dict[str, str]) -> None:
    for key, names in PAGES.items():
        client = as_(key)
        for name in names:
            response = client.get(f"/s/5/{city[name]}")
            assert (response.status_code, _h1(response)) == (200, 1), (key, name, response.content[:300])
            assert b"style=" not in response.content


def test_a_form_of_a_step_is_shown_while_the_step_can_be_made(
    as_: As, city: dict[str, str], school5: School
) -> None:
    for key, name in (("boris", "programme_edit"), ("zhanna", "register")):
        assert as_(key).get(f"/s/5/{city[name]}").status_code == 302
    with in_school(school5):
        Programme.objects.update(state="draft")
        Pair.objects.update(state="order_draft")
        Order.objects.update(state="draft")
    for key, name in (("boris", "programme_edit"), ("zhanna", "register")):
        response = as_(key).get(f"/s/5/{city[name]}")
        assert (response.status_code, _h1(response)) == (200, 1), name


def test_papers_are_handed_out_behind_their_doors(as_: As, city: dict[str, str]) -> None:
    for key, names in FILES.items():
        for name in names:
            response = as_(key).get(f"/s/5/{city[name]}")
            assert response.status_code == 200, (key, name)
            assert response["Content-Disposition"].startswith("attachment")
    for key, names in FORBIDDEN.items():
        for name in names:
            if name in city:
                assert as_(key).get(f"/s/5/{city[name]}").status_code == 403, (key, name)


def test_a_stranger_finds_nothing(as_: As, city: dict[str, str]) -> None:
    for name, path in city.items():
        assert as_("gleb").get(f"/s/5/{path}").status_code == 404, name
        if re.search(r"[0-9a-f]{8}-", path):
            assert as_("timur").get(f"/s/12/{path}").status_code == 404, name


def test_refusals_of_a_form_keep_what_was_typed(as_: As, city: dict[str, str]) -> None:
    response = post(
        as_("anna"),
        f"/s/5/{city['terms']}",
        {
            "goal": "Наша общая цель",
            "form": "teacher_teacher",
            "role_model": "",
            "kinds": ["traditional"],
            "selection": "опыт",
            "planned_from": "01.12.2026",
            "planned_to": "31.05.2027",
            "ask": "1",
        },
    )
    assert response.status_code == 422
    assert "Наша общая цель" in response.content.decode()
    assert "ролевую модель" in response.content.decode()


def test_a_double_click_records_once_and_a_stale_form_is_shown(
    as_: As, city: dict[str, str], inside5: Any
) -> None:
    client, key = as_("boris"), str(uuid4())
    data = {
        "repeat_key": key,
        "topic": "Ещё одна",
        "day": f"{clock.today():%d.%m.%Y}",
        "time": "14:20",
        "format": "in_person",
    }
    first, second = (client.post(f"/s/5/{city['meeting_new']}", data) for _ in range(2))
    assert (first.status_code, second.status_code, first["Location"]) == (302, 302, second["Location"])
    assert client.get(first["Location"]).status_code == 200
    with inside5():
        assert Meeting.objects.filter(topic="Ещё одна").count() == 1
        card = MentorCard.objects.get(person=scene.person("boris"))
    edit = {
        "version": str(card.version - 1),
        "confirmed_results": "Совсем другой текст о результатах ученика.",
        "max_mentees": "2",
        "willing": "on",
        "no_disciplinary": "on",
    }
    stale = post(client, f"/s/5/{city['card_edit']}", edit)
    assert stale.status_code == 409
    assert "Совсем другой текст" in stale.content.decode()


def test_a_pair_that_has_come_to_nothing_promises_no_programme_and_no_meeting(
    as_: Any, who: Any, inside5: Any
) -> None:
    with inside5():
        pair = scene.asked(who)
    going_on = as_("anna").get(f"/s/5/pairs/{pair.uuid}/").content.decode()
    with inside5():
        scene.refuse_consent(scene.consent_of(pair, "vera"), by=who("vera"))
    over = as_("anna").get(f"/s/5/pairs/{pair.uuid}/").content.decode()
    last = f"{pair.planned_to:%d.%m.%Y}"
    for page, words in (
        (going_on, ("её напишет наставник", "Темп выбирает пара")),
        (over, ("Программы не было.", "Встреч не было.")),
    ):
        said = page.replace("\xa0", " ")
        assert all(word in said for word in words), words
    assert going_on.count(last) - over.count(last) == 1, "nor a day on which it will be completed"


def test_a_need_with_its_pair_leads_to_the_pair_first(as_: Any, who: Any, inside5: Any) -> None:
    with inside5():
        pair = scene.proposed(who)
        need = MenteeNeed.objects.get(person=scene.person("vera"))

    def button() -> str:
        page = as_("anna").get(f"/s/5/needs/{need.uuid}/").content.decode()
        found = re.search(r'<a class="btn btn-(\w+)[^>]*>\s*(Подобрать [^<]*?)\s*</a>', page)
        assert found is not None
        return f"{found[1]}: {found[2]}"

    assert button() == "second: Подобрать другого наставника"
    with inside5():
        asked = PAIR.move(pair, "ask", by=who("anna"))
        scene.refuse_consent(scene.consent_of(asked, "vera"), by=who("vera"))
    assert button() == "primary: Подобрать наставника"
