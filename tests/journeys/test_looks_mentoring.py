"""Every page of mentoring beside the drawings: no finding of axe, no sideways scroll, in every look and size."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from portal.core import clock
from portal.core.actor import Actor
from portal.mentoring import services
from portal.mentoring.models import MentorCard
from tenants.context import in_school
from tenants.models import School
from tests.journeys.conftest import DESK, PHONE, Visit
from tests.workflows import mentoring_scenes as scene

pytestmark = pytest.mark.browser
LOOKS = ["theme=dark", "vision=black-on-white", "vision=white-on-black", "vision=blue-on-sky"]
LARGE = "vision=black-on-white&size=200&spacing=wide"
LONG = "Листы самооценки: как пятиклассник сам узнаёт, что получилось, а что ещё нет"


@dataclass(frozen=True)
class Places:
    """Addresses by who opens them; `archetypes` are one of each kind of page."""

    pages: dict[str, list[str]]
    archetypes: list[tuple[str, str]]


def settle(who: Callable[[str], Actor]) -> Places:
    """A running pair with meetings in each state, a pair before its order, one that was just asked, and a need."""
    with in_school(School.objects.get(number=5)):
        programme = scene.running(who)
        pair, now = programme.pair, clock.now()
        past = [services.plan_meeting(pair, by=who("boris"), planned_at=scene.earlier_today(hours), topic=LONG) for hours in (2, 3, 4)]
        recorded, disputed, open_one = past
        services.record_meeting(recorded, by=who("boris"), duration_min=45, content="Разобрали листы.", task="Попробовать в 5 «Б»")
        services.record_meeting(disputed, by=who("boris"), duration_min=45, content="Смотрели конец урока.")
        services.dispute_meeting(disputed, by=who("vera"), comment="Встречались не сорок минут, а двадцать.")
        planned = services.plan_meeting(pair, by=who("boris"), planned_at=now + dt.timedelta(days=3), topic=LONG, place="кабинет 214")
        need = scene.a_need(who, "kira")
        before, asked = scene.with_order(who, mentor="lev", mentee="kira"), scene.asked(who, mentor="boris", mentee="irina")
        text = f"programmes/{programme.uuid}/"
        card = MentorCard.objects.get(employee=scene.employee("boris")).uuid
        return Places(
            {
                "anna": [
                    "", "pairs/", "needs/", "mentors/", "programmes/", "meetings/", "needs/new/", f"needs/{need.uuid}/", f"needs/{need.uuid}/edit/",
                    f"needs/{need.uuid}/propose/", f"needs/{need.uuid}/propose/{scene.employee('lev').uuid}/", "pairs/group/", "mentors/new/",
                    f"mentors/{card}/", f"mentors/{card}/edit/", f"pairs/{pair.uuid}/", f"pairs/{pair.uuid}/journal/", f"pairs/{pair.uuid}/replace/",
                    f"pairs/{asked.uuid}/", f"pairs/{before.uuid}/", text, "mentoring/settings/", "pairs/?q=Никого&state=terminated",
                ],
                "boris": [
                    "", f"pairs/{pair.uuid}/", f"pairs/{pair.uuid}/notice/", f"pairs/{pair.uuid}/meetings/new/", f"pairs/{pair.uuid}/meetings/log/",
                    text, f"{text}activities/1/", f"meetings/{open_one.uuid}/record/", f"meetings/{planned.uuid}/", f"meetings/{planned.uuid}/move/",
                    f"meetings/{disputed.uuid}/", f"pair-consents/{scene.consent_of(asked, 'boris').uuid}/",
                    f"pair-consents/{scene.consent_of(asked, 'boris').uuid}/refuse/",
                ],
                "vera": ["", f"meetings/{recorded.uuid}/confirm/", f"meetings/{recorded.uuid}/dispute/", text, f"pair-consents/{scene.consent_of(pair, 'vera').uuid}/"],
                "zhanna": ["", f"pairs/{before.uuid}/register/", f"pairs/{before.uuid}/", f"pairs/{pair.uuid}/register/"],
                "irina": ["", "needs/new/"],
                "lev": ["", text],
            },
            [
                ("anna", ""), ("boris", f"pairs/{pair.uuid}/"), ("vera", f"meetings/{recorded.uuid}/confirm/"),
                ("zhanna", f"pairs/{before.uuid}/register/"), ("anna", "pairs/"),
            ],
        )  # fmt: skip


def edited(who: Callable[[str], Actor]) -> str:
    """The programme of a pair that is still being written."""
    with in_school(School.objects.get(number=5)):
        programme = services.move_programme(scene.confirmed(who), "return", by=who("anna"), comment="Добавьте срок второй цели.")
        return f"programmes/{programme.uuid}/"


def test_every_page_at_both_widths(who: Callable[[str], Actor], visit: Visit) -> None:
    for key, paths in settle(who).pages.items():
        page = visit.as_(key)
        for path in paths:
            visit.open(page, f"/s/5/{path}")
            visit.look_over(page)
        page.close()


def test_the_programme_that_is_being_written(who: Callable[[str], Actor], visit: Visit) -> None:
    text = edited(who)
    page = visit.as_("boris")
    for path in (text, f"{text}edit/", ""):
        visit.open(page, f"/s/5/{path}")
        visit.look_over(page)


def test_an_archetype_of_each_in_every_look(who: Callable[[str], Actor], visit: Visit) -> None:
    places = settle(who).archetypes
    for look in LOOKS:
        for key, path in places:
            page = visit.as_(key, look)
            visit.open(page, f"/s/5/{path}")
            visit.look_over(page, (DESK,), look)
            page.close()


def test_nothing_scrolls_sideways_on_a_phone_at_200_percent(who: Callable[[str], Actor], visit: Visit) -> None:
    for key, paths in settle(who).pages.items():
        page = visit.as_(key, LARGE, PHONE)
        for path in paths:
            visit.open(page, f"/s/5/{path}")
            visit.fits(page, LARGE)
        page.close()
