"""Writes of practices: in the school, over the border, in the city."""

import tomllib
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from best_practices import services as city
from best_practices.letters import FieldRemark
from best_practices.models import ExpertCandidate, ExpertProposal, Practice, Review
from best_practices.workflow import PRACTICE
from portal.core.actor import Actor
from portal.school_practices import access, services
from portal.school_practices.checking import waiting_in
from portal.school_practices.models import SchoolPractice
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.school_practices.workflow.steps import CityAnswer
from tenants import post
from tests.cast import BY_KEY
from tests.database import ROOT as FOLDER
from tests.posts.mentoring_forming import ROOT, SCAN
from tests.posts.rows import ANOTHER, Post, Scene, World
from tests.practices.conftest import COMMENT, consent_to_publish, expert
from tests.practices.test_pages import fields_of
from tests.workflows import practice_scenes
from tests.workflows.mentoring_scenes import person

SHEET: dict[str, Any] = {
    "scores": {"c1": 8, "c2": 7, "c3": 8, "c4": 9, "c5": 7},
    "comment": COMMENT,
    "recommendation": "publish",
}
TYPED_SHEET = {
    "c1": "8",
    "c2": "7",
    "c3": "8",
    "c4": "9",
    "c5": "7",
    "comment": COMMENT.strip(),
    "recommendation": "publish",
}


def _content() -> dict[str, Any]:
    found = tomllib.loads(sorted((FOLDER / "portal/demo/content/practices").glob("*.toml"))[0].read_text())
    return {key: value for key, value in found.items() if key not in ("school", "authors")}


def _drafted(w: World) -> SchoolPractice:
    return services.draft_practice(
        authors=[person("boris")],
        by=w.who("boris"),
        has_no_pupil_data=True,
        has_image_consents=True,
        **_content(),
    )


def _submitted(w: World) -> SchoolPractice:
    return SCHOOL_PRACTICE.move(_drafted(w), "submit", by=w.who("boris"))


def _in_bank(w: World) -> SchoolPractice:
    found = _submitted(w)
    services.review_practice(access.practice_for(w.who("lev"), found.uuid), by=w.who("lev"), **SHEET)
    return SCHOOL_PRACTICE.move(found, "accept", by=w.who("lev"))


def _typed() -> dict[str, Any]:
    return fields_of(_content())


def new(w: World) -> Scene:
    return Scene(f"{ROOT}practices/new/", _typed())


def discard(w: World) -> Scene:
    found = _drafted(w)
    page = f"{ROOT}practices/{found.uuid}/"
    return Scene(f"{page}discard/", {}, found, page)


def remove_attachment(w: World) -> Scene:
    found = _drafted(w)
    attached = services.attach_file(found, SimpleUploadedFile(*SCAN), title="План урока", by=w.who("boris"))
    return Scene(f"{ROOT}practices/{found.uuid}/files/{attached.file.uuid}/remove/")


def _page(
    found: SchoolPractice, address: str, fields: dict[str, Any], page: str | None = None, **more: Any
) -> Scene:
    return Scene(f"{ROOT}practices/{found.uuid}/{address}/", fields, found, page, **more)


def edit(w: World) -> Scene:
    found = _drafted(w)
    return _page(
        found,
        "edit",
        {**_typed(), "title": "Урок вдвоём: новая редакция названия"},
        later=lambda: SCHOOL_PRACTICE.move(found, "submit", by=w.who("boris")),
    )


def unclear(w: World) -> Scene:
    row = practice_scenes.not_understood(_in_bank(w))
    return Scene(
        f"{ROOT}practices/unclear/{row.uuid}/", {"answer": "Это подробно сказано в третьем шаге."}, row
    )


def unclear_by_api(w: World) -> Scene:
    row = practice_scenes.not_understood(_in_bank(w))
    address = f"{ROOT}api/v1/school-practices/unclear/{row.uuid}/"
    return Scene(address, {"answer": "Это подробно сказано в третьем шаге."}, row)


def move(w: World) -> Scene:
    found = _submitted(w)
    return _page(
        found,
        "move",
        {"verb": "return", "comment": "Добавьте, пожалуйста, как вы измеряли результат."},
        f"{ROOT}practices/{found.uuid}/",
    )


