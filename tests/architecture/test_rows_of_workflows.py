"""A row of a workflow holds all that is true of its transition, and agrees with the form and the API."""

import dataclasses
import inspect
import re
import typing
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings

from portal.core.workflow import (
    ALL,
    ON_STEPS,
    Baton,
    Begins,
    Move,
    Nothing,
    On,
    Place,
    Transition,
    Without,
    Workflow,
    by_time,
    no_baton,
    no_lane,
    no_paper,
    nobody,
    transitioned,
)
from portal.mentoring.api.serializers import PairMoveIn
from portal.mentoring.workflow import PAIR
from portal.papers.kinds import KINDS
from portal.school_practices.states import MIRROR
from portal.ui.step_form import StepForm
from tenants.models import School

for urls in (settings.ROOT_URLCONF, settings.SCHOOL_URLCONF):
    import_module(urls)  # the forms of all pages, and with them the workflows of all rooms
ROWS = [(flow, row) for flow in ALL.values() for row in flow.transitions]
LISTENERS = {
    "portal.audit.journal.record_transition",
    "portal.papers.freezing.keep_signed",
    "portal.notify.transitions.tell_of_transition",
}
"""Whoever else listens to `transitioned` does what no table knows."""
WITH_ROOMS_TO_COME = {
    "local_act": {"on_approval", "amended"},
    "order": {"on_approval", "approved"},
    "school_practice": {"submitted_school"},
}
"""States to which no row leads yet: visas and amended acts belong to the room of acts; a practice is given at
once to those who judge it.
"""
BESIDE = {"comment"}
"""Fields of a form that are given to `move` beside what is asked."""


def named(flow: Any, row: Any = None) -> str:
    return getattr(flow, "name", None) or getattr(flow, "verb", None) or str(flow)


every_row = pytest.mark.parametrize(("flow", "row"), ROWS, ids=named)


@every_row
def test_a_row_says_everything_in_sentences(flow: Workflow[Any], row: Transition[Any, Any]) -> None:
    assert row.journal[:1].isupper(), "журнал: целое предложение в прошедшем времени"
    assert row.journal[-1] != ".", "точку ставит страница"
    for said in (row.told, row.baton, row.lane, row.paper):
        assert said, "пусто: скажите или объясните, почему нет"
        assert not isinstance(said, Without) or len(said.why) > 10


@every_row
def test_what_is_said_of_a_step_is_said_once_and_in_sentences(
    flow: Workflow[Any], row: Transition[Any, Any]
) -> None:
    """«Готово: у третьего эксперта. Эстафета у третьего эксперта.» was read by somebody."""
    said = row.said or f"{row.journal}."
    assert said.endswith("."), said
    shown = re.search(r"[A-Za-z]{3,}", f"{row.label} {said} {row.final}".replace("Word", ""))
    assert not shown, f"слово не по-русски: {shown}"
    assert not re.match(r"(Готово|Записано): ([а-яё]+|на [а-яё]+|в [а-яё]+)[.,]", said), f"состояние: {said}"
    stems = [word[:6] for word in re.findall(r"[а-яё]{6,}", said.lower())]
    assert len(stems) == len(set(stems)), f"одно слово дважды: {said}"


HOLDERS = {
    "у авторов": ("за авторами",),
    "у тех": ("за теми",),
    "у директора": ("за директором",),
    "у наставника": ("за наставником",),
    "у методического отдела": ("за методистом", "за методическим отделом"),
    "у него": ("за третьим экспертом",),
    "у пары": ("за парой", "за людьми пары"),
    "у специалиста Управления": ("за специалистом Управления",),
    "у Управления образования": ("за Управлением образования",),
    "у школы": ("за школой",),
}


@every_row
def test_whoever_is_said_to_hold_the_baton_holds_it(flow: Workflow[Any], row: Transition[Any, Any]) -> None:
    """The sentence of a row is fixed; where the baton depends on the object, the page says whose it is."""
    named = re.search(r"[Ээ]стафета (у [\w ]+)", row.said)
    if named is None:
        return
    assert row.target not in row.sources, f"после шага может остаться на месте: {row.said}"
    if isinstance(row.baton, Baton):
        words = next((whose for name, whose in HOLDERS.items() if named[1].startswith(name)), ())
        assert words, f"чей это ход: {named[1]}"
        assert row.baton.whose.startswith(words), f"{row.said} Ход {row.baton.whose}"
    else:
        assert callable(row.baton), f"{row.said} Ход ничей"


def a_row(**more: Any) -> Transition[School, Any]:
    return Transition(
        verb="go", label="Дальше", sources=("a",), target="b", rule=by_time, journal="Сделано", **more
    )


def a_flow(row: Transition[School, Any], **more: Any) -> Workflow[School]:
    begins: Begins[School] = Begins(states=("a",), baton=no_baton("проба"), lane=no_lane("проба"))
    return Workflow(name="try", title="Проба", model=School, begins=begins, transitions=(row,), **more)


@pytest.mark.parametrize("left_out", ["told", "baton", "lane", "paper"])
def test_a_row_that_leaves_something_out_is_refused_unless_its_workflow_says_it(left_out: str) -> None:
    said: dict[str, Any] = {
        "told": nobody("проба"),
        "baton": no_baton("проба"),
        "lane": no_lane("проба"),
        "paper": no_paper("проба"),
    }
    given = {left_out: said.pop(left_out)}
    with pytest.raises(ValueError, match=left_out):
        a_flow(a_row(**said))
    whole = a_flow(a_row(**said), **given)
    assert getattr(whole.transitions[0], left_out) == given[left_out]


