"""What a person has typed inside a school can be mended, taken back or removed; where it cannot, it is said
before the press.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.template import engines
from django.test import Client

from portal.core.actor import Actor
from portal.core.contour import Contour
from portal.core.workflow import ALL, Offer, by_time
from portal.ui import words
from tenants.models import School
from tests.database import ROOT
from tests.posts.rows import World, words_of
from tests.posts.table import ROWS

pytestmark = pytest.mark.covers("found D3")
BY_NAME = {row.name: row for row in ROWS if row.contour == "school"}
NOT_TYPED = {
    "frozenpaper",
    "paperpdf",
    "journalline",
    "notice",
    "outbox",
    "disclosureline",
    "numerator",
    "storedfile",
    "actpdf",
    "sentreminder",
    "flowseen",
    "pairstage",
    "cardstage",
    "needstage",
    "programmestage",
    "workstage",
    "practicewords",
    "programmepractice",
}
"""Rows that the portal writes beside what was typed."""
WAYS = {
    "menteeneed": "mentor_bank:need_edit",
    "mentorcard": "mentor_bank:card_edit",
    "pair": "mentoring:pair_move",
    "pairmentee": "mentoring:pair_move",
    "mentoringconsent": "mentoring:consent_withdraw",
    "order": "local_acts:order_move",
    "programme": "pair_work:programme_edit",
    "programmeactivity": "pair_work:programme_edit",
    "programmegoal": "pair_work:programme_edit",
    "programmeconfirmation": "pair_work:programme_move",
    "adoption": "pair_work:adoption_drop",
    "meeting": "pair_work:meeting_move",
    "meetingnote": "pair_work:meeting_note",
    "person": "staff:edit",
    "position": "staff:edit",
    "employment": "staff:edit",
    "staffinvitation": "staff:invite",
    "personalconsent": "staff:consent_move",
    "staffimport": "staff:import",
    "tableheading": "staff:import_columns",
    "personoffice": "staff:office_end",
    "absence": "staff:absence_remove",
    "formername": "staff:former_name_remove",
    "personmerge": "staff:merge_undo",
    "gueststay": "staff:stay_remove",
    "schoolpractice": "school_practices:discard",
    "findanswer": "school_practices:check",
    "authorship": "school_practices:edit",
    "practiceattachment": "school_practices:remove_attachment",
    "schoolreview": "school_practices:review",
    "expertoffer": "school_practices:experts",
    "orderwaiter": "practice_orders:stop",
}
"""Table → the address by which its row is mended, taken back or removed."""
SAID = {
    "mentoring:pair_conclude": "Изменить заключение потом нельзя",
    "local_acts:act_approve": "поправить их можно, только отклонив проект",
    "local_acts:act_register": "не правят",
    "local_acts:order_register": "не правят",
    "pair_work:meeting_confirm": "её больше никто не меняет",
    "pair_work:meeting_move": "закроется как перенесённая",
    "mentoring:consent_refuse": "пара не начнётся",
    "mentoring:consent_withdraw": "Вернуть отозванное согласие нельзя",
    "school_practices:discard": "вернуть их будет нельзя",
    "pair_work:meeting_cancel": "Отменённую встречу не вернуть",
    "staff:import": "ничего не запишется",
}
"""Forms after which nothing can be changed, and the words that say so on them."""


def created() -> set[str]:
    """Tables of a school that get a row by any of its addresses."""
    return {
        table
        for row in BY_NAME.values()
        for table in re.findall(r"([a-z:]+)\+", row.effect)
        if not table.startswith("city:")
    }


def test_whatever_is_made_in_a_school_has_its_way_back() -> None:
    without = created() - NOT_TYPED - set(WAYS) - {"compatibility", "localact"}  # these two say it: SAID
    assert not without, (
        f"то, что записывают, нельзя ни поправить, ни убрать: {sorted(without)}. Дайте ему правку или отзыв "
        "и впишите в WAYS"
    )
    assert set(WAYS.values()) <= set(BY_NAME)
    assert (NOT_TYPED | WAYS.keys()) - created() == set(), "no address makes a row of these any more"


@pytest.mark.parametrize("name", sorted(SAID))
def test_a_form_without_a_way_back_says_so(
    name: str, school5: School, actor: Callable[..., Actor], as_: Callable[[str], Client]
) -> None:
    row, world = BY_NAME[name], World(school5, actor)
    with world.inside("school"):
        scene = row.scene(world)
    shown = as_(row.who).get(scene.url if scene.page is None else scene.page)
    assert SAID[name] in words_of(shown)


def endings() -> list[Any]:
    """Steps of people in a school from whose target no step leads on."""
    inside = [
        w
        for w in ALL.values()
        if getattr(apps.get_app_config(w.model._meta.app_label), "contour", None) == Contour.INTERNAL
    ]
    return [
        (w, t)
        for w in inside
        for t in w.transitions
        if t.rule is not by_time and not any(t.target in other.sources for other in w.transitions)
    ]


@pytest.mark.parametrize(
    ("workflow", "step"), endings(), ids=lambda value: getattr(value, "name", None) or value.verb
)
def test_a_point_of_no_return_says_so_before(workflow: Any, step: Any) -> None:
    assert len(step.final) > 30, (
        f"{workflow.name}.{step.verb}: после этого шага пути назад нет. Скажите об этом в строке таблицы: "
        "final=…"
    )


def test_buttons_of_the_workflow_say_it() -> None:
    """A template is silent about a name that its object does not have, so the button is drawn for each step
    that has such words.
    """
    drawn = engines["django"].from_string(
        '{% load ui %}{% ui "moves" offers=offers url="/move/" version=1 %}'
    )
    steps = [(flow.name, step) for flow in ALL.values() for step in flow.transitions if step.final]
    silent = [
        f"{name}.{step.verb}"
        for name, step in steps
        if words.typo(step.final) not in drawn.render({"offers": [Offer(step, ())]})
    ]
    assert steps
    assert not silent, f"перед этими шагами не сказано, что пути назад нет: {silent}"


def test_buttons_drawn_by_hand_say_it_too() -> None:
    silent = []
    for workflow, step in endings():
        for template in ROOT.glob(f"portal/{workflow.model._meta.app_label}/templates/**/*.html"):
            text = template.read_text()
            drawn = f'name="verb" value="{step.verb}"' in text
            said = re.search(rf'{{% final "\w+" "{step.verb}" %}}', text)
            silent += [f"{template.name}: {step.verb}"] if drawn and not said else []
    assert not silent, f"кнопка без пути назад, а слова {{% final %}} рядом с ней нет: {silent}"
