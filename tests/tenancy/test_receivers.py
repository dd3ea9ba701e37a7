"""A receiver is never stricter than its sender: what stops a letter is either asked of the sender first, or
cannot be written by our own code.

The refusals of every `@receives` are read from its code, down to the services it calls; each has its reason
in the table, and a new one fails until it has. Beside it, for every kind, the sender's own form is driven to
its edges and everything it accepts must be applied.
"""

import ast
import datetime as dt
import inspect
import textwrap
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any
from uuid import uuid4

import pytest

from best_practices.models import Practice
from best_practices.workflow import PRACTICE
from portal.accounts.offices import HAND_OFFICES
from portal.accounts.services import NewPerson, accept_invitation
from portal.city_records.models import Inbox
from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import Workflow
from portal.exchange import KINDS, RECEIVERS, send
from portal.monitoring import services as monitoring
from portal.monitoring.models import SchoolForm
from portal.monitoring.workflow import SCHOOL_FORM, Numbers
from portal.municipality import mending, troubles
from portal.municipality import services as municipality
from portal.municipality.background import send_campaign, tell_campaign
from portal.municipality.indicators import COUNTERS, INDICATORS
from portal.municipality.letters import SCHOOL_STEP, SchoolStep
from portal.municipality.models import ReceivedForm
from portal.municipality.workflow import CAMPAIGN, RECEIVED, STEPS
from portal.school_practices import services as practices
from portal.school_practices.models import SchoolPractice
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.school_records.models import Inbox as SchoolInbox
from portal.staff import services as staff
from portal.staff.models import Employee, EmployeeOffice
from tenants import post
from tenants.context import in_school
from tenants.jobs import JOBS, SCHOOL
from tenants.models import School
from tests.cast import BY_KEY
from tests.practices.conftest import consent_to_publish
from tests.practices.test_journey_of_a_practice import in_school_bank
from tests.workflows.test_staff_offices import BASIS, NEW

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
    "accounts.invitation": {"Invalid office": CHECKED + "invite_employee берёт только должности школы",
        "get School": OWN_SCHOOL},
    "accounts.office": {
        "Invalid office": CHECKED + "give_office берёт только должности школы", "get School": OWN_SCHOOL,
        "get Membership": NEVER + "строка найдена в той же транзакции",
    },
    "accounts.joined": {}, "accounts.office_kept": {}, "best_practices.expert_answered": {},
    "best_practices.answered": {"move school_practice.verb": MOVES + "строка спрошена перед "
        "шагом; условий у неё нет"},
    "best_practices.expert_proposed": {"get School": OWN_SCHOOL},
    "best_practices.handed_over": {
        "Forbidden Эту практику передала другая школа.": NEVER + "номер практики свой у каждой школы",
        "get School": OWN_SCHOOL,
        "move practice.'resubmit'": MOVES + "только из «возвращена», условий нет",
    },
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
    "municipality.campaign_opened": {"move school_form.'prefill'": MOVES + "форма только что сделана этим "
        "же письмом"},
    "municipality.counters": {"get School": OWN_SCHOOL},
    "municipality.form_answered": {
        "get SchoolForm": NEVER + "город отвечает на форму, которую прислала эта школа",
        "move school_form.verb": MOVES + "состояние спрошено перед шагом; слово к возврату спрошено в городе",
    },
    "municipality.form_submitted": {"NotVisible campaign": NEVER + "форма рождается письмом о кампании",
        "get School": OWN_SCHOOL},
    "municipality.school_step": {
        "Invalid step": CHECKED + "шаги отправителей сверены с таблицей ниже", "get School": OWN_SCHOOL,
        "move school.name": MOVES + "строка спрошена перед шагом",
    },
}  # fmt: skip
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


# ── The edges of every sender ───────────────────────────────────────────────────────────────────────
LONG, TEXT = "д" * 250, "Слово в слово, как было на уроке. " * 140
Acting = Callable[..., Actor]


