"""A practice goes by the API alone from nothing to the city and out of it, by the rules of the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from best_practices.models import Practice
from best_practices.states import PracticeState
from portal.school_practices.models import SchoolPractice
from portal.school_practices.states import SchoolPracticeState as S
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY
from tests.posts.mentoring_forming import SCAN
from tests.practices.conftest import COMMENT, consent_to_publish

As = Callable[[str], Client]
ROOT = "/s/5/api/v1/school-practices/"
MARKS = dict.fromkeys(("c1", "c2", "c3", "c4", "c5"), 8)
SHEET = {**MARKS, "comment": COMMENT, "recommendation": "publish"}


def send(client: Client, url: str, body: Any, etag: str = "", method: str = "post") -> Any:
    headers = {"If-Match": etag} if etag else {}
    return getattr(client, method)(url, body, content_type="application/json", headers=headers)


def body_of(content: dict[str, Any]) -> dict[str, Any]:
    return {
        **content,
        "authors": [str(BY_KEY["boris"].person)],
        "has_no_pupil_data": True,
        "has_image_consents": True,
    }


@pytest.mark.covers("SM-10.submit", "SM-10.hand_over", "SM-10.recall (school_practice)")
def test_from_nothing_to_the_city_and_out_of_it_again(
    as_: As, school5: School, inside: Any, content: dict[str, Any]
) -> None:
    boris, lev, zhanna = as_("boris"), as_("lev"), as_("zhanna")
    begun = send(boris, ROOT, {"title": "Урок вдвоём", "authors": body_of(content)["authors"]})
    assert begun.status_code == 201, begun.content.decode()
    url = f"{ROOT}{begun.json()['uuid']}/"
    assert lev.get(url).status_code == 404, "a draft is its author's"
    early = send(boris, f"{url}moves/", {"verb": "submit"}, begun["ETag"])
    assert (early.status_code, early.json()["error"]["code"]) == (409, "complete")
    whole = body_of(content)
    assert send(boris, url, whole, method="put").status_code == 428
    written = send(boris, url, whole, begun["ETag"], "put")
    same = ("title", "nomination", "kinds", "subjects", "tasks", "keywords")
    assert {name: written.json()[name] for name in same} == {name: content[name] for name in same}
    assert [row["content"] for row in written.json()["steps"]] == [row["content"] for row in content["steps"]]
    stale = send(boris, url, whole, begun["ETag"], "put")
    assert (stale.status_code, stale.json()["current"]["version"]) == (409, written.json()["version"])
    submitted = send(boris, f"{url}moves/", {"verb": "submit"}, written["ETag"])
    assert submitted.json()["state"] == S.SCHOOL_REVIEW
    assert send(boris, url, whole, submitted["ETag"], "put").json()["error"]["code"] == "not_editable"
    assert send(boris, f"{url}reviews/", SHEET, submitted["ETag"]).status_code == 403
    short = send(lev, f"{url}reviews/", {**SHEET, "comment": "Хорошо."}, submitted["ETag"])
    assert (short.status_code, list(short.json()["error"]["fields"])) == (422, ["comment"])
    assert send(lev, f"{url}reviews/", SHEET, submitted["ETag"]).json()["total"] == 40
    assert [row["total"] for row in boris.get(f"{url}reviews/").json()] == [40]
    accepted = send(lev, f"{url}moves/", {"verb": "accept"}, submitted["ETag"])
    assert accepted.json()["state"] == S.SCHOOL_BANK
    with inside(school5):
        consent_to_publish("boris")
    assert send(lev, f"{url}moves/", {"verb": "hand_over"}, accepted["ETag"]).status_code == 403
    sent = send(zhanna, f"{url}moves/", {"verb": "hand_over"}, accepted["ETag"])
    assert sent.json()["state"] == S.SENDING
    post.deliver_everything()
    assert Practice.objects.get().title == content["title"]
    assert send(zhanna, f"{url}moves/", {"verb": "recall"}, sent["ETag"]).status_code == 422
    gone = send(zhanna, f"{url}moves/", {"verb": "recall", "comment": "Перепишем"}, sent["ETag"])
    assert gone.json()["state"] == S.RECALLED
    post.deliver_everything()
    assert Practice.objects.get().state == PracticeState.ARCHIVED


def test_what_is_wrong_in_a_body_is_said_at_its_place(as_: As, content: dict[str, Any]) -> None:
    boris, whole = as_("boris"), body_of(content)
    wrong: tuple[tuple[str, Any, str], ...] = (
        ("authors", [str(BY_KEY["gleb"].person)], "authors"),
        ("authors", [], "authors"),
        ("subjects", ["Шаманство"], "subjects"),
        ("kinds", ["dancing"], "kinds.0"),
        ("title", "щ" * 151, "title"),
        ("steps", [{"step": "щ" * 251}], "steps.0.step"),
        ("colour", "red", "colour"),
    )
    for name, value, field in wrong:
        answer = send(boris, ROOT, {**whole, name: value})
        assert (answer.status_code, list(answer.json()["error"]["fields"])) == (422, [field]), name
    assert send(as_("boris"), ROOT, {**whole, "steps": [{}, *whole["steps"]]}).json()["steps"] == [
        {"step": "", "content": "", "tool": "", "duration": "", **step} for step in whole["steps"]
    ]


def test_a_draft_with_its_files_is_deleted_by_its_author_only(
    as_: As, drafted: SchoolPractice, school5: School, inside: Any
) -> None:
    boris, url = as_("boris"), f"{ROOT}{drafted.uuid}/"
    attached = boris.post(f"{url}files/", {"file": SimpleUploadedFile(*SCAN), "title": "План урока"})
    assert attached.status_code == 201, attached.content.decode()
    assert [row["title"] for row in boris.get(f"{url}files/").json()] == ["План урока"]
    wrong = boris.post(f"{url}files/", {"file": SimpleUploadedFile("план.exe", b"MZ" * 40)})
    assert (wrong.status_code, list(wrong.json()["error"]["fields"])) == (422, ["file"])
    etag = boris.get(url)["ETag"]
    assert send(boris, f"{url}files/{attached.json()['uuid']}/remove/", {}, etag).status_code == 200
    assert boris.get(f"{url}files/").json() == []
    assert send(as_("vera"), f"{url}discard/", {}, etag).status_code == 404
    assert send(boris, f"{url}discard/", {}, '"99"').status_code == 409
    assert send(boris, f"{url}discard/", {}, etag).json()["title"] == drafted.title
    with inside(school5):
        assert not SchoolPractice.objects.exists()
