"""A sheet in work: it saves itself, is left and found again, and nobody but its expert reads it."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from best_practices import services as city
from best_practices.models import Practice, Review, SheetDraft
from portal.city_records.models import JournalLine, RepeatKey
from portal.core.errors import Conflict, Forbidden
from tests.posts.rows import words_of
from tests.practices.assigned import agrees, at_work, declines, of
from tests.practices.conftest import COMMENT
from tests.practices.offered import Acting, As

HALF = {"c1": "8", "comment": "Начало хорошее, ", "remark_goal": "Нет срока."}
WHOLE = {**{f"c{number}": "8" for number in range(1, 6)}, "comment": COMMENT, "recommendation": "publish"}


class Tab:
    """A page of the sheet in a browser."""

    def __init__(self, client: Client, review: Review) -> None:
        self.client, self.url, self.number = client, f"/expertise/{review.uuid}/", str(uuid4())
        self.review, self.draft = review, "0"

    def save(self, **typed: str) -> Any:
        sent = {**typed, "tab": self.number, "draft": self.draft, "version": str(self.review.version)}
        answer = self.client.post(f"{self.url}save/", sent, headers={"HX-Request": "true"})
        text = answer.content.decode()
        if 'id="draft-version"' in text:
            self.draft = text.split('id="draft-version" value="')[1].split('"')[0]
        return answer


@pytest.fixture
def tab(content: dict[str, Any], actor: Acting, as_: As) -> Tab:
    at_work(content, actor, "gleb")
    agrees("nina", actor)
    return Tab(as_("nina"), of("nina"))


def test_a_sheet_saves_itself_is_found_again_and_goes_when_it_is_handed_in(tab: Tab, as_: As) -> None:
    lines, keys = JournalLine.objects.count(), RepeatKey.objects.count()
    assert "Черновик листа сохранён" in words_of(tab.save(**HALF))
    assert tab.save(**{**HALF, "c2": "7"}).status_code == 200
    assert (JournalLine.objects.count(), RepeatKey.objects.count()) == (lines, keys)
    page = as_("nina").get(tab.url).content.decode()
    for words in ("Начало хорошее,", "Нет срока.", '<option value="8" selected>', "Черновик листа сохранён"):
        assert words in page
    assert of("nina").version == tab.review.version, "the methodist's page is not stale by it"
    sent = {**WHOLE, "version": str(tab.review.version), "repeat_key": uuid4().hex}
    assert tab.client.post(tab.url, sent).status_code == 302
    assert not SheetDraft.objects.exists()
    assert tab.save(**HALF).status_code == 409
    assert not SheetDraft.objects.exists(), "what comes late makes none"


def test_the_methodist_sees_that_it_is_in_work_and_not_a_word_of_it(tab: Tab, as_: As) -> None:
    darya, practice = as_("darya"), Practice.objects.get()
    address, rows = f"/practices/{practice.uuid}/", f"/api/v1/practices/{practice.uuid}/reviews/"
    assert "лист ещё не начат" in words_of(darya.get(address))
    tab.save(**HALF)
    page = words_of(darya.get(address))
    assert "в работе" in page
    assert "Начало хорошее" not in page
    read = darya.get(rows)
    assert sorted(row["in_work"] for row in read.json()["results"]) == [False, True]
    assert "Начало" not in read.content.decode()
    assert as_("pavel").get(f"/api/v1/reviews/{tab.review.uuid}/draft/").status_code == 404
    assert darya.get(f"/api/v1/reviews/{tab.review.uuid}/draft/").status_code == 404


def test_another_tab_that_has_seen_an_older_draft_is_shown_both(tab: Tab, as_: As) -> None:
    other = Tab(as_("nina"), tab.review)
    tab.save(**HALF)
    answer = other.save(comment="Другая вкладка писала своё.")
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#conflict"
    assert "Начало хорошее" in words_of(answer)
    assert SheetDraft.objects.get().typed["comment"] == HALF["comment"], "nothing is lost"
    assert other.save(comment="Другая вкладка писала своё.").status_code == 200, "chosen with both before one"
    assert SheetDraft.objects.get().typed == {"comment": "Другая вкладка писала своё."}


def test_without_scripts_a_button_puts_it_by(tab: Tab, as_: As) -> None:
    sent = {
        **HALF,
        "later": "yes",
        "draft": "0",
        "version": str(tab.review.version),
        "repeat_key": uuid4().hex,
    }
    assert tab.client.post(tab.url, sent).status_code == 302
    assert SheetDraft.objects.get().typed == HALF
    assert of("nina").state == "assigned"


def test_it_goes_with_the_assignment_and_is_nobody_elses(tab: Tab, actor: Acting) -> None:
    written = city.Written(HALF)
    with pytest.raises(Forbidden):
        city.save_draft(tab.review, written, by=actor("pavel"))
    with pytest.raises(Conflict):
        city.save_draft(of("pavel"), written, by=actor("pavel"))
    assert city.save_draft(tab.review, city.Written({"comment": " "}), by=actor("nina")) is None
    tab.save(**HALF)
    declines("nina", actor)
    assert not SheetDraft.objects.exists()


def test_the_api_keeps_and_gives_it(tab: Tab) -> None:
    address = f"/api/v1/reviews/{tab.review.uuid}/draft/"
    read = tab.client.get(address)
    assert (read.json()["typed"], read["ETag"]) == ({}, '"0"')

    def put(etag: str, **body: Any) -> Any:
        return tab.client.put(address, body, content_type="application/json", headers={"If-Match": etag})

    first = put('"0"', c1=8, comment="Начало")
    assert (first.status_code, first.json()["typed"]) == (200, {"c1": "8", "comment": "Начало"})
    assert put('"0"', c1=9).status_code == 409
    assert put(first["ETag"], c1=9, remark_goal="Нет срока.").json()["typed"] == {
        "c1": "9",
        "remark_goal": "Нет срока.",
    }
    assert put(first["ETag"], c1=11).status_code == 422
