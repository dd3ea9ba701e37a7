"""A sentence that promises is a claim: each stands here, on the page where its reader looks for what was
promised.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.test import Client

from portal.core.actor import Actor
from portal.mentor_bank.selectors.matching import mentors_for
from portal.mentoring.forms.pairs import TermsForm
from tests.home import tasks
from tests.workflows import mentoring_scenes as scene

As = Callable[[str], Client]
Who = Callable[[str], Actor]
ADVICE = "Начните с двух уроков вместе, потом каждый сам."


def read(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\xa0", " ")


@pytest.mark.covers("found B9")
def test_the_psychologists_advice_is_seen_by_whom_the_form_names(
    who: Who, school5: Any, inside: Any, as_: As
) -> None:
    with inside(school5):
        pair = scene.agreed(who)
    form = read(as_("irina"), f"/s/5/pairs/{pair.uuid}/conclude/")
    assert "Совет увидят куратор и директор на странице пары" in form
    with inside(school5):
        scene.conclude_pair(pair, by=who("irina"), conclusion="compatible_with_advice", advice=ADVICE)
    seen = {
        key: ADVICE in read(as_(key), f"/s/5/pairs/{pair.uuid}/")
        for key in ("anna", "zhanna", "irina", "boris", "vera", "lev", "kira")
    }
    assert seen == {
        "anna": True,
        "zhanna": True,
        "irina": True,
        "boris": False,
        "vera": False,
        "lev": False,
        "kira": False,
    }


@pytest.mark.covers("found B9")
def test_a_mentor_who_said_no_is_not_offered_again_for_the_same_need(
    who: Who, school5: Any, inside: Any, as_: As
) -> None:
    with inside(school5):
        scene.a_card(who, "lev", strengths=[])
        pair = scene.asked(who)
        need = pair.pair_mentees.get().need
        assert next(match.mentor.uuid for match in mentors_for(need)) == scene.person("boris").uuid  # type: ignore[arg-type]
        scene.refuse_consent(scene.consent_of(pair, "boris"), by=who("boris"))
        again = mentors_for(need)  # type: ignore[arg-type]
        assert [(match.mentor.uuid, match.was_refused) for match in again] == [
            (scene.person("lev").uuid, False),
            (scene.person("boris").uuid, True),
        ]
        other = scene.a_need(who, "kira")
        assert not any(match.was_refused for match in mentors_for(other)), "another need is another question"
    page = read(as_("anna"), f"/s/5/needs/{need.uuid}/propose/")  # type: ignore[union-attr]
    assert "этот раз пара уже не сложилась" in page
    assert page.index("Захаров") < page.index("Кравцов"), "whoever may still agree stands first"


@pytest.mark.parametrize("shows", [True, False])
@pytest.mark.covers("found B9")
def test_goals_are_promised_only_where_the_form_has_them(
    shows: bool, who: Who, school5: Any, inside: Any, as_: As
) -> None:
    with inside(school5):
        pair = scene.active(who, shows_profile=shows)
    found = next(
        task
        for task in tasks(as_("boris").get("/s/5/").content.decode())
        if "Напишите программу" in task.title
    )
    form = read(as_("boris"), f"/s/5/pairs/{pair.uuid}/programme/")
    filled = "справляюсь без подсказки" in form
    assert ("Цели подставлены" in found.why) is filled is shows
    assert ("Цели подставлены" in read(as_("boris"), f"/s/5/pairs/{pair.uuid}/")) is shows


@pytest.mark.parametrize("key", ["anna", "kira", "zhanna"])
@pytest.mark.covers("found B9")
def test_a_step_that_counts_opens_a_list_of_as_many(
    key: str, who: Who, school5: Any, inside: Any, as_: As
) -> None:
    """«4 человека» opened a list of fifteen: every step whose link narrows a list is compared with that
    list.
    """
    with inside(school5):
        scene.person("lev").invitations.all().delete()
        type(scene.person("lev")).objects.filter(pk=scene.person("lev").pk).update(
            user=None, email="lev@school5.example"
        )
        type(scene.person("vera")).objects.filter(pk=scene.person("vera").pk).update(user=None, email="")
    counted = [
        task
        for task in tasks(as_(key).get("/s/5/").content.decode())
        if "?" in task.url and re.match(r"\d+ ", task.why)
    ]
    assert counted or key == "zhanna", "the scene has steps that count"
    for task in counted:
        page = read(as_(key), task.url)
        body = page[page.index("<tbody>") : page.index("</tbody>")]
        assert body.count("<tr") == int(task.why.split()[0]), task


@pytest.mark.covers("found B9")
def test_every_term_that_the_curator_types_is_read_by_whoever_agrees_to_it(
    who: Who, school5: Any, inside: Any, as_: As
) -> None:
    """What is asked and shown to nobody is asked in vain: each text and number of the terms stands where the
    two are asked.
    """
    typed = {
        "goal": "зачем-это",
        "selection": "почему-он",
        "channel": "канал-такой",
        "schedule": "каждый-вторник",
        "mentee_gives": "чему-в-ответ",
        "reaction_hours": 37,
    }
    words = {
        name
        for name, field in TermsForm.base_fields.items()
        if type(field) in (forms.CharField, forms.IntegerField)
    }
    assert words == set(typed), "новое поле условий: его место на странице согласия"
    with inside(school5):
        pair = scene.asked(who, **typed)
        rows = {key: scene.consent_of(pair, key).uuid for key in ("boris", "vera")}
    for key, row in rows.items():
        page = read(as_(key), f"/s/5/pair-consents/{row}/")
        assert [name for name, value in typed.items() if str(value) not in page] == [], key
