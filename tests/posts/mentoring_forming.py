"""Writes of needs, cards, pairs in the making, consents and settings."""

import datetime as dt
from decimal import Decimal
from typing import Any

from portal.core import clock
from portal.mentor_bank import services as bank_services
from portal.mentor_bank.models import MenteeNeed
from portal.mentor_bank.workflow import CARD, NEED
from portal.mentoring import services
from portal.mentoring.models import Pair
from portal.mentoring.workflow.asked import earliest_end
from tests.cast import BY_KEY
from tests.posts.rows import ANOTHER, Post, Scene, World
from tests.workflows import mentoring_scenes as scene

ROOT = "/s/5/"
SCAN = ("scan.pdf", scene.PDF)
HELP_WANTED = {
    "category": "young",
    "reason": "young_specialist",
    "request": "Не успеваю закончить урок вовремя, дети устают.",
    "urgency": "month",
    "difficulty_items": ["method.assessment"],
}
CARD_TEXT = {
    "confirmed_results": "Ученики школы пять лет подряд призёры городских олимпиад.",
    "max_mentees": "2",
    "willing": "on",
    "no_disciplinary": "on",
    "topics": "Как держать темп урока и не уставать",
}


def day(value: dt.date) -> str:
    return f"{value:%d.%m.%Y}"


def terms() -> dict[str, Any]:
    known = scene.terms()
    return {
        **known,
        "planned_from": day(known["planned_from"]),
        "planned_to": day(known["planned_to"]),
        "goal": "Уверенно вести урок в пятом классе",
    }


def uuid_for(key: str) -> str:
    return str(BY_KEY[key].person)


def need_new(w: World) -> Scene:
    return Scene(f"{ROOT}needs/new/", {**HELP_WANTED, "person": uuid_for("vera")})


def need_edit(w: World) -> Scene:
    need = scene.a_need(w.who)
    return Scene(
        f"{ROOT}needs/{need.uuid}/edit/",
        HELP_WANTED,
        need,
        later=lambda: NEED.move(need, "close", by=w.who("anna"), comment="справляется сама"),
    )


def need_move(w: World) -> Scene:
    need = scene.a_need(w.who)
    page = f"{ROOT}needs/{need.uuid}/"
    return Scene(
        f"{page}move/",
        {"verb": "decline", "comment": "Потребность закрыта на уровне методобъединения."},
        need,
        page,
    )


def card_new(w: World) -> Scene:
    return Scene(f"{ROOT}mentors/new/", {**CARD_TEXT, "person": uuid_for("boris")})


def card_edit(w: World) -> Scene:
    card = scene.a_card(w.who)
    return Scene(
        f"{ROOT}mentors/{card.uuid}/edit/",
        CARD_TEXT,
        card,
        later=lambda: CARD.move(card, "archive", by=w.who("anna"), comment="больше не хочет"),
    )


def card_move(w: World) -> Scene:
    card = bank_services.make_card(
        scene.person("boris"),
        by=w.who("anna"),
        confirmed_results="Ученики пять лет подряд призёры городских олимпиад.",
    )
    page = f"{ROOT}mentors/{card.uuid}/"
    return Scene(f"{page}move/", {"verb": "recommend"}, card, page)


def propose(w: World) -> Scene:
    need = scene.a_need(w.who)
    scene.a_card(w.who)
    return Scene(f"{ROOT}needs/{need.uuid}/propose/{uuid_for('boris')}/", {**terms(), "ask": "1"})


def propose_group(w: World) -> Scene:
    for key in ("vera", "irina"):
        scene.a_need(w.who, key)
    scene.a_card(w.who)
    return Scene(
        f"{ROOT}pairs/group/",
        {
            **terms(),
            "kinds": ["group"],
            "mentor": uuid_for("boris"),
            "mentees": [uuid_for("vera"), uuid_for("irina")],
        },
    )


