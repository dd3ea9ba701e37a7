"""What the worker does by itself, in processor time: the post's sweep of each minute and the work of a night.

    python -m tests.bench.city.post SIZE

The peer of the sweep goes to each school and looks into its boxes.
"""

import sys
from typing import Any
from uuid import uuid4

import tests.environment  # noqa: F401  (a clean environment)
from tests.bench.city.figures import bound, faster, noted, say
from tests.bench.city.work import worked

MINUTES_A_DAY = 24 * 60
EACH = 20
"""Every twentieth school has mail."""


def main() -> None:
    import django

    django.setup()
    measure(int(sys.argv[1]))


def measure(size: int) -> None:
    from tenants import post
    from tenants.tasks import run_daily

    post.deliver_everything()
    idle = min(worked(post.deliver_everything) for _ in range(3))
    visiting = worked(visit_each)
    say([bound("sweep of an idle city, work a minute", size, idle, "s", 1)])
    say([faster("the same, against a visit to each school", size, idle, visiting, 1)])
    write_letters()
    busy = worked(post.deliver_everything)
    write_letters()
    visiting = worked(visit_until_nothing_moves)
    say(
        [
            faster(
                "sweep where every twentieth school has mail, against visits",
                size,
                busy,
                visiting,
                1,
            )
        ]
    )
    night, bare = worked(lambda: no_trouble(run_daily())), worked(greet_each)
    note = f"×{night / bare:.0f} of a bare visit to each school"
    say([noted(bound("the work of a night", size, night, "s", None), note)])
    say([bound("the same, for each minute of the day", size, night / MINUTES_A_DAY, "s", None)])


def visit_each() -> int:
    from tenants import post
    from tenants.context import each_school, in_city, sending_schools

    with in_city():
        schools = list(sending_schools())
    moved = len(post.carry_from_city()) + sum(post.carry_from_school(school.uuid) for school in schools)
    return moved + post.apply_in_city() + sum(post.apply_in_school(school) for school in each_school())


def visit_until_nothing_moves() -> None:
    while visit_each():
        pass


def greet_each() -> None:
    """The least that a visit may cost."""
    from django.db import connection

    from tenants.context import each_school

    for _school in each_school():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")


def no_trouble(failed: int) -> None:
    if failed:
        raise SystemExit(f"{failed} of the night's works failed")


def write_letters() -> None:
    """Each of these schools sends its numbers and is asked for a form."""
    from tenants.context import in_city, in_school, open_schools

    with in_city():
        schools = list(open_schools())[-1::-EACH]
    for school in schools:
        with in_school(school):
            send_numbers(school)
        with in_city():
            ask_for_form(school)


def send_numbers(school: Any) -> None:
    from portal import exchange
    from portal.core import clock
    from portal.core.actor import Actor
    from portal.municipality.letters import COUNTERS, CountersLetter

    letter = CountersLetter(counted_on=clock.today(), counters={"active_pairs": 5})
    exchange.send(COUNTERS, letter, topic=school.uuid, by=Actor.system(school=school.uuid))


def ask_for_form(school: Any) -> None:
    """The school makes its form of it, with the numbers that the portal counts."""
    from portal import exchange
    from portal.core import clock
    from portal.core.actor import Actor
    from portal.municipality.letters import CAMPAIGN_OPENED, OpenedCampaign

    campaign = uuid4()
    letter = OpenedCampaign(
        campaign=campaign, title="Замер", year=2026, indicators=["A01"], due=clock.today()
    )
    exchange.send(CAMPAIGN_OPENED, letter, topic=campaign, by=Actor.system(school=None), school=school.uuid)


if __name__ == "__main__":
    main()
