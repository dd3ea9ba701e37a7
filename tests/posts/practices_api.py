"""Writes of practices in the school by the API."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.school_practices import services
from portal.school_practices.workflow import SCHOOL_PRACTICE
from tests.cast import BY_KEY
from tests.posts.mentoring_forming import ROOT, SCAN
from tests.posts.practices import (
    TYPED_SHEET,
    _content,
    _drafted,
    _submitted,
)
from tests.posts.rows import ANOTHER, Post, Scene, World

API = f"{ROOT}api/v1/school-practices/"


def _body() -> dict[str, Any]:
    return {
        **_content(),
        "authors": [str(BY_KEY["boris"].person)],
        "has_no_pupil_data": True,
        "has_image_consents": True,
    }


def draft(w: World) -> Scene:
    return Scene(API, _body())


def edit(w: World) -> Scene:
    found = _drafted(w)
    return Scene(
        f"{API}{found.uuid}/",
        {**_body(), "title": "Урок вдвоём: новая редакция названия"},
        found,
        later=lambda: SCHOOL_PRACTICE.move(found, "submit", by=w.who("boris")),
    )


def discard(w: World) -> Scene:
    found = _drafted(w)
    return Scene(f"{API}{found.uuid}/discard/", {}, found)


def move(w: World) -> Scene:
    found = _submitted(w)
    why = "Добавьте, пожалуйста, как вы измеряли результат."
    return Scene(f"{API}{found.uuid}/moves/", {"verb": "return", "comment": why}, found)


def review(w: World) -> Scene:
    found = _submitted(w)
    scores = {
        code: int(score) for code, score in TYPED_SHEET.items() if code.startswith("c") and len(code) == 2
    }
    return Scene(
        f"{API}{found.uuid}/reviews/",
        {**scores, "comment": TYPED_SHEET["comment"], "recommendation": "publish"},
        found,
        later=lambda: SCHOOL_PRACTICE.move(found, "return", by=w.who("lev"), comment="допишите результат"),
    )


def attach(w: World) -> Scene:
    found = _drafted(w)
    return Scene(
        f"{API}{found.uuid}/files/",
        {"title": "Карта наблюдения урока", "file": SCAN},
        later=lambda: SCHOOL_PRACTICE.move(found, "submit", by=w.who("boris")),
    )


def remove(w: World) -> Scene:
    found = _drafted(w)
    attached = services.attach_file(found, SimpleUploadedFile(*SCAN), title="План урока", by=w.who("boris"))
    return Scene(f"{API}{found.uuid}/files/{attached.file.uuid}/remove/", {}, found)


def propose(w: World) -> Scene:
    body = {
        "person": str(BY_KEY["boris"].person),
        "subjects": ["mathematics"],
        "basis": "ведёт мастерскую школы",
    }
    return Scene(f"{ROOT}api/v1/expert-offers/", body)


ROWS = [
    Post(
        "school_practices_api:practices",
        "boris",
        draft,
        "authorship+1 journalline+1 practicewords+1 schoolpractice+1",
        ANOTHER,
        201,
        api="post",
    ),
    Post(
        "school_practices_api:practice",
        "boris",
        edit,
        "journalline+1 practicewords~ schoolpractice~",
        409,
        200,
        api="put",
    ),
    Post(
        "school_practices_api:discard",
        "boris",
        discard,
        "authorship-1 journalline+1 practicewords-1 schoolpractice-1",
        404,
        200,
        api="post",
    ),
    Post(
        "school_practices_api:practice_move",
        "lev",
        move,
        "journalline+1 notice+1 schoolpractice~",
        409,
        200,
        api="post",
    ),
    Post(
        "school_practices_api:reviews",
        "lev",
        review,
        "journalline+1 schoolreview+1",
        409,
        200,
        api="post",
    ),
    Post(
        "school_practices_api:files",
        "boris",
        attach,
        "journalline+1 outbox+1 practiceattachment+1 storedfile+1",
        409,
        201,
        api="post",
    ),
    Post(
        "school_practices_api:file_remove",
        "boris",
        remove,
        "journalline+1 practiceattachment-1 practicewords~ storedfile-1",
        404,
        200,
        api="post",
    ),
    Post(
        "school_practices_api:expert_offers",
        "anna",
        propose,
        "disclosureline+1 expertoffer+1 journalline+1 outbox+1",
        409,
        201,
        api="post",
    ),
]
