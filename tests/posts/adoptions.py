"""Practices of the bank in programmes: taken, taken out, told about."""

from typing import Any
from uuid import uuid4

from best_practices.models import PracticeRecheck
from portal.core import clock
from portal.pair_work import services
from tenants.context import in_city
from tests.posts.mentoring_forming import ROOT
from tests.posts.rows import ANOTHER, Post, Scene, World
from tests.workflows import adoption_scenes as adoptions
from tests.workflows import mentoring_scenes as scene


def take_into(w: World) -> Scene:
    card, row = adoptions.published(), scene.written(w.who)
    return Scene(
        f"{ROOT}bank/{card.uuid}/take/{row.uuid}/",
        {"revision": str(card.revision)},
        row,
        later=lambda: services.submit_programme(row, by=w.who("boris")),
    )


def outcome(w: World) -> Scene:
    row = adoptions.ended(w.who)
    return Scene(
        f"{ROOT}adoptions/{row.uuid}/outcome/",
        {"outcome": "partly", "words": "Помогла карта наблюдения урока, а на обсуждение не хватило времени."},
        row,
        later=lambda: services.tell_outcome(row, outcome="worked", by=w.who("boris")),
    )


def drop(w: World) -> Scene:
    row = adoptions.taken(w.who, adoptions.published(), scene.written(w.who))
    return Scene(f"{ROOT}adoptions/{row.uuid}/drop/", {}, row, f"{ROOT}adoptions/{row.uuid}/")


def send_outcome(w: World) -> Scene:
    row = services.tell_outcome(adoptions.ended(w.who), outcome="partly", by=w.who("vera"))
    return Scene(f"{ROOT}adoptions/{row.uuid}/send/", {}, row, f"{ROOT}adoptions/{row.uuid}/")


def send_by_api(w: World) -> Scene:
    row = services.tell_outcome(adoptions.ended(w.who), outcome="partly", by=w.who("vera"))
    return Scene(f"{ROOT}api/v1/adoptions/{row.uuid}/send/", {}, row)


def _renewed(w: World) -> Any:
    card = adoptions.published()
    row = adoptions.taken(w.who, card, scene.written(w.who))
    with in_city():
        card.revision = 2
        card.save_change("revision")
    return row


def renew(w: World) -> Scene:
    row = _renewed(w)
    return Scene(f"{ROOT}adoptions/{row.uuid}/renew/", {}, row, f"{ROOT}adoptions/{row.uuid}/")


def renew_by_api(w: World) -> Scene:
    row = _renewed(w)
    return Scene(f"{ROOT}api/v1/adoptions/{row.uuid}/renew/", {}, row)


def recheck(w: World) -> Scene:
    today = clock.today()
    row = PracticeRecheck.objects.create(
        practice=uuid4(), conditions="school, teacher_teacher", asked_on=today, due_on=today
    )
    return Scene(f"/practices/rechecks/{row.uuid}/", {"answer": "Попросили автора дописать условия."}, row)


def take_by_api(w: World) -> Scene:
    card, row = adoptions.published(), scene.written(w.who)
    return Scene(f"{ROOT}api/v1/programmes/{row.uuid}/adoptions/", {"card": str(card.uuid)}, row)


def outcome_by_api(w: World) -> Scene:
    row = adoptions.ended(w.who)
    return Scene(f"{ROOT}api/v1/adoptions/{row.uuid}/outcome/", {"outcome": "unclear"}, row)


def drop_by_api(w: World) -> Scene:
    row = adoptions.taken(w.who, adoptions.published(), scene.written(w.who))
    return Scene(f"{ROOT}api/v1/adoptions/{row.uuid}/drop/", {}, row)


def name_school(w: World) -> Scene:
    row = adoptions.taken(w.who, adoptions.published(), scene.written(w.who))
    return Scene(f"{ROOT}adoptions/{row.uuid}/name/", {"named": "yes"}, row, f"{ROOT}adoptions/{row.uuid}/")


def name_by_api(w: World) -> Scene:
    row = adoptions.taken(w.who, adoptions.published(), scene.written(w.who))
    return Scene(f"{ROOT}api/v1/adoptions/{row.uuid}/name/", {"named": True}, row)


def recheck_by_api(w: World) -> Scene:
    page = recheck(w)
    url = f"/api/v1/practice-rechecks/{page.obj.uuid}/answer/"
    return Scene(url, page.fields, page.obj)


TAKEN = "adoption+1 disclosureline+1 journalline+1 outbox+1 programmeactivity+5 programme~"
SENT = "adoption~ disclosureline+1 journalline+1 outbox+1"
TOLD = "adoption~ journalline+1"
NAMED = "adoption~ disclosureline+1 journalline+1 outbox+1"
ROWS = [
    Post("pair_work:adoption_name", "zhanna", name_school, NAMED, 302),
    Post("pair_work_api:adoption_name", "zhanna", name_by_api, NAMED, 200, 200, api="post"),
    Post(
        "expertise_api:recheck_answer",
        "darya",
        recheck_by_api,
        "city:journalline+1 city:practicerecheck~",
        first=200,
        contour="city",
        api="post",
    ),
    Post("pair_work:take_into", "boris", take_into, TAKEN, 302),
    Post("pair_work:adoption_outcome", "vera", outcome, TOLD, ANOTHER),
    Post("pair_work:adoption_drop", "boris", drop, f"{TOLD} outbox+1", 302),
    Post("pair_work:adoption_renew", "boris", renew, SENT, 302),
    Post("pair_work_api:adoption_renew", "boris", renew_by_api, SENT, 200, 200, api="post"),
    Post("pair_work:adoption_send", "vera", send_outcome, SENT, 302),
    Post("pair_work_api:adoption_send", "vera", send_by_api, SENT, 200, 200, api="post"),
    Post(
        "expertise:recheck",
        "darya",
        recheck,
        "city:journalline+1 city:practicerecheck~",
        contour="city",
    ),
    Post("pair_work_api:adoptions", "boris", take_by_api, TAKEN, 200, 201, api="post"),
    Post(
        "pair_work_api:adoption_outcome",
        "vera",
        outcome_by_api,
        TOLD,
        200,
        200,
        api="post",
    ),
    Post("pair_work_api:adoption_drop", "boris", drop_by_api, f"{TOLD} outbox+1", 200, 200, api="post"),
]