def _pair(pair: Pair, address: str, fields: dict[str, Any], page: str | None = None) -> Scene:
    return Scene(f"{ROOT}pairs/{pair.uuid}/{address}/", fields, pair, page)


def pair_move(w: World) -> Scene:
    pair = scene.proposed(w.who)
    return _pair(
        pair,
        "move",
        {"verb": "withdraw", "comment": "Передумали: найдём наставника того же предмета."},
        f"{ROOT}pairs/{pair.uuid}/",
    )


def pair_conclude(w: World) -> Scene:
    return _pair(
        scene.agreed(w.who),
        "conclude",
        {"conclusion": "compatible", "advice": "Начните с коротких встреч раз в неделю."},
    )


def pair_register(w: World) -> Scene:
    today = day(clock.today())
    facts = {
        "number": "47-н",
        "signed_on": today,
        "scan": SCAN,
        "agreement_number": "12",
        "agreement_on": today,
    }
    pair = scene.with_order(w.who)
    return _pair(
        services.settle_pay(pair, by=w.who("anna"), pay_basis="amount", pay_size=Decimal(3000)),
        "register",
        facts,
    )


def pair_pay(w: World) -> Scene:
    return _pair(
        scene.asked(w.who),
        "pay",
        {"pay_basis": "none_by_act", "pay_act": "Положение об оплате труда, пункт 4.2"},
    )


def consent_choice(w: World) -> Scene:
    row = scene.consent_of(scene.asked(w.who), "vera")
    return Scene(
        f"{ROOT}pair-consents/{row.uuid}/choice/",
        {"shows_profile": "no"},
        row,
        page=f"{ROOT}pair-consents/{row.uuid}/",
    )


def pair_notice(w: World) -> Scene:
    return _pair(scene.active(w.who), "notice", {"ends_on": day(earliest_end("mentor", clock.today()))})


def pair_extend(w: World) -> Scene:
    pair = scene.active(w.who)
    typed = {
        "planned_to": day(pair.planned_to + dt.timedelta(days=60)),
        "extended_by": "соглашение № 5 и приказ № 61-н от 20.11.2026",
    }
    return _pair(pair, "extend", typed)


def year_confirm(w: World) -> Scene:
    need = scene.a_need(w.who)
    MenteeNeed.objects.update(actualised_on=clock.today() - dt.timedelta(days=300))
    need.refresh_from_db()
    return Scene(f"{ROOT}year/need/{need.uuid}/confirm/", {}, need, f"{ROOT}year/")


def pair_replace(w: World) -> Scene:
    pair = scene.active(w.who)
    scene.a_card(w.who, "lev")
    return _pair(
        pair,
        "replace",
        {"successor": uuid_for("lev"), "planned_from": day(clock.today() + dt.timedelta(days=3))},
    )


def consent(w: World) -> Scene:
    row = scene.consent_of(scene.asked(w.who), "vera")
    return Scene(
        f"{ROOT}pair-consents/{row.uuid}/",
        {"scan": SCAN, "shows_profile": "yes", "wishes": "Лучше после шестого урока, не в пятницу"},
        row,
    )


def consent_refuse(w: World) -> Scene:
    row = scene.consent_of(scene.asked(w.who), "vera")
    return Scene(
        f"{ROOT}pair-consents/{row.uuid}/refuse/",
        {"private_reason": "Мне удобнее с учителем своей параллели."},
        row,
    )


def consent_withdraw(w: World) -> Scene:
    row = scene.consent_of(scene.active(w.who), "vera")
    return Scene(
        f"{ROOT}pair-consents/{row.uuid}/withdraw/",
        {"private_reason": "Времени на встречи больше нет совсем."},
        row,
    )


