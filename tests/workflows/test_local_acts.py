"""The Положение, orders and the curator (SM-8, SM-17)."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, NotVisible, Stale
from portal.local_acts import access, exports, services
from portal.local_acts.models import LocalAct, Order
from portal.local_acts.selectors import act_in_force, suggested_number
from portal.local_acts.workflow import ACT, ORDER
from portal.local_acts.workflow.acts import Marks
from portal.school_records.models import Outbox
from portal.staff.models import Person, PersonOffice
from tenants.models import School

Inside = Callable[[School], Any]
Acting = Callable[..., Actor]
TODAY = dt.date(2026, 11, 23)


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("скан.pdf", b"%PDF-1.4 signed")


@pytest.fixture
def here(school5: School, inside: Inside) -> Any:
    with inside(school5), clock.at(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)):
        yield school5


def approved(act: LocalAct, by: Actor) -> LocalAct:
    return ACT.move(act, "approve", by=by, asked=Marks(minutes_number="3", minutes_on=TODAY, union_on=TODAY))


def in_force(by: Actor, number: str = "10") -> LocalAct:
    act = approved(services.load_municipal_act(by=by), by)
    return services.register_act(act, number=number, approved_on=TODAY, scan=scan(), by=by)


def words(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode().replace("\xa0", " ")


@pytest.mark.covers("T-02", "seed 4.2.1")
def test_the_template_speaks_of_this_school(here: School, actor: Acting) -> None:
    act = services.load_municipal_act(by=actor("zhanna"))
    text = str(act.chapters)
    assert "муниципального бюджетного общеобразовательного учреждения «Средняя школа № 5»" in text
    assert "{" not in "".join(p["text"] for c in act.chapters for p in c["paragraphs"])
    assert len(act.chapters) == 8
    assert services.load_municipal_act(by=actor("anna")).pk == act.pk


@pytest.mark.covers("SM-8.approve", "SM-8.register (local_act)", "SM-8.enact", "T-02")
def test_an_act_comes_into_force_step_by_step(here: School, actor: Acting) -> None:
    zhanna, vera = actor("zhanna"), actor("vera")
    act = services.load_municipal_act(by=zhanna)
    with pytest.raises(NotVisible):
        access.act_for(vera, act.uuid)
    with pytest.raises(Forbidden):
        approved(act, actor("anna"))
    with pytest.raises(Invalid) as refusal:
        ACT.move(
            act,
            "approve",
            by=zhanna,
            asked=Marks(minutes_number="3", minutes_on=TODAY + dt.timedelta(days=1), union_on=TODAY),
        )
    assert refusal.value.field == "minutes_on"
    approved(act, zhanna)
    with pytest.raises(Invalid) as refusal:
        services.register_act(act, number="10", approved_on=TODAY, scan=None, by=zhanna)
    assert refusal.value.field == "scan"
    services.register_act(act, number="10", approved_on=TODAY, scan=scan(), by=zhanna)
    assert act_in_force() == act
    assert access.act_for(vera, act.uuid) == act
    assert list(
        Outbox.objects.filter(kind="municipality.school_step").values_list("payload__step", flat=True)
    ) == ["act_in_force"]


@pytest.mark.covers("SM-8.repeal")
def test_only_one_is_in_force(here: School, actor: Acting) -> None:
    zhanna = actor("zhanna")
    first, second = in_force(zhanna), in_force(zhanna, "11")
    first.refresh_from_db()
    assert (first.state, act_in_force()) == ("repealed", second)


@pytest.mark.covers("SM-8.enact")
def test_an_act_waits_for_its_day(here: School, actor: Acting) -> None:
    zhanna = actor("zhanna")
    act = approved(services.load_municipal_act(by=zhanna), zhanna)
    services.register_act(
        act,
        number="10",
        approved_on=TODAY,
        in_force_from=TODAY + dt.timedelta(days=3),
        scan=scan(),
        by=zhanna,
    )
    night = Actor.system(school=here.uuid)
    assert (act_in_force(), services.enact_due_acts(night)) == (None, 0)
    with clock.at(clock.now() + dt.timedelta(days=3)):
        assert (services.enact_due_acts(night), services.enact_due_acts(night), act_in_force()) == (1, 0, act)


@pytest.mark.covers("T-02")
def test_t02_in_word(here: School, actor: Acting) -> None:
    content = b"".join(exports.act_word(in_force(actor("zhanna")), actor("zhanna")).streaming_content)  # type: ignore[attr-defined]
    text = words(content)
    assert "Средняя школа № 5" in text
    assert "Координационный совет" in text


@pytest.mark.covers("T-04", "seed 4.1.2", "seed 6.1.curator")
def test_only_a_deputy_becomes_the_curator(here: School, actor: Acting) -> None:
    zhanna, anna = actor("zhanna"), actor("anna")
    teacher, deputy = Person.objects.get(user=actor("boris").user), Person.objects.get(user=anna.user)
    with pytest.raises(Forbidden):
        services.appoint_curator(deputy, valid_from=TODAY, by=anna)
    with pytest.raises(Invalid) as refusal:
        services.appoint_curator(teacher, valid_from=TODAY, by=zhanna)
    assert refusal.value.field == "person"
    order = services.appoint_curator(deputy, valid_from=TODAY, by=zhanna)
    assert services.appoint_curator(deputy, valid_from=TODAY, by=zhanna).pk == order.pk
    text = words(exports.order_word(order, zhanna).content)  # type: ignore[attr-defined]
    assert "Мельникову Анну Викторовну" in text
    assert any(
        piece.filled and "Мельникову" in piece.text
        for block in exports.order_preview(order, zhanna)
        for piece in block.pieces
    )


@pytest.mark.covers("SM-8.register (order)", "SM-17.curator_appointed", "T-04")
def test_the_registered_order_gives_the_office(here: School, actor: Acting) -> None:
    zhanna, anna = actor("zhanna"), actor("anna")
    deputy = Person.objects.get(user=anna.user)
    PersonOffice.objects.filter(office="curator").delete()  # nobody has been appointed yet
    order = services.appoint_curator(deputy, valid_from=TODAY, valid_to=dt.date(2027, 8, 31), by=zhanna)
    with pytest.raises(Forbidden):
        services.register_order(order, number="1-н", signed_on=TODAY, scan=scan(), by=anna)
    for wrong, field in (
        ({"number": " "}, "number"),
        ({"signed_on": TODAY + dt.timedelta(days=1)}, "signed_on"),
        ({"scan": None}, "scan"),
    ):
        with pytest.raises(Invalid) as refusal:
            services.register_order(
                order,
                **{"number": "1-н", "signed_on": TODAY, "scan": scan(), **wrong},  # type: ignore[arg-type]
                by=zhanna,
            )
        assert refusal.value.field == field
    with pytest.raises(Stale):
        services.register_order(
            order, number="1-н", signed_on=TODAY, scan=scan(), by=zhanna, version=order.version + 7
        )
    services.register_order(order, number="1-н", signed_on=TODAY, scan=scan(), by=zhanna)
    held = PersonOffice.objects.get(person=deputy, office="curator")
    assert (held.basis, held.valid_to) == ("приказ № 1-н от 23.11.2026", dt.date(2027, 8, 31))
    letters = dict(
        Outbox.objects.filter(kind__in=["accounts.office", "municipality.school_step"]).values_list(
            "kind", "payload"
        )
    )
    assert letters["accounts.office"]["office"] == "curator"
    assert letters["municipality.school_step"]["step"] == "curator_appointed"
    with pytest.raises(Conflict):
        services.register_order(order, number="2-н", signed_on=TODAY, scan=scan(), by=zhanna)


def test_a_deputy_without_an_account_is_invited_as_curator(here: School, actor: Acting) -> None:
    zhanna = actor("zhanna")
    deputy = Person.objects.get(user=actor("anna").user)
    Person.objects.filter(pk=deputy.pk).update(user=None)
    deputy.refresh_from_db()
    order = services.appoint_curator(deputy, valid_from=TODAY, by=zhanna)
    services.register_order(order, number="1-н", signed_on=TODAY, scan=scan(), by=zhanna)
    assert deputy.invitations.get().office == "curator"
    assert Outbox.objects.filter(kind="job", payload__job="staff.send_invitation").count() == 1


def test_numbers_are_unique_in_a_year_and_suggested(here: School, actor: Acting) -> None:
    anna, zhanna = actor("anna"), actor("zhanna")
    orders = [
        services.draft_order("T-22", f"О паре {n}", subject=here.uuid if n else anna.user, by=anna)  # type: ignore[arg-type]
        for n in range(2)
    ]
    assert suggested_number() == "1-н"
    services.register_order(orders[0], number="41-н", signed_on=TODAY, scan=scan(), by=zhanna)
    assert suggested_number() == "42-н"
    with pytest.raises(Invalid) as refusal:
        services.register_order(orders[1], number="41-н", signed_on=TODAY, scan=scan(), by=zhanna)
    assert refusal.value.field == "number"
    services.register_order(orders[1], number="41-н", signed_on=dt.date(2025, 12, 30), scan=scan(), by=zhanna)
    assert Order.objects.filter(number="41-н").count() == 2


@pytest.mark.covers("SM-8.cancel")
def test_a_draft_is_cancelled_and_made_anew(here: School, actor: Acting) -> None:
    anna = actor("anna")
    order = services.draft_order("T-08", "О паре", subject=here.uuid, people=[], by=anna)
    ORDER.move(order, "cancel", by=anna)
    assert services.draft_order("T-08", "О паре", subject=here.uuid, people=[], by=anna).pk != order.pk
