"""Every work that runs in the background, one row each: how its scene is made and how it is run. A new one
fails `test_killed.py` until it has its row.
"""

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from procrastinate.contrib.django import app

from portal.core import clock
from portal.core.actor import Actor
from portal.files.storing import keep
from portal.local_acts import printing
from portal.local_acts import services as acts
from portal.local_acts.models import LocalAct
from portal.local_acts.workflow import ACT
from portal.local_acts.workflow.acts import Marks
from portal.mentor_bank.models import MenteeNeed
from portal.mentoring import services as mentoring
from portal.mentoring.models import Pair
from portal.monitoring.services import send_counters
from portal.municipality.background import send_campaign
from portal.pair_work.models import Meeting, Programme
from portal.papers.printing import ask_for_pdf as ask_for_signed_pdf
from portal.school_practices.models import PracticeAttachment, SchoolPractice
from portal.school_records.models import AskedQuestion, FrozenPaper, Notice
from portal.staff import services as staff
from portal.staff.models import PersonalConsent
from portal.staff.services.hiring import make_person
from tenants import post
from tenants.context import in_school
from tenants.jobs import JOBS, RUN
from tenants.models import WaitingMail
from tenants.rescue import rescue_stalled
from tenants.tasks import CITY, DAILY, DAILY_IN_CITY, EVERYWHERE, Daily
from tests.documents.test_file_texts import word
from tests.posts.rows import World
from tests.tenancy.killing import Run
from tests.tenancy.left_behind import leave_behind
from tests.tenancy.rows import row
from tests.tenancy.run_job import job
from tests.tenancy.works_of_accounts import (
    address_ended,
    address_letter,
    agreement_letter,
    closed_letter,
    due_addresses,
    left_accounts,
    left_letter,
    new_password,
    recognised_letter,
    silent_places,
    who_left,
)
from tests.tenancy.works_of_city import (
    certifying_experts,
    followed_letter,
    giving_certificates,
    inviting_official,
    inviting_principal,
    mending_letter,
    news_letter,
    news_of_bank,
    news_of_followed,
    opened_campaign,
    printing_catalogue,
    printing_certificate,
    reminding_schools,
    sending_campaign,
    signed_pdf_of_city,
    telling_campaign,
    uncounted_cards,
)
from tests.tenancy.works_of_expertise import letter_to_expert, silent_experts
from tests.tenancy.works_of_staff import accepting, checking, inviting
from tests.workflows import mentoring_scenes as scene


@dataclass(frozen=True)
class Work:
    """A work by its name in the registry. `scene` makes what it finds and returns the run of a worker; it may
    be run any number of times.
    """

    name: str
    scene: Callable[[World], Run]


def nightly() -> tuple[Daily, ...]:
    return (*DAILY, *EVERYWHERE, *CITY, *DAILY_IN_CITY)


def every_work() -> set[str]:
    """The registries: jobs, tasks of the queue, and what each night does."""
    nights = {f"night: {work.__module__}.{work.__name__}" for work in nightly()}
    tasks = {task.name for task in app.tasks.values() if task.name.startswith("estafeta.")} - {
        RUN,
        "estafeta.every_day",
    }
    return {*JOBS, *tasks, *nights}