@pytest.mark.parametrize("flow", ALL.values(), ids=named)
def test_rows_that_lead_to_one_state_agree_about_its_lane_and_its_baton(flow: Workflow[Any]) -> None:
    said: dict[str, Any] = dict.fromkeys(flow.begins.states, (flow.begins.lane, flow.begins.baton))
    for row in flow.transitions:
        assert said.setdefault(row.target, (row.lane, row.baton)) == (row.lane, row.baton), row.verb
    places = {lane.step for lane, _ in said.values() if isinstance(lane, Place)} - {""}
    assert places == set(flow.steps)


@pytest.mark.parametrize("flow", ALL.values(), ids=named)
def test_every_state_is_reached_by_a_row_or_is_the_first(flow: Workflow[Any]) -> None:
    later = WITH_ROOMS_TO_COME.get(flow.name, set())
    states = {value for value, _ in flow.model._meta.get_field("state").flatchoices}
    assert states - later == set(flow.begins.states) | {row.target for row in flow.transitions}


# ── What is asked: the dataclass, the functions of the row, the form ────────────────────────────────


@every_row
def test_functions_of_a_row_take_what_it_asks(flow: Workflow[Any], row: Transition[Any, Any]) -> None:
    """A function that says `Move[LaterTerm]` stands in a row that asks for it; `Move[Any]` asks nothing."""
    assert row.asks is Nothing or dataclasses.is_dataclass(row.asks)
    for function in (*row.changes, *row.follows, *(check.met for check in row.checks)):
        assert taken_by(function) in (None, row.asks), function.__name__


@pytest.mark.parametrize("above", list(ON_STEPS), ids=lambda above: f"{above.workflow.name}-{above.verb}")
def test_what_a_room_above_does_takes_what_the_step_asks(above: On[Any]) -> None:
    """The rows of a verb may ask different things: then it takes any."""
    asked = {row.asks for row in above.workflow.transitions if row.verb == above.verb}
    wanted = taken_by(above.do)
    assert wanted is None or asked == {wanted}
    assert above.why[:1].isupper()
    assert above.why.endswith(".")


def taken_by(function: Any) -> Any:
    """Which dataclass the function wants; None when any will do."""
    move = typing.get_type_hints(inspect.unwrap(function))["move"]
    wanted = typing.get_args(move)[0]
    return None if wanted is Any else wanted


def forms_of_steps() -> Iterator[type[StepForm[Any]]]:
    seen = list(StepForm.__subclasses__())
    while seen:
        form = seen.pop()
        seen += form.__subclasses__()
        yield form


ASKED_BY_NO_FORM: dict[tuple[str, str], str] = {
    ("school_form", "accept"): "the letter of the city says when it answered",
    ("school_form", "return"): "the letter of the city says when it answered",
    **{("school_practice", f"city_{state}"): "the letter of the city says it" for state in MIRROR},
    ("staff_import", "columns"): "the service makes the layout of what the form says of each column",
    ("staff_import", "ready"): "the job that checks the rows has counted them",
    ("staff_import", "finish"): "the job that writes the rows has counted them",
    ("staff_import", "fail"): "the job says why it could not read the file",
}
"""What is asked of a machine, and of which."""


def test_what_no_form_asks_is_asked_by_a_row_and_still_by_no_form() -> None:
    asked = {(flow.name, row.verb): row.asks for flow, row in ROWS if row.asks is not Nothing}
    by_forms = {vars(form).get("asks") for form in forms_of_steps()}
    stale = {key for key in ASKED_BY_NO_FORM if key not in asked or asked[key] in by_forms}
    assert stale == set()


@every_row
def test_a_form_asks_what_the_row_asks(flow: Workflow[Any], row: Transition[Any, Any]) -> None:
    if row.asks is Nothing or (flow.name, row.verb) in ASKED_BY_NO_FORM:
        return
    fields = {field.name for field in dataclasses.fields(row.asks)}
    wanted = {field.name for field in dataclasses.fields(row.asks) if field.default is dataclasses.MISSING}
    forms = [form for form in forms_of_steps() if vars(form).get("asks") is row.asks]
    assert forms, f"ни одна форма не спрашивает {row.asks.__name__}"
    for form in forms:
        made = {name for name in fields if isinstance(getattr(form, name, None), property)}
        typed = {form.stands_for.get(name, name) for name in set(form.base_fields) - form.beside - BESIDE}
        assert wanted <= typed | made <= fields, form.__name__
        for check in row.checks:
            assert made or check.field in fields | BESIDE, check.code


def test_the_api_takes_what_a_step_of_a_pair_asks_and_nothing_else() -> None:
    asked = [dataclasses.fields(row.asks) for row in PAIR.transitions]
    taken = set(PairMoveIn().fields) - {"verb", "comment"}
    assert taken
    assert taken <= {field.name for fields in asked for field in fields}
    whole = [fields for fields in asked if fields and taken >= {field.name for field in fields}]
    assert whole, "ни одного шага с вопросом через API не сделать"


# ── What follows ────────────────────────────────────────────────────────────────────────────────────


def test_nobody_else_listens_to_transitions() -> None:
    listeners = {key[0] for key, *_ in transitioned.receivers}
    assert listeners == LISTENERS, (
        "Следствие шага записывают в строке перехода (follows) или в таблице On своей комнаты"
    )


def test_a_room_above_can_only_follow_what_is_there() -> None:
    def do(obj: School, move: Move[Any]) -> None:
        """Never called."""

    with pytest.raises(ValueError, match="knows no"):
        On(ALL["school"], "fly", do, why="проба")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_a_step_that_signs_a_paper_names_it(kind: Any) -> None:
    rows = [row for row in ALL[kind.workflow].transitions if row.verb in kind.signed_by]
    assert rows
    assert all(isinstance(row.paper, str) and kind.code in row.paper for row in rows)