def offices(school: School, actor: Acting) -> None:
    """Given and ended on every pair of days the forms take; longest basis; taken back; dismissed before it
    began.
    """
    today, day, zhanna = clock.today(), dt.timedelta(days=1), actor("zhanna")
    with in_school(school):
        boris = Employee.objects.get(uuid=BY_KEY["boris"].employee)
        for office, begins, ends in (
            ("psychologist", today, today - day),
            ("association_lead", today - 30 * day, today - day),
            ("personnel_officer", today + day, today),
        ):
            held = staff.give_office_by_hand(
                boris, office, basis=LONG, valid_from=begins, valid_to=begins, by=zhanna
            )
            staff.end_office(
                EmployeeOffice.objects.get(pk=held.pk), on=min(ends, begins), basis=LONG, by=zhanna
            )
        staff.give_office_by_hand(boris, "psychologist", basis=BASIS, valid_from=today, by=zhanna)
    post.deliver_everything()
    with in_school(school):
        staff.dismiss_employee(boris, on=today - 400 * day, reason="other", by=actor("anna"))


def invitations(school: School, actor: Acting, mailoutbox: list[Any]) -> None:
    """Every office that an invitation takes, names and addresses of full length, accepted after the person
    was dismissed.
    """
    with in_school(school):
        for number, office in enumerate(HAND_OFFICES):
            new = staff.enter_employee(
                by=actor("anna"), position="teacher", **{**NEW, "birth_date": dt.date(1980, 5, 2 + number)}
            )
            asked = staff.invite_employee(
                new,
                by=actor("anna"),
                office=office,
                basis=LONG,
                email=f"{'a' * 60}{number}@{'b' * 60}.example",
                valid_to=clock.today(),
            )
            staff.send_invitation(by=actor("anna"), invitation_uuid=str(asked.uuid))
    post.deliver_everything()
    token, number = mailoutbox[-1].body.split("/invitation/")[1].split("/")[0], len(HAND_OFFICES) - 1
    with in_school(school):
        staff.dismiss_employee(new, on=clock.today() - dt.timedelta(days=9), reason="other", by=actor("anna"))
    accept_invitation(
        token, NewPerson(f"{'a' * 60}{number}@{'b' * 60}.example", "Ф" * 100, "И" * 100, "О" * 100)
    )


def a_practice(school: School, actor: Acting, drafted: SchoolPractice, sheet: dict[str, Any]) -> None:
    """The longest texts there and back, returned, sent again, taken back; and a proposed expert who has left
    meanwhile.
    """
    darya, zhanna = actor("darya"), actor("zhanna")
    with in_school(school):
        practices.edit_practice(
            drafted,
            by=actor("boris"),
            title="Т" * 150,
            annotation="К" * 500,
            problem=TEXT[:5000],
            resources=TEXT[:5000],
            keywords=["с" * 60] * 5,
        )
    in_school_bank(drafted, school, in_school, actor, sheet)
    with in_school(school):
        consent_to_publish("boris")
        SCHOOL_PRACTICE.move(drafted, "hand_over", by=zhanna)
        lev = Employee.objects.get(uuid=BY_KEY["lev"].employee)
        practices.propose_expert(lev, subjects=["russian"], basis=LONG, by=zhanna)
        staff.dismiss_employee(lev, on=clock.today() - dt.timedelta(days=1), reason="other", by=actor("anna"))
    post.deliver_everything()
    PRACTICE.move(Practice.objects.get(), "receive", by=darya)
    PRACTICE.move(Practice.objects.get(), "return_incomplete", by=darya, comment=TEXT)
    post.deliver_everything()
    with in_school(school):
        SCHOOL_PRACTICE.move(SchoolPractice.objects.get(), "resubmit", by=zhanna)
        SCHOOL_PRACTICE.move(SchoolPractice.objects.get(), "recall", by=zhanna, comment=TEXT)


