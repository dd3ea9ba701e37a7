"""Every POST happens once: a table over what repetition, delay and a crowd can do (decisions.md, repeat
keys).
"""

import re
import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from portal.accounts.models import User
from portal.school_practices.models import SchoolPractice
from portal.school_records.models import RepeatKey
from portal.staff.models import Person
from tenants.context import in_school
from tenants.models import School
from tests.cast import BY_KEY

AsPerson = Callable[[str], Client]
URL = "/s/5/practices/new/"


def fields(title: str = "Урок вдвоём", **more: str) -> dict[str, str]:
    return {"title": title, "authors": str(BY_KEY["boris"].person), **more}


def drafts(school: School) -> int:
    with in_school(school):
        return SchoolPractice.objects.count()


def test_a_repeated_post_gets_the_first_answer(as_: AsPerson, school5: School) -> None:
    boris, body = as_("boris"), fields(repeat_key=uuid4().hex)
    first, second, late = boris.post(URL, body), boris.post(URL, body), boris.post(URL, body)
    assert (first.status_code, second.status_code, late.status_code) == (302, 302, 302)
    assert first["Location"] == second["Location"] == late["Location"]
    assert drafts(school5) == 1


def test_the_flash_of_the_first_answer_is_said_again(as_: AsPerson) -> None:
    boris, body = as_("boris"), fields(repeat_key=uuid4().hex)
    for _ in range(2):
        assert "Черновик сохранён" in boris.post(URL, body, follow=True).content.decode().replace("\xa0", " ")


@pytest.mark.covers("found D3")
def test_back_edit_and_save_makes_no_second_object_unless_asked_for(as_: AsPerson, school5: School) -> None:
    boris, key = as_("boris"), uuid4().hex
    first = boris.post(URL, fields(repeat_key=key))
    again = boris.post(URL, fields("Другая практика, дописанная позже", repeat_key=key))
    assert (again.status_code, drafts(school5)) == (409, 1)
    shown = again.content.decode()
    assert first["Location"] in shown
    assert "Другая практика, дописанная позже" in shown
    wanted = re.search(r'name="repeat_key" value="([^"]+)"', shown)
    assert wanted
    assert (
        boris.post(URL, fields("Другая практика, дописанная позже", repeat_key=wanted[1])).status_code == 302
    )
    assert drafts(school5) == 2


def test_a_refused_attempt_is_not_kept(as_: AsPerson, school5: School) -> None:
    boris, key = as_("boris"), uuid4().hex
    assert boris.post(URL, fields("", repeat_key=key)).status_code == 422
    with in_school(school5):
        assert not RepeatKey.objects.filter(key=key).exists()
    assert boris.post(URL, fields(repeat_key=key)).status_code == 302


def test_a_key_belongs_to_its_person(as_: AsPerson, school5: School) -> None:
    body = fields(repeat_key=uuid4().hex)
    answers = [as_(key).post(URL, body) for key in ("boris", "lev")]
    assert [a.status_code for a in answers] == [302, 302]
    assert drafts(school5) == 2


def test_without_the_forms_token_nothing_is_written(school5: School) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(pk=BY_KEY["boris"].uuid))
    answer = strict.post(URL, fields(repeat_key=uuid4().hex))
    assert answer.status_code == 403
    assert drafts(school5) == 0


def test_two_posts_at_the_same_moment_write_once(own_database: str) -> None:
    school, body, codes = School.objects.get(number=5), fields(repeat_key=uuid4().hex), []
    user = User.objects.get(pk=BY_KEY["boris"].uuid)
    clients = [Client() for _ in range(4)]
    for client in clients:
        client.force_login(user)

    def send(client: Client) -> None:
        codes.append(client.post(URL, body).status_code)
        connections.close_all()

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [302] * 4
    assert drafts(school) == 1


@pytest.mark.parametrize("broken", ["version", "repeat_key"])
def test_nonsense_in_the_hidden_fields_is_harmless(broken: str, as_: AsPerson, school5: School) -> None:
    answer: Any = as_("boris").post(URL, fields(**{"repeat_key": uuid4().hex, broken: "🦊" * 300}))
    assert answer.status_code in (302, 409, 422)
    with in_school(school5):
        assert Person.objects.exists()