ELSEWHERE = {
    "municipality.open_school": (
        "tests/tenancy/test_opening.py",
        "test_killed_after_each_of_its_statements_a_school_is_whole_or_not_there",
    ),
    "estafeta.sweep_post": (
        "tests/tenancy/test_post.py",
        "test_killed_after_each_of_its_steps_the_post_loses_and_doubles_nothing",
    ),
    "best_practices.follow_bank": (
        "tests/search/test_elastic_following.py",
        "test_killed_between_any_two_batches_of_what_waits_nothing_is_lost",
    ),
    "night: best_practices.following.compare_engines": (
        "tests/search/test_elastic_following.py",
        "test_a_build_that_was_killed_goes_on_and_changes_meanwhile_are_in_it",
    ),
    "best_practices.learn_meaning": (
        "tests/practices/test_bank_meaning.py",
        "test_killed_in_the_middle_it_goes_on_where_it_was",
    ),
    "night: best_practices.learning.learn_at_night": (
        "tests/practices/test_bank_meaning.py",
        "test_the_night_asks_for_what_no_job_has_learnt_and_the_operator_sees_it",
    ),
    "estafeta.forget_journals": (
        "tests/tenancy/test_worker.py",
        "test_the_forgetting_of_journals_of_a_killed_worker_is_done_by_the_next",
    ),
}
"""Works that are killed for real, statement by statement, by a test of their own."""


def attached_plan(w: World) -> PracticeAttachment:
    """A plan of a lesson that nobody has read yet."""
    with in_school(w.school5):
        plan = keep("план.docx", word("Скамейка примирения"), "docx", by=w.who("boris"))
        made: PracticeAttachment = row(PracticeAttachment, 1, practice=row(SchoolPractice, 1), file=plan)
    return made


def reading_file(w: World) -> Run:
    made = attached_plan(w)
    return job("school_practices.read_file", w.school5, w.who("boris"), attachment_uuid=str(made.uuid))


def reading_waiting_files(w: World) -> Run:
    attached_plan(w)
    return night("portal.school_practices.files.read_waiting_files", w)


def uncounted_places(w: World) -> Run:
    """Practices in which a name stands, counted by nobody yet."""
    with in_school(w.school5):
        for number in (1, 2):
            row(SchoolPractice, number, goal="Научить ученика Петю отвечать вслух.", state="school_bank")
    return night("portal.school_practices.answering.count_every_waiting", w)


def printing_pdf(w: World) -> Run:
    zhanna = w.who("zhanna")
    with in_school(w.school5):
        asked = printing.ask_for_pdf(acts.load_municipal_act(by=zhanna), by=zhanna)
    return job("local_acts.make_pdf", w.school5, zhanna, pdf_uuid=str(asked.uuid))


def applying(w: World) -> Run:
    """Two letters of the school have come: its numbers, and an invitation."""
    anna = w.who("anna")
    with in_school(w.school5):
        send_counters(Actor.system(school=w.school5.uuid))
        newcomer = make_person(
            {"last_name": "Новикова", "first_name": "Ольга", "email": "novikova@school5.example"}
        )
        asked = staff.invite_person(newcomer, by=anna)
        staff.send_invitation(by=anna, invitation_uuid=str(asked.uuid))
    post.carry_from_school(w.school5.uuid)
    return job("municipality.apply_post", None, w.who("semyon"))


def signed_pdf(w: World) -> Run:
    """Of the consents of a pair, as they were signed."""
    with in_school(w.school5):
        scene.agreed(w.who)
        paper = FrozenPaper.objects.earliest("pk")
        asked = ask_for_signed_pdf(paper, by=w.who("boris"))
    return job("papers.make_pdf", w.school5, w.who("boris"), pdf_uuid=str(asked.uuid))


# ── The night ───────────────────────────────────────────────────────────────────────────────────────
def night(name: str, w: World, *, in_city: bool = False) -> Run:
    """As the night runs it: in the school, or in the city."""
    work = next(found for found in nightly() if f"{found.__module__}.{found.__name__}" == name)

    def run() -> None:
        with w.inside("city" if in_city else "school"):
            work(Actor.system(school=None if in_city else w.school5.uuid))

    return run


def ended_consents(w: World) -> Run:
    yesterday = clock.today() - dt.timedelta(days=1)
    with in_school(w.school5):
        for key in ("vera", "boris"):
            PersonalConsent.objects.create(
                person=scene.person(key),
                kind="processing",
                state="given",
                given_on=yesterday,
                valid_until=yesterday,
            )
    return night("portal.staff.services.consents.expire_consents", w)


