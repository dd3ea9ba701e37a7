"""The page of a stale form says what differs, and nothing else: every form of the table of writes that
carries the version of an object.

The page is read as a browser reads it, every field of its form as it stands there; another person saves the
object; the form is sent: untouched it differs in nothing; with its fields changed, exactly those that show
what is stored are told of.
"""

import datetime as dt
import html
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import name_here
from portal.local_acts import printing
from portal.mentoring.models import Pair
from portal.papers import printing as papers_printing
from tenants.models import School
from tests.cast import BY_KEY
from tests.posts import mentoring_working
from tests.posts.rows import Post, Scene, World, fresh, gist_of, words_of
from tests.posts.shown_forms import CODE, WHOLE, Form, Forms, as_sent, has_words, other_value
from tests.posts.table import ROWS
from tests.posts.test_finished_forms import SHOWN
from tests.workflows import mentoring_scenes

AsPerson = Callable[[str], Client]
FORMS = [row for row in ROWS if not row.api]
POST_ONLY = {row.name for row in FORMS if (row.contour, row.name) not in SHOWN}


EDITS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "mentor_bank:need_edit",
            "mentor_bank:card_edit",
            "pair_work:programme_edit",
            "pair_work:adoption_outcome",
            "mentoring:pair_pay",
            "pair_work:meeting_note",
            "staff:edit",
            "staff:absence",
            "staff:former_name",
            "staff:stay",
            "staff:position",
            "staff:name",
            "school_practices:edit",
            "local_acts:act_chapters",
            "monitoring:fill",
            "municipality:school_edit",
            "municipality:school_names",
            "municipality:department",
            "municipality:reference_entry",
            "expertise:word",
            "expertise:reserve",
            "expertise:remarks",
            "own_bank:search",
            "own_bank:comment",
            "own_bank:collection_edit",
            "expertise:call",
            "school_practices:call",
            "municipality:campaign_edit",
        ),
        (),
    ),
    "cabinet:settings": ("young_since",),
    "pair_work:activity_mark": ("mark", "done_on"),
    "pair_work:meeting_record": ("how", "duration_min", "duration_other", "new_day", "new_time", "note"),
}
"""Forms that show what is stored, and their fields that only suggest."""
ACTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "mentoring:pair_register",
            "mentoring:pair_notice",
            "mentoring:pair_replace",
            "mentoring:pair_extend",
            "pair_work:meeting_move",
            "staff:dismiss",
            "staff:take_on",
            "staff:consent",
            "staff:office_end",
            "staff:import_columns",
            "staff:import_rename",
            "staff:import_row",
            "local_acts:act_approve",
            "local_acts:act_register",
            "local_acts:order_register",
            "municipality:agreement",
            "own_bank:search_new",
            "expertise:pause",
        ),
        (),
    ),
    "mentoring:consent": ("shows_profile",),
    "municipality:last_day": ("valid_to",),
    "certificates:reissue": ("name",),
}
"""Forms that are begun with something and do something new, and their fields that show what is stored. All
the others begin empty.
"""
LEFT = {
    "pair_work:adoption_outcome": {
        f"{when}_{n}" for when in ("before", "after") for n in (1, 2, 3)
    },  # in twos
    "pair_work:meeting_record": {"how"},  # makes another act of it, which asks for a day
    "mentor_bank:need_edit": {"desired_mentor"},  # nobody to be chosen in the scene
    "staff:edit": {  # say what another name or other work is
        *("name_change", "renamed_on", "renamed_by"),
        *("work_change", "work_since"),
    },
    "staff:position": {"work_change", "work_since"},
}
"""Fields that cannot be changed alone in their scene."""
SAID = {
    "staff:edit": {"name_change": ["mistake"], "work_change": ["mistake"]},
    "staff:position": {"work_change": ["mistake"]},
}
"""What a form asks as soon as something of it is changed."""


