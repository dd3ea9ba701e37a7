"""The short form beside a school's own Положение: who nominates, how long a pair may last, what is paid, and
by which act. The rules, the forms and the papers ask it.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from portal.core import clock
from portal.core.errors import Invalid
from portal.local_acts.models import Order
from portal.mentor_bank import services as bank_services
from portal.mentor_bank.models import MenteeNeed
from portal.mentoring import services
from portal.mentoring.exports.pairs import order_form, pay_form
from portal.mentoring.workflow import PAIR
from portal.mentoring.workflow.asked import Extend, Replace
from portal.school_records.models import JournalLine
from portal.staff.periods import months_after
from tenants.context import in_city
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import Visitor, refused, who

pytestmark = pytest.mark.usefixtures("in_school5")


def decide(**values: Any) -> None:
    bank_services.decide_settings(by=who("zhanna"), **values)


def test_a_pair_lasts_no_longer_than_the_school_allows() -> None:
    decide(longest_months=6)
    longest = months_after(clock.today(), 6)
    refused(Invalid, "period_long", lambda: scene.proposed(who, planned_to=longest + dt.timedelta(days=1)))
    pair = scene.active(who, planned_to=longest - dt.timedelta(days=9))
    extend = Extend(planned_to=longest + dt.timedelta(days=1), extended_by="соглашение № 2 от 04.11.2026")
    refused(Invalid, "too_long", lambda: PAIR.move(pair, "extend", by=who("anna"), asked=extend))


def test_a_shorter_term_lets_running_pairs_work_and_says_why_they_cannot_be_longer(
    visits: Callable[[str], Visitor],
) -> None:
    """The school makes its longest term shorter than pairs that work already."""
    pair = scene.active(who, planned_to=months_after(clock.today(), 12))
    decide(longest_months=6)
    offer = next(one for one in PAIR.offers(pair, who("anna")) if one.transition.verb == "extend")
    assert [guard.code for guard in offer.unmet] == ["term_is_used"]
    refusal = visits("anna").get(f"/s/5/pairs/{pair.uuid}/extend/", follow=True)
    assert "предложите новую" in said(refusal), "nobody fills in a form that cannot be taken"
    with clock.at(clock.now() + dt.timedelta(days=300)):
        pair.refresh_from_db()
        assert pair.state == "active", "it works to the end of its own term"
    with clock.at(clock.now() + dt.timedelta(days=370)):
        assert "Дольше порядок школы не разрешает" in said(visits("anna").get("/s/5/"))
        year = said(visits("anna").get("/s/5/year/"))
        assert f"/pairs/{pair.uuid}/extend/" not in year, "what cannot be done is not proposed"


def said(answer: Any) -> str:
    return str(answer.content.decode()).replace("\xa0", " ")


def test_another_mentor_goes_on_within_the_term_of_today(visits: Callable[[str], Visitor]) -> None:
    pair = scene.active(who, planned_to=months_after(clock.today(), 24))
    decide(longest_months=6)
    lev = scene.a_card(who, "lev").person
    first_day = clock.today() + dt.timedelta(days=3)
    asked = Replace(successor=lev, planned_from=first_day)
    PAIR.move(pair, "replace", by=who("anna"), comment="мужа перевели в другой город", asked=asked)
    assert pair.successor.planned_to == months_after(first_day, 6)


def test_a_need_for_longer_is_proposed_within_the_term(visits: Callable[[str], Visitor]) -> None:
    decide(longest_months=2)
    need, card = scene.a_need(who), scene.a_card(who)
    MenteeNeed.objects.filter(pk=need.pk).update(wanted_to=months_after(clock.today(), 9))
    page = visits("anna").get(f"/s/5/needs/{need.uuid}/propose/{card.person.uuid}/")
    assert page.context["form"].initial["planned_to"] == months_after(clock.today(), 2)


def test_the_form_proposes_the_term_and_the_pay_of_the_school(visits: Callable[[str], Visitor]) -> None:
    decide(longest_months=2, pay_basis="percent", pay_size=Decimal(15))
    need, card = scene.a_need(who), scene.a_card(who)
    page = visits("anna").get(f"/s/5/needs/{need.uuid}/propose/{card.person.uuid}/")
    form = page.context["form"]
    assert form.initial["planned_to"] <= months_after(clock.today(), 2)
    assert (form.initial["pay_basis"], form.initial["pay_size"]) == ("percent", Decimal(15))


def test_the_pay_of_a_pair_is_not_replaced_by_the_usual_one(visits: Callable[[str], Visitor]) -> None:
    decide(pay_basis="percent", pay_size=Decimal(15))
    pair = scene.with_order(who)
    asked = visits("anna").get(f"/s/5/pairs/{pair.uuid}/pay/").context["form"].initial
    assert (asked["pay_basis"], asked["pay_size"]) == ("percent", Decimal(15))
    services.settle_pay(
        pair, by=who("anna"), pay_basis="amount", pay_size=Decimal(3000), pay_act="Коллективный договор"
    )
    pair.refresh_from_db()
    assert pair.pay_act == ""
    asked = visits("anna").get(f"/s/5/pairs/{pair.uuid}/pay/").context["form"].initial
    assert (asked["pay_basis"], asked["pay_size"]) == ("amount", Decimal(3000))


def test_the_papers_name_who_nominated_and_the_act_on_pay() -> None:
    decide(nominated_by="методического совета", pay_act="Коллективный договор", pay_source="бюджет города")
    pair = scene.active(who)
    order = Order.objects.get(pk=pair.order_id)  # type: ignore[misc]
    assert order_form(order, who("anna")).grounds[-1] == "представления методического совета"  # type: ignore[attr-defined]
    paid = pay_form(Order.objects.get(code="T-10", subject=pair.uuid), who("anna"))
    assert (paid.act, paid.source) == ("Коллективный договор", "бюджет города")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"max_mentees_warn": 6, "max_mentees_block": 5}, "warn_after_block", "max_mentees_warn"),
        ({"pay_basis": "amount"}, "pay", "pay_size"),
        ({"pay_basis": "percent", "pay_size": Decimal(3000)}, "pay_percent", "pay_size"),
        ({"pay_basis": "none_by_act", "pay_act": " "}, "pay", "pay_act"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(values: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        decide(**values)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_the_journal_says_what_was_and_what_is_now() -> None:
    decide(confirm_days=7, longest_months=12)
    decide(confirm_days=9, longest_months=12)
    line = JournalLine.objects.filter(verb="decided").latest("pk")
    assert line.changes == {"confirm_days": ["7", "9"]}


def test_the_page_keeps_what_was_typed_and_speaks_at_the_field(as_: Callable[[str], Client]) -> None:
    values = {
        "programmes_approved_by": "curator",
        "min_stage_years": "5",
        "min_category": "first",
        "max_mentees_warn": "3",
        "max_mentees_block": "5",
        "confirm_days": "7",
        "longest_months": "12",
        "nominated_by": "педагогического совета",
        "pay_basis": "percent",
        "pay_size": "3000",
        "pay_act": "Положение об оплате труда работников",
        "pay_source": "фонд оплаты труда",
    }
    with in_city():
        page = as_("anna").post("/s/5/mentoring/settings/", values)
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "pay_size": ["Это больше целой ставки. Сумму в рублях записывают ответом «сумма в рублях в месяц»."]
    }
    assert "педагогического совета" in page.content.decode()
