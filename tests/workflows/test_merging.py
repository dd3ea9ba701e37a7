"""Two cards that are one person: merged after a look, taken apart again within thirty days."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, NotVisible, Stale
from portal.local_acts.models import Order
from portal.mentor_bank.models import MenteeNeed
from portal.mentoring.models import Pair
from portal.school_records.models import JournalLine, Notice
from portal.staff import access, services
from portal.staff.models import Employment, Person, PersonMerge, Position
from portal.staff.selectors import staff_on
from portal.staff.selectors.merging import alike, preview, said
from portal.staff.services.positions import Post
from tenants.forgetting import forget_due
from tests.cast import BY_KEY
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import NOW, refused, who
from tests.workflows.second_cards import DAY, TODAY, everything, needing, second_card, with_history

pytestmark = pytest.mark.usefixtures("in_school5")


def test_everything_of_the_second_card_comes_over_and_nobody_is_counted_twice() -> None:
    vera, other = scene.person("vera"), second_card()
    before = staff_on().count()
    pair = with_history(other)
    named = Order.objects.create(code="T-08", title="О закреплении", subject=pair.uuid, people=[other.uuid])
    services.merge_people(vera, other, by=who("kira"))
    assert staff_on().count() == before - 1
    assert not Person.objects.filter(pk=other.pk).exists()
    assert MenteeNeed.objects.get().person == vera
    assert [one.pk for one in Pair.objects.get(pk=pair.pk).people] == [vera.pk]
    assert pair.consents.filter(person=vera).exists()
    assert not pair.consents.filter(person=other).exists()
    named.refresh_from_db()
    assert named.people == [vera.uuid]
    days = vera.employments.values_list("started_on", flat=True).order_by("started_on")
    assert list(days) == [dt.date(2024, 9, 1), BY_KEY["vera"].hired_on]
    assert vera.absences.get().started_on == TODAY - 9 * DAY
    assert not Employment.objects.filter(person=other).exists(), "what repeats is put away"
    lines = JournalLine.objects.filter(object_uuid=vera.uuid, verb="merged")
    assert [line.changes for line in lines] == [{"gone": str(other.uuid)}]


def test_merging_and_undoing_gives_the_same_rows() -> None:
    vera = scene.person("vera")
    vera.gender, vera.birth_date = "", None
    vera.save()
    other = second_card(gender="f")
    pair = with_history(other)
    Order.objects.create(
        code="T-08", title="Об обеих", subject=other.uuid, people=[vera.uuid, other.uuid, other.uuid]
    )
    before = everything()
    merge = services.merge_people(scene.person("vera"), other, by=who("anna"))
    assert scene.person("vera").birth_date == other.birth_date, "what the kept card did not know"
    assert Order.objects.get(title="Об обеих").people == [vera.uuid]
    assert everything() != before
    services.undo_merge(merge, by=who("anna"))
    assert everything() == before
    assert [one.pk for one in Pair.objects.get(pk=pair.pk).people] == [other.pk]
    assert not PersonMerge.objects.exists()
    assert JournalLine.objects.filter(object_uuid=vera.uuid, verb="merge_undone").count() == 1


def told_vera() -> list[str]:
    found = Notice.objects.filter(recipient=BY_KEY["vera"].uuid, code="staff.cards").order_by("pk")
    return [one.text.replace("\xa0", " ") for one in found]


def test_whoever_has_two_cards_hears_what_becomes_of_them() -> None:
    vera, other = scene.person("vera"), second_card()
    merge = services.merge_people(vera, other, by=who("anna"))
    [merged] = told_vera()
    assert merged.startswith("В школе было две ваши карточки")
    assert vera.full_name in merged
    services.undo_merge(merge, by=who("anna"))
    assert "снова разделены" in told_vera()[-1]
    assert len(told_vera()) == 2, "the second card has no way into the portal"


def test_what_changed_meanwhile_stays_where_it_is() -> None:
    vera, other = scene.person("vera"), second_card(email="vera.second@school5.example")
    Person.objects.filter(pk=vera.pk).update(email="")
    need = needing(other)
    merge = services.merge_people(scene.person("vera"), other, by=who("anna"))
    MenteeNeed.objects.filter(pk=need.pk).delete()
    services.edit_person(scene.person("vera"), by=who("anna"), email="vera@school5.example")
    again = services.undo_merge(merge, by=who("anna"))
    assert scene.person("vera").email == "vera@school5.example"
    assert (again.pk, again.email) == (other.pk, "vera.second@school5.example")
    assert again.employments.count() == 1


def _both_have_needs() -> tuple[Person, Person]:
    other = second_card()
    for person in (scene.person("vera"), other):
        needing(person)
    return scene.person("vera"), other


def _of_one_pair() -> tuple[Person, Person]:
    other = second_card()
    with_history(other)
    return scene.person("boris"), other


def _invited() -> tuple[Person, Person]:
    other = second_card(email="v@school5.example")
    services.invite_person(other, by=who("anna"))
    return scene.person("vera"), other


def _guest_and_staff() -> tuple[Person, Person]:
    guest = Person.objects.create(last_name="Гостева", first_name="Ева")
    days = {"started_on": dt.date(2026, 11, 1), "ended_on": dt.date(2026, 12, 1)}
    guest.stays.create(kind="mentor", home="школа № 12", basis="договор № 5 от 01.10.2026", **days)
    return guest, second_card()


FORBIDDEN: dict[str, tuple[Callable[[], tuple[Person, Person]], str]] = {
    "two ways in": (lambda: (scene.person("vera"), scene.person("boris")), "У обеих карточек есть вход"),
    "the way in goes": (lambda: (second_card(), scene.person("vera")), "поменяйте карточки местами"),
    "an invitation is on its way": (_invited, "приглашение"),
    "a guest on days of work": (_guest_and_staff, "приходятся на работу в школе"),
    "both have an open need": (_both_have_needs, "закройте одну"),
    "mentor and mentee": (_of_one_pair, "в этой паре обе карточки"),
}


@pytest.mark.parametrize("case", FORBIDDEN)
def test_what_forbids_it_is_said_before_and_nothing_is_done(case: str) -> None:
    scene_of, sentence = FORBIDDEN[case]
    kept, gone = scene_of()
    before = everything()
    assert sentence in " ".join(preview(kept, gone).troubles)
    with pytest.raises(Conflict) as caught:
        services.merge_people(kept, gone, by=who("anna"))
    assert sentence in caught.value.sentence
    assert everything() == before


def test_a_second_position_of_the_same_days_becomes_the_second_of_one_card() -> None:
    vera, other = scene.person("vera"), second_card()
    services.add_position(other, Post(position="tutor", rate=Decimal("0.25")), by=who("anna"))
    before = everything()
    assert [post.title for post, _ in preview(vera, other).joins] == ["тьютор"]
    merge = services.merge_people(vera, other, by=who("anna"))
    posts = scene.person("vera").positions
    assert [(one.title, one.kind) for one in posts] == [
        ("учитель математики", "main"),
        ("тьютор", "internal"),
    ]
    assert posts[1].rate == Decimal("0.25")
    services.undo_merge(merge, by=who("anna"))
    assert everything() == before


def test_a_main_position_beside_another_is_combined() -> None:
    vera, other = scene.person("vera"), second_card()
    Position.objects.filter(employment__person=other).update(position="tutor", subjects=[])
    before = everything()
    merge = services.merge_people(vera, other, by=who("anna"))
    assert [(one.position, one.kind) for one in scene.person("vera").positions] == [
        ("teacher", "main"),
        ("tutor", "internal"),
    ]
    services.undo_merge(merge, by=who("anna"))
    assert everything() == before


def test_the_preview_changes_nothing_and_says_what_will_be() -> None:
    vera, other = scene.person("vera"), second_card()
    with_history(other)
    before = everything()
    found = preview(vera, other)
    assert everything() == before
    words = [fate.words for fate in found.moves]
    assert "Работа в школе: с 01.09.2024 по 30.06.2025; тьютор" in words
    assert any(one.startswith("Отсутствие: ") for one in words)
    assert [fate.words for fate in found.put_away] == ["Работа в школе: с 01.09.2026; учитель физики"]
    assert found.troubles == []
    assert "Согласие на наставничество" in said(found.moves), "counted only where there are two"
    assert said([*found.put_away, *found.put_away]) == ["Работа в школе: с 01.09.2026; учитель физики: 2"]


def test_a_stale_look_a_stranger_and_oneself_are_refused() -> None:
    vera, other = scene.person("vera"), second_card()
    refused(Forbidden, "forbidden", lambda: services.merge_people(vera, other, by=who("boris")))
    refused(Conflict, "one_card", lambda: services.merge_people(vera, vera, by=who("anna")))
    services.edit_person(other, by=who("anna"), middle_name="Андреевич")
    with pytest.raises(Stale):
        services.merge_people(vera, other, by=who("anna"), gone_version=other.version)
    merge = services.merge_people(vera, other, by=who("anna"))
    refused(NotVisible, "not_found", lambda: access.merge_for(who("boris"), merge.uuid))
    refused(Forbidden, "forbidden", lambda: services.undo_merge(merge, by=who("boris")))


def test_after_thirty_days_it_stays_and_the_night_forgets_what_was_put_away() -> None:
    vera, other = scene.person("vera"), second_card()
    merge = services.merge_people(vera, other, by=who("anna"))
    with clock.at(NOW + 30 * DAY):
        assert merge.undo_until == clock.today()
        forget_due(Actor.system(school=who("anna").school))
        assert PersonMerge.objects.filter(pk=merge.pk).exists()
    with clock.at(NOW + 31 * DAY):
        refused(Conflict, "too_late", lambda: services.undo_merge(merge, by=who("anna")))
        forget_due(Actor.system(school=who("anna").school))
        assert not PersonMerge.objects.exists()
        assert not Person.objects.filter(pk=other.pk).exists()


def test_a_name_that_is_anothers_by_now_is_not_brought_back() -> None:
    vera, other = scene.person("vera"), second_card()
    merge = services.merge_people(vera, other, by=who("anna"))
    namesake = second_card()
    refused(Conflict, "person_known", lambda: services.undo_merge(merge, by=who("anna")))
    assert Person.objects.filter(pk=namesake.pk).exists()


def test_who_looks_alike() -> None:
    vera = scene.person("vera")
    by_birth = second_card(last_name="Лебедева", middle_name=vera.middle_name)
    by_name = second_card(middle_name=vera.middle_name, birth_date=None)
    second_card(middle_name=vera.middle_name, birth_date=dt.date(1960, 1, 2))
    second_card(last_name="Соколова", first_name="Вероника", birth_date=None)
    assert set(alike(vera)) == {by_birth, by_name}


def test_the_old_address_leads_to_the_card_that_stayed(visits: Callable[[str], Any]) -> None:
    vera, other = scene.person("vera"), second_card()
    anna = visits("anna")
    page = anna.get(f"/s/5/people/{vera.uuid}/").content.decode()
    assert "Похоже, этот человек записан дважды" in page
    services.merge_people(vera, other, by=who("anna"))
    moved = anna.get(f"/s/5/people/{other.uuid}/")
    assert (moved.status_code, moved["Location"]) == (302, f"/s/5/people/{vera.uuid}/")
    assert "Это два человека" in anna.get(f"/s/5/people/{vera.uuid}/").content.decode()
    undivided = anna.get(f"/s/5/people/{vera.uuid}/divide/")
    assert (undivided.status_code, undivided["Location"]) == (302, f"/s/5/people/{vera.uuid}/")
    itself = anna.get(f"/s/5/people/{vera.uuid}/merge/{vera.uuid}/")
    assert (itself.status_code, itself["Location"]) == (302, f"/s/5/people/{vera.uuid}/merge/")
    assert visits("vera").get(f"/s/5/people/{other.uuid}/").status_code == 302
    assert visits("lev").get(f"/s/5/people/{other.uuid}/").status_code in (302, 404)


def test_a_former_name_that_both_cards_know_is_kept_once() -> None:
    vera, other = scene.person("vera"), second_card()
    for person in (vera, other):
        person.former_names.create(last_name="Озёрская", first_name="Вера", ended_on=dt.date(2024, 5, 1))
    before = everything()
    merge = services.merge_people(vera, other, by=who("anna"))
    assert [one.last_name for one in vera.former_names.all()] == ["Озёрская"]
    services.undo_merge(merge, by=who("anna"))
    assert everything() == before