@pytest.fixture
def world(school5: School, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(papers_printing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(printing, "pdf_is_available", lambda: True)
    return World(school5, lru_cache(actor))


def opened(scene: Scene, own: Client) -> Form | None:
    """The form of the page that is sent to the address of the row and carries the version of its object."""
    page = scene.url if scene.page is None else scene.page
    forms = Forms(own.get(page).content.decode()).found if page else []
    return next(
        (
            form
            for form in forms
            if (form.action or page) == scene.url and "version" in form.sent and fields_of(form)
        ),
        None,
    )


def fields_of(form: Form) -> list[str]:
    """What a person fills; a box that removes a row is no field of it, and the empty rows of a table want all
    their fields at once.
    """
    known = {
        name.split("-")[0]: int(value[0])
        for name, value in form.sent.items()
        if name.endswith("-INITIAL_FORMS")
    }
    rows = {name: name.split("-")[:2] for name in form.kinds if name.count("-") == 2}
    beyond = {
        name
        for name, (table, row) in rows.items()
        if int(row) >= known.get(table, 0) or name.endswith("DELETE")
    }
    return [
        name
        for name, kind in form.kinds.items()
        if kind not in ("hidden", "file", "submit", "button") and name not in beyond
    ]


def sending(
    scene: Scene, form: Form, own: Client, changed: Mapping[str, list[str]] = MappingProxyType({})
) -> Any:
    return own.post(
        scene.url,
        {**form.sent, **fresh(form.files), **changed, "repeat_key": uuid4().hex},
        headers={"referer": f"http://testserver{scene.page or scene.url}"},
    )


def told(answer: Any) -> list[str]:
    """Names of what is shown as different; everything said of it is in words, with who saved and when."""
    assert answer.status_code == 409, (answer.status_code, gist_of(answer))
    shown = answer.context["differences"]
    assert [one for one in shown if not one.label or one.label not in words_of(answer)] == []
    assert [
        value
        for one in shown
        if has_words(one)
        for value in (*one.mine, *one.theirs)
        if CODE.fullmatch(value)
    ] == []
    assert re.search(
        r"(Последнее сохранение: |Вы сами сохранили это в другой вкладке ).*\d\d:\d\d\.", words_of(answer)
    ), gist_of(answer)
    return [one.name for one in shown]


def fill(scene: Scene, form: Form) -> set[str]:
    """Types what an act asks for and the page leaves empty; the names of what was typed."""
    empty = {name: value for name, value in scene.fields.items() if not any(form.sent.get(name, []))}
    form.files = {name: value for name, value in empty.items() if isinstance(value, tuple)}
    form.sent.update({name: as_sent(value) for name, value in empty.items() if name not in form.files})
    return set(empty)


def shows_stored(row: Post, form: Form) -> set[str]:
    """The fields whose change has to be told of. A form that is begun with something says in one of the
    tables what that is.
    """
    if row.name in EDITS:
        return set(fields_of(form)) - set(EDITS[row.name])
    begun = [name for name in fields_of(form) if form.kinds[name] != "radio" and any(form.sent.get(name, []))]
    assert not begun or row.name in ACTS, (
        f"форма начата не пустой: {begun}. Впишите её в EDITS, если она правит записанное, или в ACTS, если "
        "только предлагает"
    )
    return set(ACTS.get(row.name, ()))


SHARING = [
    row
    for row in FORMS
    if row in mentoring_working.ROWS
    or row.name in ("mentoring:pair_notice", "mentoring:pair_replace", "mentoring:pair_extend")
]
"""Each of these forms needs a pair that works already, which takes a second to bring up."""


@pytest.mark.covers("found B7")
@pytest.mark.parametrize(
    "row", [row for row in FORMS if row not in SHARING], ids=lambda row: f"{row.contour}-{row.name}"
)
def test_only_what_differs_is_shown(row: Post, world: World, as_: AsPerson) -> None:
    only_what_differs(row, world, as_)


@pytest.mark.covers("found B7")
def test_only_what_differs_is_shown_of_a_working_pair(
    world: World, as_: AsPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.inside("school"):
        pair = mentoring_scenes.active(world.who)
    monkeypatch.setattr(mentoring_scenes, "active", lambda who: Pair.objects.get(pk=pair.pk))
    wrong = []
    for row in SHARING:
        before = transaction.savepoint()  # not a block: requests change contour inside
        try:
            only_what_differs(row, world, as_)
        except AssertionError as error:
            wrong += [f"{row.name}: {error}"]
        transaction.savepoint_rollback(before)
    assert not wrong, "\n".join(wrong)


def only_what_differs(row: Post, world: World, as_: AsPerson) -> None:
    own = as_(row.who)
    with world.inside(row.contour):
        scene = row.scene(world)
    form = opened(scene, own) if scene.obj is not None else None
    assert form is not None or row.name not in EDITS, "форма, которая правит, не найдена на своей странице"
    if form is None:
        return
    stored = shows_stored(row, form)
    with world.inside(row.contour):
        scene.obj.refresh_from_db()
        scene.obj.save_change()
    form.sent.update({name: as_sent(value) for name, value in scene.fields.items() if name == "verb"})
    form.sent.update(SAID.get(row.name, {}))
    # 5 and 5,0 are one
    form.sent.update(
        {name: [WHOLE.sub("", form.sent[name][0])] for name, kind in form.kinds.items() if kind == "number"}
    )
    begun: set[str] = set()
    untouched = sending(scene, form, own)
    if untouched.status_code == 422:  # an act wants words first
        begun = fill(scene, form)
        untouched = sending(scene, form, own)
    assert set(told(untouched)) == begun & stored, (
        f"форму не трогали, а страница нашла расхождение: {told(untouched)}"
    )
    if row.name in POST_ONLY and (back := way_back(untouched, own)) is not None:
        page = next(one for one in Forms(untouched.content.decode()).found if one.action == scene.url)
        twice = sending(Scene(scene.url), page, own, {"version": form.sent["version"]})
        assert (back, way_back(twice, own)) == (200, 200), "и когда отказано второй раз подряд"
    every = {
        name: other_value(scene, form, name) for name in fields_of(form) if name not in LEFT.get(row.name, ())
    }
    halves = (list(every)[::2], list(every)[1::2]) if row.name in EDITS else (list(every),)
    proved = set(begun)
    for half in halves:
        proved |= changed_at_once(scene, form, own, {name: every[name] for name in half}, begun, stored)
    assert not (short := stored - proved - LEFT.get(row.name, set())), (
        f"эти поля не удалось изменить, опишите как: {short}"
    )


def way_back(answer: Any, own: Client) -> int | None:
    """What «Оставить сохранённое» of the page leads to; None where the page has no such way."""
    kept = re.search(r'href="([^"]+)">\s*Оставить сохранённое', answer.content.decode())
    return own.get(html.unescape(kept[1]).removeprefix("http://testserver")).status_code if kept else None


def changed_at_once(
    scene: Scene, form: Form, own: Client, changed: dict[str, list[str]], begun: set[str], stored: set[str]
) -> set[str]:
    """These fields changed and no others: exactly those of them that show what is stored are told of. What
    the form itself refuses is left as it was.
    """
    answer = sending(scene, form, own, changed)
    while answer.status_code == 422:
        wrong = mistaken(answer) & set(changed)
        assert wrong, gist_of(answer)
        changed = {name: value for name, value in changed.items() if name not in wrong}
        answer = sending(scene, form, own, changed)
    wanted = {name.split("-")[0] for name in {*begun, *changed} & stored}
    assert set(told(answer)) == wanted, (changed, told(answer))
    return stored & set(changed)


def mistaken(answer: Any) -> set[str]:
    """Names of the fields with a mistake at them."""
    tags = re.findall(r"<(?:input|select|textarea)[^>]*aria-invalid[^>]*>", answer.content.decode())
    return {html.unescape(found[1]) for tag in tags if (found := re.search(r'name="([^"]*)"', tag))}


@pytest.mark.covers("found B7")
def test_who_saved_and_when(world: World, as_: AsPerson) -> None:
    """One's own second tab, a colleague, and a change that no journal tells of."""
    row = next(row for row in ROWS if row.name == "staff:edit")
    with world.inside(row.contour):
        scene = row.scene(world)
        scene.obj.refresh_from_db()
    own, colleague = as_(row.who), as_("kira")
    form = opened(scene, own)
    assert form is not None
    form.sent.pop("is_ped_education")
    assert (
        sending(scene, form, own, {"last_name": ["Зимина-Лебедь"], "name_change": ["mistake"]}).status_code
        == 302
    )
    with world.inside(row.contour):
        scene.obj.refresh_from_db()
        at = f"в {clock.local(scene.obj.updated_at):%H:%M}"
        anna = name_here(BY_KEY[row.who].uuid)
    assert f"Вы сами сохранили это в другой вкладке {at}." in words_of(sending(scene, form, own))
    theirs = sending(scene, form, colleague, {"is_ped_education": ["on"]})
    assert f"Последнее сохранение: {anna}, {at}." in words_of(theirs)
    assert [(one.label, one.mine, one.theirs) for one in theirs.context["differences"]] == [
        ("Фамилия", ["Зимина"], ["Зимина-Лебедь"]),
        ("Образование педагогическое", ["да"], ["нет"]),
    ]
    with world.inside(row.contour):
        type(scene.obj).objects.filter(pk=scene.obj.pk).update(updated_at=clock.now() - dt.timedelta(days=3))
    day = f"{clock.local(clock.now() - dt.timedelta(days=3)):%d.%m.%Y}"
    assert f"Последнее сохранение: {day} в " in words_of(sending(scene, form, own))