def act_of_today(w: World) -> Run:
    """One act is in force, another is registered and its day has come."""
    zhanna, today = w.who("zhanna"), clock.today()
    with in_school(w.school5):
        for number in ("10", "11"):
            act = ACT.move(
                acts.load_municipal_act(by=zhanna),
                "approve",
                by=zhanna,
                asked=Marks(minutes_number="3", minutes_on=today, union_on=today),
            )
            acts.register_act(
                act, number=number, approved_on=today, scan=scene.scan(), in_force_from=today, by=zhanna
            )
        LocalAct.objects.filter(number="11").update(state="registered")
        LocalAct.objects.filter(number="10").update(state="in_force")
    return night("portal.local_acts.services.enact_due_acts", w)


def uncut_practices(w: World) -> Run:
    """Two were written before the school's bank was searched."""
    with in_school(w.school5):
        for title in ("Маятник", "Вулкан"):
            SchoolPractice.objects.create(title=title, created_by=w.who("boris").user)
    return night("portal.school_practices.services.cut_words", w)


def unnoted_letters(w: World) -> Run:
    """Letters wait in both boxes, and nobody has said so."""
    send_campaign(by=w.who("semyon"), campaign_uuid=str(opened_campaign(w).uuid))
    post.carry_from_city()
    with in_school(w.school5):
        staff.invite_person(
            make_person({"last_name": "Новикова", "email": "novikova@school5.example"}), by=w.who("anna")
        )
    WaitingMail.objects.all().delete()
    return night("tenants.post.note_what_waits", w)


def evening_of_pairs(w: World) -> Run:
    """A programme begins, a meeting was missed, a mentee has left, and reminders are due."""
    with in_school(w.school5):
        programme = scene.running(w.who)
        Programme.objects.filter(pk=programme.pk).update(state="approved", starts_on=clock.today())
        late = scene.planned_meeting(w.who, programme.pair)
        Meeting.objects.filter(pk=late.pk).update(planned_at=clock.now() - dt.timedelta(days=9))
        scene.planned_meeting(w.who, programme.pair, days=1)
        MenteeNeed.objects.update(actualised_on=clock.today() - dt.timedelta(days=400))
        scene.a_card(w.who, "lev")
        scene.a_need(w.who, "irina")
        other = mentoring.propose_pair(
            by=w.who("anna"), mentor=scene.person("lev"), mentees=[scene.person("irina")], **scene.terms()
        )
        Pair.objects.filter(pk=other.pk).update(
            state="active", started_on=clock.today() - dt.timedelta(days=20)
        )
        scene.dismiss("irina")
    return night("portal.cabinet.services.nights.every_day", w)


def numbers_of_today(w: World) -> Run:
    return night("portal.monitoring.services.send_counters", w)


def questions_of_yesterday(w: World) -> Run:
    with in_school(w.school5):
        for nth in range(3):
            AskedQuestion.objects.create(
                asked_on=clock.today() - dt.timedelta(days=1), text=f"вопрос {nth}", asked=nth + 1
            )
    return night("best_practices.services.asked.send_questions", w)


def old_rows(w: World) -> Run:
    with in_school(w.school5):
        for nth in range(5):
            row(Notice, nth, created_at=clock.now() - dt.timedelta(days=500 - 100 * nth))
    return night("tenants.forgetting.forget_due", w)


def lost_files(w: World) -> Run:
    """Three files that nobody names any more, and one whose row has gone."""
    anna, long_ago = w.who("anna"), clock.now() - dt.timedelta(days=3)
    with in_school(w.school5):
        kept = [keep(f"{nth}.pdf", b"%PDF-1.4 ", "pdf", by=anna) for nth in range(4)]
        paths = [Path(one.content.path) for one in kept]
        kept[3].delete()
        type(kept[0]).objects.update(created_at=long_ago)

    def run() -> None:
        for path in paths:  # what an earlier death has not swept must be there again
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"%PDF-1.4 ")
            os.utime(path, (long_ago.timestamp(),) * 2)
        night("portal.files.sweeping.sweep_orphans", w)()
        assert not any(path.exists() for path in paths)

    return run


