"""A service asks its own rule: whoever holds no office is refused by the function itself, whatever page, call
or job leads to it.
"""

import datetime as dt
import inspect
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import MagicMock
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import Model

from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, NotVisible
from tenants.context import in_city, in_school
from tenants.models import School
from tests.rules.functions import functions_of
from tests.tenancy import shown_town

CITY = ("best_practices", "portal.certificates", "portal.municipality", "portal.accounts")
NIGHT, LETTER = "the portal itself, by time", "applies what the city has written"
FOLLOWS, ABOVE = "follows a step that has asked", "called by services of rooms above, which ask"
OWN = "of the person's own, and of nobody else's"
NOT_ASKED = {
    "best_practices.services.asked.send_questions": NIGHT,
    "best_practices.services.followed.follow_practice": OWN,
    "best_practices.services.pool.answer_proposal": OWN,
    "best_practices.services.pool.leave_pool": OWN,
    "best_practices.services.reviews.move_review": "the row of the step asks, whichever step it is",
    "best_practices.services.saved.save_search": OWN,
    "portal.accounts.services.begin_by_invitation": FOLLOWS,
    "portal.accounts.services.begin_membership": ABOVE,
    "portal.accounts.services.change_last_day": ABOVE,
    "portal.accounts.services.invite_to_city": ABOVE,
    "portal.accounts.services.issue_token": OWN,
    "portal.accounts.services.revoke_invitation": ABOVE,
    "portal.accounts.services.revoke_token": OWN,
    "portal.cabinet.services.nights.every_day": NIGHT,
    "portal.cabinet.services.reminders.remind": NIGHT,
    "portal.certificates.services.give_to_accounts": NIGHT,
    "portal.certificates.services.issue": FOLLOWS,
    "portal.local_acts.services.enact_due_acts": NIGHT,
    "portal.mentor_bank.services.time.archive_cards_of_dismissed": NIGHT,
    "portal.mentoring.services.consents.answer_consent": "its row asks; in the town all have answered",
    "portal.mentoring.services.time.end_pairs_of_dismissed": NIGHT,
    "portal.monitoring.services.send_counters": NIGHT,
    "portal.school_practices.services.cut_words": NIGHT,
    "portal.pair_work.services.adoption_letters.tell_over": FOLLOWS,
    "portal.pair_work.services.adoption_letters.tell_taken": FOLLOWS,
    "portal.pair_work.services.adoptions.drop": FOLLOWS,
    "portal.pair_work.services.naming.ask_to_name": FOLLOWS,
    "portal.pair_work.services.meetings.record_meeting": "its row asks, when it knows what was recorded",
    "portal.pair_work.services.programmes.copy_programme": FOLLOWS,
    "portal.pair_work.services.telling.tell_of_plan": FOLLOWS,
    "portal.pair_work.services.time.note_missed_meetings": NIGHT,
    "portal.pair_work.services.time.pass_programmes_on": NIGHT,
    "portal.school_practices.services.keep_expert_answer": LETTER,
    "portal.school_practices.services.mirror_answer": LETTER,
    "portal.school_practices.services.recall_of_author": FOLLOWS,
    "portal.staff.services.accepting.accept_changes": "the job that writes a list asks",
    "portal.staff.services.accepting.accept_new": "the job that writes a list asks",
    "portal.staff.services.consents.expire_consents": NIGHT,
    "portal.staff.services.guests.give_what_stays_name": LETTER,
    "portal.staff.services.names.keep_name": FOLLOWS,
    "portal.staff.services.offices.move_last_day": FOLLOWS,
    "portal.staff.services.mending_access.keep_answer": LETTER,
    "portal.cabinet.services.last_days.remind_of_last_days": NIGHT,
    "portal.staff.services.names.tell_renamed": FOLLOWS,
    "portal.staff.services.names.hear_answer": LETTER,
    "portal.staff.services.newcomers.keep_newcomer": LETTER,
    "portal.staff.services.access_questions.hear_access_question": LETTER,
    "portal.staff.services.names.say_name": FOLLOWS,
    "portal.staff.services.people.link_user": LETTER,
    "portal.staff.services.invitations.invite_everybody": "asks for each; in the town all are in",
    "portal.staff.services.offices.end_offices_of": FOLLOWS,
    "portal.staff.services.offices.open_way_in": FOLLOWS,
    "portal.staff.services.offices.renew_invitations": FOLLOWS,
    "portal.staff.services.offices.tell_again": LETTER,
}
"""Functions that ask nothing of the actor, and why."""
GIVEN: dict[Any, Callable[[], Any]] = {
    str: lambda: "слово",
    int: lambda: 1,
    bool: lambda: False,
    dt.date: clock.today,
    dt.datetime: clock.now,
}


SERVICES = {
    name: function
    for name, function in functions_of("services")
    if "by" in inspect.signature(function).parameters
}
"""Those that are told who asks."""


@pytest.mark.django_db
@pytest.mark.parametrize("contour", ["school", "city"])
def test_a_service_refuses_whoever_holds_no_office(
    contour: str, school5: School, actor: Callable[..., Actor]
) -> None:
    """All in one town with things in every state: a stranger tries each service on each of them."""
    in_the_city = contour == "city"
    with in_city() if in_the_city else in_school(school5):
        made = shown_town.city() if in_the_city else shown_town.school(lambda key: actor(key, school5))
        stranger = Actor(uuid4(), None if in_the_city else school5.uuid)
        own = {name: each for name, each in SERVICES.items() if name.startswith(CITY) == in_the_city}
        let_in = {name for name, service in own.items() if not refuses(service, stranger, made)}
    assert sorted(let_in - set(NOT_ASKED)) == [], "ask the rule of access first, or say in NOT_ASKED why not"
    assert sorted({name for name in NOT_ASKED if name in own} - let_in) == [], "these do refuse"


def refuses(service: Callable[..., Any], by: Actor, made: list[Model]) -> bool:
    """Of each thing: refused, or not even asked because the step is closed in its state; never done."""
    said = {outcome(service, arguments(service, by, things)) for things in one_by_one(service, made)}
    return bool(said) and said <= {"refused", "closed"} and "refused" in said


def outcome(service: Callable[..., Any], given: dict[str, Any]) -> str:
    try:
        with transaction.atomic():
            service(**given)
    except (Forbidden, NotVisible):
        return "refused"
    except Conflict:
        return "closed"
    except Exception as broken:  # what is made up here has reached what the rule must keep closed
        return f"{type(broken).__name__}: {broken}"
    return "done"


def one_by_one(service: Callable[..., Any], made: list[Model]) -> Iterator[list[Model]]:
    """The town, with each thing of the service's first kind in turn at its head."""
    kinds = [one.annotation for one in inspect.signature(service).parameters.values()]
    first = next((kind for kind in kinds if inspect.isclass(kind) and issubclass(kind, Model)), None)
    own = [thing for thing in made if first is not None and isinstance(thing, first)]
    for thing in own or made[:1]:
        yield [thing, *made]


def arguments(service: Callable[..., Any], by: Actor, things: list[Model]) -> dict[str, Any]:
    """Things of the town where a thing is asked for, plain values elsewhere."""
    given: dict[str, Any] = {"by": by}
    for name, parameter in inspect.signature(service).parameters.items():
        if name == "by" or parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        wanted = parameter.annotation
        is_model = inspect.isclass(wanted) and issubclass(wanted, Model)
        found = next((thing for thing in things if is_model and isinstance(thing, wanted)), None)
        given[name] = found if found is not None else GIVEN.get(wanted, MagicMock)()
    if "version" in given:
        given["version"] = getattr(things[0], "version", 1)
    return given