def settings(w: World) -> Scene:
    values = {
        "programmes_approved_by": "curator",
        "min_stage_years": "5",
        "min_category": "first",
        "max_mentees_warn": "3",
        "max_mentees_block": "5",
        "confirm_days": "7",
        "longest_months": "36",
        "nominated_by": "",
        "pay_basis": "",
        "pay_size": "",
        "pay_act": "Положение об оплате труда работников",
        "pay_source": "фонд оплаты труда",
    }
    given: dict[str, Any] = {
        **values,
        "min_stage_years": 5,
        "max_mentees_warn": 3,
        "max_mentees_block": 5,
        "confirm_days": 7,
        "longest_months": 36,
        "pay_size": None,
        "association_reviews": False,
    }
    row = bank_services.decide_settings(by=w.who("zhanna"), **given)
    return Scene(
        f"{ROOT}mentoring/settings/",
        values,
        row,
        later=lambda: bank_services.decide_settings(by=w.who("zhanna"), **{**given, "confirm_days": 9}),
    )


ROWS = [
    Post("mentor_bank:need_new", "anna", need_new, "journalline+1 menteeneed+1 needstage+1", 422),
    Post("mentor_bank:need_edit", "anna", need_edit, "journalline+1 menteeneed~"),
    Post("mentor_bank:need_move", "anna", need_move, "journalline+1 menteeneed~ needstage~ notice+1"),
    Post("mentor_bank:card_new", "anna", card_new, "cardstage+1 journalline+1 mentorcard+1", 422),
    Post("mentor_bank:card_edit", "anna", card_edit, "journalline+1 mentorcard~"),
    Post("mentor_bank:card_move", "anna", card_move, "cardstage~ journalline+1 mentorcard~"),
    Post(
        "mentoring:propose_terms",
        "anna",
        propose,
        "journalline+3 menteeneed~ mentoringconsent+2 needstage~ notice+3 pair+1 pairmentee+1 pairstage+1",
        422,
    ),
    Post(
        "mentoring:propose_group", "anna", propose_group, "journalline+1 pair+1 pairmentee+2 pairstage+1", 422
    ),
    Post("mentoring:pair_move", "anna", pair_move, "journalline+1 notice+2 pairstage~ pair~"),
    Post(
        "mentoring:pair_conclude",
        "irina",
        pair_conclude,
        "compatibility+1 journalline+2 notice+2 order+1 pairstage~ pair~",
    ),
    Post(
        "mentoring:pair_register",
        "zhanna",
        pair_register,
        "cardstage~ frozenpaper+2 journalline+6 menteeneed~ mentorcard~ needstage~ notice+4 numerator+1 "
        "order+1 pairstage~ pair~ storedfile+3",
    ),
    Post("mentoring:pair_pay", "anna", pair_pay, "journalline+1 pair~", ANOTHER),
    Post("mentoring:consent_choice", "vera", consent_choice, "journalline+1 mentoringconsent~", ANOTHER),
    Post("mentoring:pair_notice", "boris", pair_notice, "journalline+1 notice+4 pairstage~ pair~"),
    Post("mentoring:pair_extend", "anna", pair_extend, "journalline+1 notice+4 pair~", 422),
    Post("cabinet:year_confirm", "anna", year_confirm, "journalline+1 menteeneed~", ANOTHER),
    Post(
        "mentoring:pair_replace",
        "anna",
        pair_replace,
        "journalline+3 mentoringconsent+2 notice+4 pair+1 pairmentee+1 pairstage+1",
    ),
    Post(
        "mentoring:consent",
        "vera",
        consent,
        "frozenpaper+1 journalline+1 mentoringconsent~ notice+1 storedfile+2",
    ),
    Post(
        "mentoring:consent_refuse",
        "vera",
        consent_refuse,
        "journalline+3 mentoringconsent~ notice+3 pairstage~ pair~",
    ),
    Post(
        "mentoring:consent_withdraw",
        "vera",
        consent_withdraw,
        "journalline+2 mentoringconsent~ notice+5 pairstage~ pair~",
    ),
    Post("cabinet:settings", "anna", settings, "journalline+1 mentoringsettings~", ANOTHER),
]
