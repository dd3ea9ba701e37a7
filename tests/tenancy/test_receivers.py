"""A receiver is never stricter than its sender: what stops a letter is either asked of the sender first, or
cannot be written by our own code.

The refusals of every `@receives` are read from its code, down to the services it calls; each has its reason
in the table, and a new one fails until it has. Beside it, for every kind, the sender's own form is driven to
its edges and everything it accepts must be applied.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any
from uuid import uuid4

import pytest

from portal.city_records.models import Inbox
from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import Workflow
from portal.exchange import KINDS, RECEIVERS
from portal.municipality import mending, troubles
from portal.school_records.models import Inbox as SchoolInbox
from tenants import post
from tenants.context import in_school
from tenants.models import School

OURS = ("portal.", "best_practices.", "tenants.")
MACHINERY = (
    "portal.core.",
    "portal.audit",
    "portal.exchange",
    "portal.notify",
    "portal.search",
    "tenants.context",
)


def resolved(node: ast.expr, names: dict[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        base = resolved(node.value, names)
        return getattr(base, node.attr, None) if isinstance(base, (ModuleType, type, Workflow)) else None
    return None


def refusals(function: Any, seen: set[Any]) -> set[str]:
    function = inspect.unwrap(function)
    if (
        not isinstance(function, FunctionType)
        or function in seen
        or not function.__module__.startswith(OURS)
        or function.__module__.startswith(MACHINERY)
    ):
        return set()
    seen.add(function)
    tree, names, found = ast.parse(textwrap.dedent(inspect.getsource(function))), function.__globals__, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and node.exc is not None:
            call = node.exc
            name = ast.unparse(call.func) if isinstance(call, ast.Call) else ast.unparse(call)
            code = next((str(a.value) for a in getattr(call, "args", []) if isinstance(a, ast.Constant)), "")
            found.add(f"{name} {code}".strip()[:60])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = resolved(node.func.value, names)
            if node.func.attr == "move" and isinstance(owner, Workflow):
                found.add(f"move {owner.name}.{ast.unparse(node.args[1])}")
                continue
            if node.func.attr == "get" and "objects" in ast.unparse(node.func.value):
                found.add(f"get {ast.unparse(node.func.value).split('.')[0]}")
        if isinstance(node, ast.Call):
            target = resolved(node.func, names)
            if target is not None and not isinstance(target, type):
                found |= refusals(target, seen)
    return found


CHECKED, NEVER, MOVES = "спрошено у отправителя: ", "наш отправитель такого не пишет: ", "таблица переходов: "
OWN_SCHOOL = NEVER + "школу письма называет почта, а не письмо"
ALLOWED: dict[str, dict[str, str]] = {
    "accounts.invitation": {
        "Invalid office": CHECKED + "invite_person берёт только должности школы",
        "get School": OWN_SCHOOL,
    },
    "accounts.office": {
        "Invalid office": CHECKED + "give_office берёт только должности школы",
        "get School": OWN_SCHOOL,
        "get Membership": NEVER + "строка найдена в той же транзакции",
    },
    "accounts.access_asked": {},
    "accounts.access_answered": {},
    "accounts.name_said": {},
    "accounts.name_answered": {},
    "accounts.name_doubted": {},
    "accounts.agreement_asked": {},
    "accounts.agreement_answered": {},
    "accounts.recognised": {
        "Invalid office": CHECKED + "город уже принял приглашение с этой должностью",
    },
    "accounts.joined": dict.fromkeys(
        (
            "Conflict joined",
            "Conflict just_asked",
            "Conflict newcomer_waits",
            "Forbidden Должности в портале даёт директор.",
            "Forbidden Приглашают в портал директор, куратор и специалист",
            "Invalid beyond_stay",
            "Invalid beyond_work",
            "Invalid curator_not_deputy",
            "Invalid email",
            "Invalid mailbox_shared",
            "Invalid no_work_then",
            "Invalid not_of_guest",
            "Invalid office",
            "Invalid period",
        ),
        CHECKED + "должность и дни гостя проверены, когда его записали; кто вошёл, того не приглашают снова",
    ),
    "accounts.office_kept": {},
    "best_practices.expert_answered": {},
    "best_practices.answered": {
        "move school_practice.verb": MOVES + "строка спрошена перед шагом; условий у неё нет"
    },
    "best_practices.ahead": {},
    "best_practices.expert_proposed": {"get School": OWN_SCHOOL},
    "best_practices.handed_over": {
        "Forbidden Эту практику передала другая школа.": NEVER + "номер практики свой у каждой школы",
        "get School": OWN_SCHOOL,
        "move practice.'resubmit'": MOVES + "только из «возвращена», условий нет",
    },
    "best_practices.search_asked": {},
    "best_practices.adopted": {"get School": OWN_SCHOOL},
    "best_practices.adoption_ended": {},
    "best_practices.outcome_told": {},
    "best_practices.school_named": {},
    "best_practices.unclear": {},
    "best_practices.renewed": {},
    "best_practices.thanked": {},
    "best_practices.ordered": {"get School": OWN_SCHOOL},
    "best_practices.order_answered": {},
    "best_practices.order_called": {},
    "best_practices.recalled": {
        "Forbidden Эту практику передала другая школа.": NEVER + "номер практики свой у каждой школы",
        "move practice.'recall'": MOVES + "строка спрошена перед шагом; условий у неё нет",
    },
    "job": {"NotForSchools": CHECKED + "Job.later спрашивает то же место"},
    "municipality.campaign_changed": {
        "get SchoolForm": NEVER + "о кампании пишут школе, у которой есть её форма",
        "move school_form.verb": MOVES + "состояние спрошено перед шагом",
        "move school_form.'cancel'": MOVES + "состояние спрошено перед шагом",
    },
    "municipality.reminded": {"get SchoolForm": NEVER + "напоминают школе, у которой есть форма кампании"},
    "municipality.campaign_opened": {
        "move school_form.'prefill'": MOVES + "форма только что сделана этим же письмом"
    },
    "municipality.counters": {"get School": OWN_SCHOOL},
    "municipality.form_answered": {
        "get SchoolForm": NEVER + "город отвечает на форму, которую прислала эта школа",
        "move school_form.verb": MOVES + "состояние спрошено перед шагом; слово к возврату спрошено в городе",
    },
    "municipality.form_submitted": {
        "NotVisible campaign": NEVER + "форма рождается письмом о кампании",
        "get School": OWN_SCHOOL,
    },
    "municipality.school_step": {
        "Invalid step": CHECKED + "шаги отправителей сверены с таблицей ниже",
        "get School": OWN_SCHOOL,
        "move school.name": MOVES + "строка спрошена перед шагом",
    },
}
"""Kind → what its receiver may refuse → why no letter of ours meets it."""


@pytest.mark.covers("found A2")
def test_every_refusal_of_every_receiver_is_known_and_answered_for() -> None:
    found = {
        code: refusals(receiver.apply, set())
        for code, receiver in RECEIVERS.items()
        if not code.startswith("test.")
    }
    assert found == {code: set(reasons) for code, reasons in ALLOWED.items()}, (
        "a new refusal: check it in the sender, then say so here and drive its edge below"
    )
    assert set(RECEIVERS) <= set(KINDS)


Acting = Callable[..., Actor]


# ── A stopped letter is mended by the operator ──────────────────────────────────────────────────────


@pytest.mark.covers("found A2")
def test_a_stopped_letter_is_explained_tried_again_and_set_aside(
    school5: School, as_: Callable[[str], Any], actor: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the city's box and in a school's: what stopped and why, in words; one more try; put aside with a
    reason, so that what stands behind goes on.
    """
    topic, semyon = uuid4(), as_("semyon")
    common = {"kind": "municipality.counters", "written_at": clock.now(), "topic": topic}
    bad = Inbox.objects.create(
        payload={}, school=school5.uuid, stopped=True, attempts=5, trouble="ValidationError", **common
    )
    good = {"counted_on": "2026-11-20", "counters": {}}
    behind = Inbox.objects.create(payload=good, school=school5.uuid, **common)
    with in_school(school5):
        there = SchoolInbox.objects.create(
            kind="accounts.office_kept",
            topic=topic,
            written_at=clock.now(),
            payload={},
            stopped=True,
            attempts=5,
            trouble="DoesNotExist",
        )
        post.note_what_waits(Actor.system(school=school5.uuid))
    page = semyon.get("/post/").content.decode().replace("\xa0", " ")
    assert troubles.WORDS["ValidationError"] in page
    assert troubles.WORDS["DoesNotExist"] in page
    assert page.count("Попробовать ещё раз") == 2
    aside = f"/post/{bad.uuid}/aside/"
    assert as_("darya").get(aside).status_code == 404
    assert semyon.get(aside).status_code == 200
    assert semyon.get(f"/post/{there.uuid}/aside/?box={school5.uuid}").status_code == 200
    for nothing in (
        f"/post/{uuid4()}/aside/",
        f"/post/{there.uuid}/aside/",
        f"{aside}?box={school5.uuid}",
        f"{aside}?box=x",
    ):
        assert semyon.get(nothing).status_code == 404, nothing
    for verb, typed in (("retry", {}), ("aside", {"reason": "Письма с таким номером нет нигде."})):
        asked_for = {**typed, "box": str(uuid4()), "repeat_key": uuid4().hex}
        assert semyon.post(f"/post/{there.uuid}/{verb}/", asked_for).status_code == 404, (
            "the job for a school that is not there would fail ten times"
        )
    assert semyon.post(aside, {"reason": "", "repeat_key": uuid4().hex}).status_code == 422
    assert (
        semyon.post(
            aside, {"reason": "Числа за этот день пришли другим письмом.", "repeat_key": uuid4().hex}
        ).status_code
        == 302
    )
    post.deliver_everything()
    bad.refresh_from_db()
    behind.refresh_from_db()
    assert (bad.applied_at, bad.stopped, behind.applied_at is None) == (None, False, False)
    assert "Отложенные" in semyon.get("/post/").content.decode()
    mending.retry_letter(bad.uuid, by=actor("semyon"))
    bad.refresh_from_db()
    assert bad.set_aside_at is None
    asked: dict[str, Any] = {}
    monkeypatch.setattr("tenants.jobs.Job.later", lambda job, **arguments: asked.update(arguments, job=job))
    assert (
        semyon.post(
            f"/post/{there.uuid}/retry/", {"box": str(school5.uuid), "repeat_key": uuid4().hex}
        ).status_code
        == 302
    )
    asked.pop("job")(**asked)
    with in_school(school5):
        there.refresh_from_db()
        assert (there.stopped, there.attempts) == (False, 1), "it was tried, and is as wrong as before"


def test_every_known_trouble_has_its_words() -> None:
    """Each refusal of the table above is said in words of its own, not by the general sentence."""
    for reasons in ALLOWED.values():
        for refusal in reasons:
            word = refusal.split()[0]
            trouble = {"get": "DoesNotExist", "move": "Conflict wrong_state"}.get(
                word, f"{word} {'job_not_for_schools' if word == 'NotForSchools' else ''}"
            )
            assert troubles.in_words(trouble) != troubles.OTHER, refusal