def review(w: World) -> Scene:
    found = _submitted(w)
    return _page(
        found,
        "review",
        TYPED_SHEET,
        later=lambda: SCHOOL_PRACTICE.move(found, "return", by=w.who("lev"), comment="допишите результат"),
    )


def hand_over(w: World) -> Scene:
    consent_to_publish("boris")
    return _page(_in_bank(w), "hand-over", {})


def check(w: World) -> Scene:
    """A name in the author's own draft, and the answer that it is none."""
    found = services.draft_practice(
        authors=[person("boris")], by=w.who("boris"), **{**_content(), "goal": "Помочь ученику Пете."}
    )
    (one,) = waiting_in(access.practice_for(w.who("boris"), found.uuid))
    return _page(
        found,
        "check",
        {"find": one.find.key, "answer": "keep"},
        later=lambda: services.edit_practice(found, by=w.who("boris"), novelty="Никто не читает с листа."),
    )


def finds_by_api(w: World) -> Scene:
    scene = check(w)
    return Scene(
        f"{ROOT}api/v1/school-practices/{scene.obj.uuid}/finds/", scene.fields, scene.obj, later=scene.later
    )


def remarks_by_api(w: World) -> Scene:
    """The city has sent it back with a remark."""
    consent_to_publish("boris")
    found = SCHOOL_PRACTICE.move(_in_bank(w), "hand_over", by=w.who("zhanna"))
    one = FieldRemark(remark=uuid4(), field="goal", text="Назовите срок, к которому ждали.")
    services.mirror_answer(
        found.uuid,
        state="returned_municipal",
        comment="Поправьте цель",
        answer=CityAnswer(remarks=(one,)),
        by=Actor.system(school=w.who("boris").school, via="post"),
    )
    found.refresh_from_db()
    answers = [{"remark": str(one.remark), "is_mended": True, "words": "Срок назван."}]
    return Scene(f"{ROOT}api/v1/school-practices/{found.uuid}/remarks/", {"answers": answers}, found)


def attach(w: World) -> Scene:
    found = _drafted(w)
    return Scene(
        f"{ROOT}practices/{found.uuid}/files/",
        {"title": "Карта наблюдения урока", "file": SCAN},
        later=lambda: SCHOOL_PRACTICE.move(found, "submit", by=w.who("boris")),
    )


def _received(w: World) -> Practice:
    with w.inside("school"):
        consent_to_publish("boris")
        found = _in_bank(w)
        SCHOOL_PRACTICE.move(found, "hand_over", by=w.who("zhanna"))
    post.deliver_everything()
    return Practice.objects.get(practice=found.uuid)


def _checked(w: World) -> tuple[Practice, ExpertCandidate]:
    found = PRACTICE.move(_received(w), "receive", by=w.who("darya"))
    return found, expert("nina")


def _assigned(w: World) -> Review:
    found, nina = _checked(w)
    return city.assign_expert(found, nina, by=w.who("darya"))


def city_move(w: World) -> Scene:
    found = _received(w)
    page = f"/practices/{found.uuid}/"
    return Scene(f"{page}move/", {"verb": "receive"}, found, page)


def assign(w: World) -> Scene:
    found, nina = _checked(w)
    return Scene(f"/practices/{found.uuid}/", {"expert": str(nina.uuid)}, found)


def withdraw(w: World) -> Scene:
    found = _assigned(w)
    return Scene(
        f"/expertise/{found.uuid}/withdraw/", {"reason": "Лист не сдан в срок, эксперт не отвечает."}, found
    )


def join(w: World) -> Scene:
    return Scene("/me/expert/", {"subjects": ["russian", "literature"], "agrees": "on"})


def leave(w: World) -> Scene:
    expert("nina")
    return Scene("/me/expert/leave/", page="/me/expert/")


def _proposed(w: World) -> None:
    with w.inside("school"):
        services.propose_expert(
            person("boris"), subjects=["mathematics"], basis="ведёт мастерскую школы", by=w.who("anna")
        )


def propose(w: World) -> Scene:
    typed = {
        "person": str(BY_KEY["boris"].person),
        "subjects": ["mathematics"],
        "basis": "ведёт мастерскую школы",
    }
    return Scene(f"{ROOT}practices/experts/", typed)