def monitoring_of_a_school(school: School, actor: Acting) -> None:
    """All indicators, the longest title and words; returned, answered twice, sent again while the campaign is
    being closed.
    """
    semyon, zhanna, today = actor("semyon"), actor("zhanna"), clock.today()
    campaign = municipality.plan_campaign(
        title="К" * 150, indicators=INDICATORS, open_from=today, due_school=today, by=semyon
    )
    CAMPAIGN.move(campaign, "open", by=semyon)
    send_campaign(by=semyon, campaign_uuid=str(campaign.uuid))
    post.deliver_everything()
    municipality.remind(campaign, school, by=semyon)
    post.deliver_everything()
    with in_school(school):
        monitoring.hand_over_form(SchoolForm.objects.get(), by=zhanna)
    post.deliver_everything()
    RECEIVED.move(ReceivedForm.objects.get(), "return", by=semyon, comment=TEXT)
    post.deliver_everything()
    with in_school(school):
        form = SchoolForm.objects.get()
        declared = {value.indicator: value.declared for value in form.values.all()}
        SCHOOL_FORM.move(
            form,
            "fill",
            by=zhanna,
            asked=Numbers(declared=declared, explanations=dict.fromkeys(declared, TEXT[:2000])),
        )
        monitoring.hand_over_form(SchoolForm.objects.get(), by=zhanna)
        school.agreed_counters = sorted(COUNTERS)
        monitoring.send_counters(Actor.system(school=school.uuid))
    CAMPAIGN.move(campaign, "close", by=semyon)
    tell_campaign(by=semyon, campaign_uuid=str(campaign.uuid))


def steps_and_jobs(school: School, actor: Acting) -> None:
    """Every step that any school may tell of, twice and in the wrong order; every job of schools."""
    with in_school(school):
        for step in [*sorted(STEPS, reverse=True), *STEPS]:
            send(SCHOOL_STEP, SchoolStep(step=step), topic=school.uuid, by=Actor.system(school=school.uuid))
        for job in JOBS.values():
            if job.queue == SCHOOL:
                job.later(by=actor("anna"), key="к" * 80)


def nothing_has_stopped(school: School) -> None:
    post.deliver_everything()
    columns = ("kind", "trouble")
    assert list(Inbox.objects.filter(applied_at=None).values_list(*columns)) == []
    with in_school(school):
        assert list(SchoolInbox.objects.filter(applied_at=None).values_list(*columns)) == []


EDGES: dict[str, tuple[str, ...]] = {
    "offices": ("accounts.office", "accounts.office_kept"),
    "invitations": ("accounts.invitation", "accounts.joined"),
    "a practice": ("best_practices.handed_over", "best_practices.recalled", "best_practices.answered",
        "best_practices.expert_proposed", "best_practices.expert_answered"),
    "monitoring": ("municipality.campaign_opened", "municipality.campaign_changed", "municipality.reminded",
                   "municipality.form_submitted", "municipality.form_answered", "municipality.counters"),
    "steps and jobs": ("municipality.school_step", "job"),
}  # fmt: skip


@pytest.mark.covers("found A2")
@pytest.mark.parametrize("name", EDGES)
def test_whatever_the_sender_takes_at_its_edges_the_receiver_applies(
    name: str, school5: School, actor: Acting, request: pytest.FixtureRequest
) -> None:
    get = request.getfixturevalue
    drive: dict[str, Callable[[], None]] = {
        "offices": lambda: offices(school5, actor),
        "invitations": lambda: invitations(school5, actor, get("mailoutbox")),
        "a practice": lambda: a_practice(school5, actor, get("drafted"), get("sheet")),
        "monitoring": lambda: monitoring_of_a_school(school5, actor),
        "steps and jobs": lambda: steps_and_jobs(school5, actor),
    }
    drive[name]()
    nothing_has_stopped(school5)
    with in_school(school5):
        arrived = set(SchoolInbox.objects.values_list("kind", flat=True))
    assert set(EDGES[name]) <= arrived | set(Inbox.objects.values_list("kind", flat=True)), (
        "the edge was not driven"
    )


def test_every_kind_has_its_edges() -> None:
    assert sorted(kind for kinds in EDGES.values() for kind in kinds) == sorted(
        code for code in RECEIVERS if not code.startswith("test.")
    )


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
