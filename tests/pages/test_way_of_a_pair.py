"""The whole way by hand, from a need to a confirmed meeting."""

from typing import Any

from portal.core import clock
from portal.mentor_bank.models import MenteeNeed
from portal.mentoring.models import MentoringConsent, Pair
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.states import MeetingState
from tests.pages.pressing import As, post
from tests.workflows import mentoring_scenes as scene


def test_the_way_from_a_need_to_a_confirmed_meeting_by_hand(as_: As, who: Any, inside5: Any) -> None:
    with inside5():
        scene.a_card(who)
        vera, boris = scene.person("vera"), scene.person("boris")
    anna, mentor, mentee, head = as_("anna"), as_("boris"), as_("vera"), as_("zhanna")
    today = clock.today()
    day = f"{today:%d.%m.%Y}"
    answer = post(
        anna,
        "/s/5/needs/new/",
        {
            "person": str(vera.uuid),
            "category": "young",
            "reason": "young_specialist",
            "request": "Не успеваю закончить урок вовремя.",
            "difficulty_items": ["method.assessment"],
            "urgency": "month",
        },
    )
    assert answer.status_code == 302, answer.content.decode()[:3000]
    need = answer["Location"]
    terms = {
        "goal": "Уверенно вести урок",
        "form": "teacher_teacher",
        "role_model": "experienced_young",
        "kinds": ["traditional"],
        "selection": "опыт",
        "planned_from": day,
        "planned_to": f"{scene.last_day():%d.%m.%Y}",
        "ask": "1",
    }
    pair_url = post(anna, f"{need}propose/{boris.uuid}/", terms)["Location"]
    with inside5():
        consents = {c.person.user: c.uuid for c in MentoringConsent.objects.select_related("person")}
    for client, person in ((mentor, boris), (mentee, vera)):
        assert (
            post(
                client,
                f"/s/5/pair-consents/{consents[person.user]}/",
                {"scan": scene.scan(), "shows_profile": "yes"},
            ).status_code
            == 302
        )
    skipped = post(anna, f"{pair_url}move/", {"verb": "skip_psychologist", "comment": "психолога нет"})
    assert skipped.status_code == 302
    facts = {"number": "47-н", "signed_on": day, "agreement_number": "12", "agreement_on": day}
    assert head.get(f"{pair_url}register/")["Location"].endswith("/pay/"), (
        "the pay is asked before the papers are printed"
    )
    assert post(head, f"{pair_url}pay/", {"pay_basis": "amount", "pay_size": "3000,50"})["Location"].endswith(
        "/register/"
    )
    assert post(head, f"{pair_url}register/", {**facts, "scan": scene.scan("приказ.docx")}).status_code == 422
    assert post(head, f"{pair_url}register/", {**facts, "scan": scene.scan()}).status_code == 302
    with inside5():
        assert Pair.objects.get().state == "active"
    shown = mentor.get(f"{pair_url}programme/")
    assert "Формирующее оценивание" in shown.content.decode()
    data = _programme_data(day)
    more = post(mentor, f"{pair_url}programme/", {**data, "add_rows": "activities"})
    assert (more.status_code, b"activities-4-content" in more.content) == (200, True)
    wrong = post(
        mentor,
        f"{pair_url}programme/",
        {**data, "send": "1", "title": "", "goals-0-difficulty": "", "activities-1-starts_on": "завтра"},
    )
    summed = wrong.content.decode().replace("\xa0", " ").split('class="err-sum"')[1].split("</ul>")[0]
    said = (
        "поправьте 3 поля",
        "Цель 1. Затруднение",
        "Дело 2. С: Напишите дату так",
        'href="#id_goals-0-difficulty"',
    )
    assert (wrong.status_code, [words for words in said if words not in summed]) == (422, [])
    sent = post(mentor, f"{pair_url}programme/", {**data, "send": "1"})
    assert sent.status_code == 302, sent.content.decode()
    programme = sent["Location"]
    with inside5():
        seen = Programme.objects.get().version
    assert post(mentee, f"{programme}move/", {"verb": "confirm", "version": seen}).status_code == 302
    assert post(mentee, f"{programme}move/", {"verb": "confirm", "version": seen}).status_code == 409
    assert post(anna, f"{programme}move/", {"verb": "approve"}).status_code == 302
    planned = post(
        mentee,
        f"{pair_url}meetings/new/",
        {"topic": "Листы самооценки", "day": day, "time": "00:00", "format": "in_person"},
    )
    assert planned.status_code == 302
    meeting = planned["Location"]
    assert (
        post(
            mentor, f"{meeting}record/", {"how": "held", "format": "in_person", "duration_min": "45"}
        ).status_code
        == 302
    )
    assert post(mentee, f"{meeting}confirm/", {"feedback": "5"}).status_code == 302
    with inside5():
        assert Meeting.objects.get().state == MeetingState.CONFIRMED
        assert MenteeNeed.objects.get().state == "matched"


def _programme_data(day: str) -> dict[str, Any]:
    long = "Текст, который достаточно подробно говорит о деле пары."
    end = f"{scene.last_day():%d.%m.%Y}"
    data = {
        "title": "Первый год",
        "length_reason": "до конца учебного года",
        "problem": long,
        "goal": long,
        "tasks": long,
        "expected": long,
        "evaluation": long,
        "difficulty_items": ["method.assessment"],
        "starts_on": day,
        "ends_on": end,
        "frequency": "раз в неделю",
        "goals-TOTAL_FORMS": "1",
        "goals-INITIAL_FORMS": "0",
        "goals-0-difficulty": "method.assessment",
        "goals-0-target": "Успеваю",
        "activities-TOTAL_FORMS": "3",
        "activities-INITIAL_FORMS": "0",
    }
    for n in range(3):
        row = {
            "content": f"Дело {n}",
            "block": "method",
            "work_form": "consultation",
            "starts_on": day,
            "ends_on": end,
            "responsible": "both",
            "goal_number": "1",
        }
        data |= {f"activities-{n}-{name}": value for name, value in row.items()}
    return data