def answer(w: World) -> Scene:
    _proposed(w)
    post.deliver_everything()
    found = ExpertProposal.objects.get()
    return Scene(f"/me/expert/proposals/{found.uuid}/", {"answer": "yes"}, page="/me/expert/")


def _accepted(w: World) -> Review:
    return city.move_review(_assigned(w), "accept", by=w.who("nina"))


def city_review(w: World) -> Scene:
    found = _accepted(w)
    return Scene(f"/expertise/{found.uuid}/", TYPED_SHEET, found)


def decline(w: World) -> Scene:
    found = _assigned(w)
    page = f"/expertise/{found.uuid}/"
    return Scene(f"{page}decline/", {"refusal": "busy"}, found, page)


ROWS = [
    Post(
        "school_practices:new",
        "boris",
        new,
        "authorship+1 journalline+1 practicewords+1 schoolpractice+1",
        ANOTHER,
    ),
    Post("school_practices:edit", "boris", edit, "journalline+1 practicewords~ schoolpractice~"),
    Post("school_practices:move", "lev", move, "journalline+1 notice+1 schoolpractice~"),
    Post("school_practices:review", "lev", review, "journalline+1 schoolreview+1"),
    Post("school_practices:check", "boris", check, "findanswer+1 journalline+1", 302),
    Post(
        "school_practices_api:finds",
        "boris",
        finds_by_api,
        "findanswer+1 journalline+1",
        200,
        200,
        api="post",
    ),
    Post("school_practices:unclear", "boris", unclear, "journalline+1 uncleardescription~"),
    Post(
        "school_practices_api:unclear_answer",
        "boris",
        unclear_by_api,
        "journalline+1 uncleardescription~",
        api="post",
        first=200,
    ),
    Post(
        "school_practices_api:remarks",
        "boris",
        remarks_by_api,
        "cityremark~ journalline+1 practicewords~ schoolpractice~",
        200,
        200,
        api="post",
    ),
    Post(
        "school_practices:hand_over",
        "zhanna",
        hand_over,
        "disclosureline+1 frozenpaper+1 journalline+2 notice+1 outbox+1 schoolpractice~ storedfile+1",
    ),
    Post(
        "school_practices:experts",
        "anna",
        propose,
        "disclosureline+1 expertoffer+1 journalline+1 outbox+1",
        422,
    ),
    Post(
        "school_practices:discard",
        "boris",
        discard,
        "authorship-1 journalline+1 practicewords-1 schoolpractice-1",
        404,
    ),
    Post(
        "school_practices:remove_attachment",
        "boris",
        remove_attachment,
        "journalline+1 practiceattachment-1 practicewords~ storedfile-1",
        404,
    ),
    Post(
        "school_practices:attach", "boris", attach, "journalline+1 outbox+1 practiceattachment+1 storedfile+1"
    ),
    Post(
        "expertise:move",
        "darya",
        city_move,
        "city:journalline+1 city:outbox+1 city:practice~",
        contour="city",
    ),
    Post(
        "expertise:practice",
        "darya",
        assign,
        "city:jobs+1 city:journalline+1 city:notice+1 city:practice~ city:review+1",
        422,
        contour="city",
    ),
    Post(
        "expertise:withdraw",
        "darya",
        withdraw,
        "city:journalline+1 city:notice+1 city:practice~ city:review~",
        contour="city",
    ),
    Post("expertise:me", "nina", join, "city:expertcandidate+1 city:journalline+1", ANOTHER, contour="city"),
    Post("expertise:leave", "nina", leave, "city:expertcandidate~ city:journalline+1", 302, contour="city"),
    Post(
        "expertise:answer",
        "boris",
        answer,
        "city:expertcandidate+1 city:expertproposal-1 city:journalline+2 city:outbox+1",
        404,
        contour="city",
    ),
    Post(
        "expertise:review",
        "nina",
        city_review,
        "city:frozenpaper+1 city:journalline+1 city:review~ city:storedfile+1",
        contour="city",
    ),
    Post(
        "expertise:decline",
        "nina",
        decline,
        "city:journalline+1 city:notice+1 city:review~",
        404,
        contour="city",
    ),
]
