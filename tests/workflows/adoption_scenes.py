"""A practice of the bank in a programme, brought to one state through the real services."""

from typing import Any

from best_practices.models import BankPractice
from portal.pair_work import services
from portal.pair_work.models import Adoption, Programme
from portal.pair_work.workflow import PROGRAMME
from tenants.context import in_city
from tests.things import card_in_bank
from tests.workflows import mentoring_scenes as scene
from tests.workflows.mentoring_scenes import Who
from tests.workflows.practice_scenes import content


def published(**more: Any) -> BankPractice:
    """A practice of another school."""
    with in_city():
        return card_in_bank(content(), **{"school_number": 12, "school_name": "Школа № 12", **more})


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def taken(who: Who, card: BankPractice, programme: Programme, **more: Any) -> Adoption:
    adoption, _ = services.take_practice(programme, card.uuid, by=who("boris"), **more)
    return adoption


def agreed(who: Who, card: BankPractice | None = None, **more: Any) -> Adoption:
    """Taken into a draft, agreed, and running."""
    programme = scene.written(who)
    return _running(who, taken(who, card or published(), programme, **more))


def _running(who: Who, adoption: Adoption) -> Adoption:
    programme = Programme.objects.get(pk=adoption.programme_id)
    services.submit_programme(programme, by=who("boris"))
    PROGRAMME.move(fresh(programme), "confirm", by=who("vera"))
    PROGRAMME.move(fresh(programme), "approve", by=who("anna"))
    return fresh(adoption)  # type: ignore[no-any-return]


def ended(who: Who, card: BankPractice | None = None, **more: Any) -> Adoption:
    """Carried out, and its programme completed."""
    return completed(who, agreed(who, card, **more))


def carried_out(who: Who, adoption: Adoption) -> Adoption:
    """One that was taken into a draft comes to its end."""
    return completed(who, _running(who, adoption))


def completed(who: Who, adoption: Adoption) -> Adoption:
    programme = Programme.objects.get(pk=adoption.programme_id)
    for row in programme.activities.all():
        services.mark_activity(programme, row.number, by=who("vera"), mark="done")
    PROGRAMME.move(programme, "finish", by=who("boris"))
    for key in ("boris", "vera"):
        services.rate_goals(fresh(programme), {1: "yes", 2: "yes"}, by=who(key))
    PROGRAMME.move(fresh(programme), "complete", by=who("anna"))
    return fresh(adoption)  # type: ignore[no-any-return]
