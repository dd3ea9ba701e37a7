"""One card that is two people: a part of it becomes a card of its own."""

import datetime as dt
from typing import Any

import pytest

from portal.core.errors import Conflict, Forbidden, Invalid
from portal.mentor_bank.models import MenteeNeed
from portal.mentoring.models import Pair
from portal.school_records.models import JournalLine, Notice
from portal.staff import services
from portal.staff.belongings import belongings_of
from portal.staff.models import Person, PersonOffice
from tests.cast import BY_KEY
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import refused, who
from tests.workflows.second_cards import TODAY, everything, second_card, with_history

pytestmark = pytest.mark.usefixtures("in_school5")

OTHER: dict[str, Any] = {"last_name": "Соколова", "first_name": "Вероника", "birth_date": dt.date(1990, 2, 3)}


def key_of(row: Any) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def test_a_part_of_a_card_becomes_another_persons() -> None:
    both = second_card()
    pair = with_history(both)
    former, need = both.employments.get(started_on=dt.date(2024, 9, 1)), MenteeNeed.objects.get()
    chosen = [one.key for one in belongings_of(both) if one.words.startswith("Пара")]
    made = services.divide_person(
        both, by=who("kira"), chosen=[key_of(former), key_of(need), *chosen], **OTHER
    )
    assert [one.pk for one in made.employments.all()] == [former.pk]
    assert [one.pk for one in Pair.objects.get(pk=pair.pk).people] == [made.pk]
    assert not pair.consents.filter(person=both).exists()
    assert MenteeNeed.objects.get().person == made
    assert both.employments.get().started_on == dt.date(2026, 9, 1)
    assert both.absences.exists()
    lines = JournalLine.objects.filter(object_uuid=both.uuid, verb="divided")
    assert [line.changes for line in lines] == [{"new": str(made.uuid)}]


def test_days_of_a_guest_divide_a_card_too() -> None:
    both = second_card(hired_on=dt.date(2026, 9, 1))
    days = {"started_on": dt.date(2025, 11, 1), "ended_on": dt.date(2025, 12, 1)}
    stay = both.stays.create(kind="mentor", home="школа № 12", basis="договор № 5 от 01.10.2025", **days)
    Person.objects.filter(pk=both.pk).update(user=BY_KEY["zoya"].uuid)
    made = services.divide_person(both, by=who("anna"), chosen=[key_of(stay)], **OTHER)
    assert "теперь их разделили" in Notice.objects.get(recipient=BY_KEY["zoya"].uuid).text
    assert (made.stays.get().pk, both.stays.count(), both.employments.count()) == (stay.pk, 0, 1)


def test_whose_work_goes_to_the_other_keeps_no_office() -> None:
    """The account stays with the card, what the work gave does not: nobody has a right on a day that no
    period gives.
    """
    both = scene.person("vera")
    with_history(both)
    here = [one.key for one in belongings_of(both) if one.rows[0][0] == both.work]
    assert both.offices.filter(PersonOffice.valid_on(TODAY)).exists()
    services.divide_person(both, by=who("anna"), chosen=here, **OTHER)
    assert not both.offices.filter(PersonOffice.valid_on(TODAY)).exists()


def test_divided_and_merged_again_is_as_it_was() -> None:
    both = second_card()
    with_history(both)
    before = everything()
    made = services.divide_person(
        both, by=who("anna"), chosen=[one.key for one in belongings_of(both)][:1], **OTHER
    )
    services.merge_people(both, made, by=who("anna"))
    after = everything()
    del after["staff.Person"][made.pk]
    assert after == before


@pytest.mark.parametrize("count", [0, 2])
def test_each_of_the_two_has_worked_here(count: int) -> None:
    both = second_card()
    with_history(both)
    work = [key_of(one) for one in both.employments.all()][:count]
    before = everything()
    refused(
        Invalid,
        "no_work" if not count else "nothing_stays",
        lambda: services.divide_person(both, by=who("anna"), chosen=work, **OTHER),
    )
    assert everything() == before


def test_nobody_else_divides_and_no_twin_is_made() -> None:
    both = second_card()
    with_history(both)
    work = [key_of(both.employments.earliest("started_on"))]
    refused(
        Forbidden, "forbidden", lambda: services.divide_person(both, by=who("boris"), chosen=work, **OTHER)
    )
    second_card(**OTHER, middle_name="")
    refused(
        Conflict, "person_known", lambda: services.divide_person(both, by=who("anna"), chosen=work, **OTHER)
    )
