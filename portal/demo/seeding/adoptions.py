"""Practices of the bank in programmes of other schools: the mentor takes them, the pair agrees to the change of plan, and says at the end
how they worked.
"""

import datetime as dt
from typing import Any

from best_practices.models import BankPractice
from portal.demo.seeding.acting import carry_up, moment
from portal.demo.seeding.city import content
from portal.demo.seeding.days import APPROVED, shifted
from portal.demo.seeding.diary import Story
from portal.demo.seeding.practice_texts import read_practices
from portal.demo.seeding.told import ToldPair
from portal.pair_work import services
from portal.pair_work.models import Adoption, Programme
from portal.pair_work.workflow import PROGRAMME

BEFORE_THE_END, BEFORE_TODAY = -12, -10
"""Working days: how long a practice is tried before the programme ends, and how long ago one was taken that is still at work."""
OLD_ENOUGH = 120
"""Days of a year after which every practice that is taken has been published, tried and told about."""
WHY = "Взяли практику из банка: хотим попробовать её до конца программы."


def take(story: ToldPair, programme: Programme, *, is_short: bool) -> Story:
    """What stands in the bank by then; in a year that is too young there is nothing yet to be taken."""
    last = (
        shifted(programme.ends_on, BEFORE_THE_END) if is_short else shifted(story.maker.today, BEFORE_TODAY)
    )
    if not story.plan.adopts or last <= shifted(story.signs_on, APPROVED):
        return
    yield moment(last, 16)
    mentor = story.maker.as_(story.couple.mentor)
    cards = [card for stem in story.plan.adopts if (card := _card(stem)) is not None]
    if not cards:
        return
    for card in cards:
        services.take_practice(
            _again(programme), card.uuid, by=mentor, names_school=_told(story, card)["names_school"]
        )
    carry_up(story.place)
    yield moment(shifted(last, 1), 15)
    services.submit_programme(_again(programme), by=mentor, comment=WHY)
    yield moment(shifted(last, 1), 18)
    for person in story.couple.mentees:
        PROGRAMME.move(_again(programme), "confirm", by=story.maker.as_(person))


def tell_outcomes(story: ToldPair, programme: Programme) -> Story:
    """One question about each, two minutes; what is said goes to the city."""
    rows = list(Adoption.objects.to_tell().filter(programme=programme).order_by("pk"))
    if not rows:
        return
    yield moment(shifted(programme.ends_on, 2), 17)
    by = story.maker.as_(story.couple.mentees[0])
    for adoption in rows:
        card = BankPractice.objects.get(uuid=adoption.card)
        row = _told(story, card)
        told = services.tell_outcome(
            adoption,
            outcome=row["outcome"],
            measured=_measured(card, row.get("measured", [])),
            hours=row.get("hours"),
            words=row["words"],
            by=by,
        )
        services.send_outcome(told, with_words=True, by=by)
        if row["names_school"] and not adoption.is_own:
            services.name_school(adoption, named=True, by=story.maker.principal)
    carry_up(story.place)


def _measured(card: BankPractice, numbers: list[list[str]]) -> list[dict[str, Any]]:
    """By the first indicators of the practice itself."""
    return [
        {"indicator": own.indicator, "unit": own.unit, "before": before, "after": after}
        for own, (before, after) in zip(card.text.results, numbers, strict=False)
    ]


def _card(stem: str) -> BankPractice | None:
    title = next(row["title"] for row in read_practices() if row["stem"] == stem)
    return BankPractice.objects.filter(title=title).first()


def _told(story: ToldPair, card: BankPractice) -> dict[str, Any]:
    """What stands in `content/adoptions.toml` of this school and practice; of one that is still at work, nothing yet."""
    stems = {row["title"]: row["stem"] for row in read_practices()}
    own = (story.place.number, stems[card.title])
    rows: list[dict[str, Any]] = content("adoptions")["adoption"]
    found = next((row for row in rows if (row["school"], row["practice"]) == own), None)
    return found or {"names_school": True}


def _again(programme: Programme) -> Programme:
    return Programme.objects.get(pk=programme.pk)


def enough_days(today: dt.date, begins: dt.date) -> bool:
    """A year old enough for every practice to have been published, tried and told about."""
    return (today - begins).days >= OLD_ENOUGH