def old_sessions(w: World) -> Run:
    with connection.cursor() as cursor:
        for nth in range(3):
            cursor.execute(
                "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, '', %s)",
                [f"old{nth}", clock.now() - dt.timedelta(days=nth)],
            )
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('city', 'estafeta.run_job')"
            )
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '1 year'")
    return night("tenants.forgetting.clear_tables_of_libraries", w, in_city=True)


def stalled(w: World) -> Run:
    leave_behind()
    return rescue_stalled


WORKS = [
    Work("staff.check_import", checking),
    Work("school_practices.read_file", reading_file),
    Work("night: portal.school_practices.files.read_waiting_files", reading_waiting_files),
    Work("night: portal.school_practices.answering.count_every_waiting", uncounted_places),
    Work("staff.accept_import", accepting),
    Work("staff.send_invitation", inviting),
    Work("local_acts.make_pdf", printing_pdf),
    Work("municipality.invite_principal", inviting_principal),
    Work("municipality.invite_official", inviting_official),
    Work("municipality.send_campaign", sending_campaign),
    Work("municipality.tell_campaign", telling_campaign),
    Work("municipality.remind_schools", reminding_schools),
    Work("municipality.apply_post", applying),
    Work("municipality.mend_letter", mending_letter),
    Work("accounts.new_password_letter", new_password),
    Work("accounts.address_letter", address_letter),
    Work("accounts.address_ended_letter", address_ended),
    Work("accounts.agreement_letter", agreement_letter),
    Work("night: portal.accounts.agreeing_in_time.mind_agreements", silent_places),
    Work("accounts.closed_letter", closed_letter),
    Work("accounts.left_letter", left_letter),
    Work("night: portal.accounts.closing.tell_who_left", who_left),
    Work("accounts.recognised_letter", recognised_letter),
    Work("night: portal.accounts.closing.close_left_accounts", left_accounts),
    Work("night: best_practices.news.gather_news", news_of_bank),
    Work("night: best_practices.followed.gather_followed", news_of_followed),
    Work("night: best_practices.counted.count_missing", uncounted_cards),
    Work("best_practices.news_letter", news_letter),
    Work("best_practices.followed_letter", followed_letter),
    Work("certificates.print", printing_certificate),
    Work("best_practices.print_catalogue", printing_catalogue),
    Work("night: best_practices.certifying.certify_experts", certifying_experts),
    Work("night: portal.certificates.services.give_to_accounts", giving_certificates),
    Work("best_practices.write_to_expert", letter_to_expert),
    Work("night: best_practices.minding.mind_reviews", silent_experts),
    Work("papers.make_pdf", signed_pdf),
    Work("papers.make_city_pdf", signed_pdf_of_city),
    Work("estafeta.retry_stalled", stalled),
    Work("night: tenants.post.note_what_waits", unnoted_letters),
    Work("night: portal.staff.services.consents.expire_consents", ended_consents),
    Work("night: portal.local_acts.services.enact_due_acts", act_of_today),
    Work("night: portal.school_practices.services.cut_words", uncut_practices),
    Work("night: portal.cabinet.services.nights.every_day", evening_of_pairs),
    Work("night: portal.monitoring.services.send_counters", numbers_of_today),
    Work("night: best_practices.services.asked.send_questions", questions_of_yesterday),
    Work("night: tenants.forgetting.forget_due", old_rows),
    Work("night: portal.files.sweeping.sweep_orphans", lost_files),
    Work("night: tenants.forgetting.clear_tables_of_libraries", old_sessions),
    Work("night: portal.accounts.address_change.change_due_addresses", due_addresses),
]
