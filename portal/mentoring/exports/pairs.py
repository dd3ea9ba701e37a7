"""Papers of a pair: consents (T-06, T-07), the order (T-08), the agreement (T-09), the pay (T-10)."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from portal.core.actor import Actor
from portal.core.once import once_a_page
from portal.documents import forms
from portal.local_acts.models import Order
from portal.mentor_bank.states import MenteeCategory
from portal.mentoring.models import MentoringConsent, Pair, PairMentee
from portal.mentoring.selectors.people import line_about
from portal.mentoring.states import ConsentState, PairRole, PayBasis
from portal.mentoring.workflow.guards import has_ready_mentor
from portal.staff.exports import person_of, school_form
from portal.staff.selectors import curators_now, principal_now

CONTENT = (
    "разработка и выполнение персонализированной программы, консультации, взаимные посещения уроков, встречи "
    "и их учёт"
)
NO_GOAL = "профессиональное развитие"


def _since(pair: Pair) -> dt.date:
    return pair.started_on or pair.planned_from


def _form(pair: Pair) -> str:
    return f"{pair.form_and_model}; виды: {pair.kind_titles}"


def _figure(size: Decimal) -> str:
    """«3 000», «3 500,50», «12,5»: as numbers are written in papers."""
    whole, _, rest = f"{size:,.2f}".partition(".")
    return whole.replace(",", " ") + (f",{rest}" if rest != "00" else "")


def pay_words(pair: Pair) -> str:
    """«3 000 рублей в месяц», «15 % ставки в месяц», the act by which there is none; empty while it is not
    settled.
    """
    if pair.pay_basis == PayBasis.AMOUNT and pair.pay_size is not None:
        return f"{_figure(pair.pay_size)} рублей в месяц"
    if pair.pay_basis == PayBasis.PERCENT and pair.pay_size is not None:
        return f"{_figure(pair.pay_size)} % ставки в месяц"
    return f"не устанавливается на основании: {pair.pay_act}" if pair.pay_basis else ""


def consent_form(consent: MentoringConsent, by: Actor | None = None) -> forms.Form:
    """T-06 for a mentor, T-07 for a mentee, with everything known filled in."""
    pair = consent.pair
    if consent.role == PairRole.MENTOR:
        return forms.MentorConsent(
            school=school_form(),
            mentor=person_of(pair.mentor),
            mentees=tuple(person_of(person) for person in pair.people),
            goal=pair.goal or NO_GOAL,
            content=CONTENT,
            form=_form(pair),
            since=_since(pair),
            until=pair.planned_to,
            pay=pay_words(pair),
            written_on=consent.given_on,
        )
    return forms.MenteeConsent(
        school=school_form(),
        mentee=person_of(consent.employee),
        mentor=person_of(pair.mentor),
        goal=pair.goal or NO_GOAL,
        since=_since(pair),
        until=pair.planned_to,
        shows_profile=consent.shows_profile,
        written_on=consent.given_on,
    )


def pair_of(order: Order) -> Pair:
    """The pair that the order is about, with what its papers name."""
    return _pair(order.subject)


@once_a_page
def _pair(uuid: UUID) -> Pair:
    mentees = Prefetch("pair_mentees", PairMentee.objects.select_related("mentee", "need"))
    rows = Pair.objects.select_related("mentor", "order", "compatibility").prefetch_related(
        mentees, "consents"
    )
    pair = rows.get(uuid=uuid)
    pair.read_positions()
    return pair


def _curator() -> forms.Person:
    people = curators_now() or [person for person in [principal_now()] if person]
    return person_of(people[0]) if people else forms.Person("", "", "", "куратор")


def order_form(order: Order, by: Actor) -> forms.Form:
    """T-08 from the pair's data."""
    pair = pair_of(order)
    categories = [str(MenteeCategory(row.need.category).label) for row in pair.pair_mentees.all() if row.need]
    row = forms.PairRow(
        person_of(pair.mentor),
        tuple(person_of(person) for person in pair.people),
        pair.form_and_model,
        pair.kind_titles,
        pair.planned_from,
        pair.planned_to,
        pair.goal or NO_GOAL,
        line_about(pair.mentor),
        ", ".join(dict.fromkeys(categories)),
    )
    curator = _curator()
    named = [person_of(pair.mentor), *(person_of(person) for person in pair.people)]
    named += [curator] if curator.last and curator not in named else []
    return forms.PairOrder(
        school=school_form(),
        rows=(row,),
        curator=curator,
        grounds=_grounds(pair),
        reporting="промежуточный отчёт в середине срока, итоговый отчёт в последний месяц",
        pay=_pay_sentence(pair),
        number=order.number,
        signed_on=order.signed_on,
        acquainted=tuple(named),
    )


def _grounds(pair: Pair) -> tuple[str, ...]:
    """Who agreed and when; mentees of a group stand together, or one line would be printed twice."""
    given = [c for c in pair.consents.all() if c.state == ConsentState.GIVEN and c.given_on]
    days: dict[str, list[str]] = {
        role: [
            f"{c.given_on:%d.%m.%Y}"
            for c in sorted(given, key=lambda c: c.given_on or dt.date.min)
            if c.role == role
        ]
        for role in (PairRole.MENTOR, PairRole.MENTEE)
    }
    grounds = [_consents_of(role, of) for role, of in days.items() if of]
    conclusion = getattr(pair, "compatibility", None)
    if conclusion is not None and conclusion.conclusion != "not_assessed":
        grounds.append(f"заключения педагога-психолога от {conclusion.concluded_on:%d.%m.%Y}")
    return tuple(grounds) or ("заявлений-согласий участников",)


def _consents_of(role: str, days: list[str]) -> str:
    one, many = (
        ("наставника", "наставников") if role == PairRole.MENTOR else ("наставляемого", "наставляемых")
    )
    return (
        f"заявления-согласия {one} от {days[0]}"
        if len(days) == 1
        else f"заявлений-согласий {many} от {', '.join(dict.fromkeys(days))}"
    )


def _pay_sentence(pair: Pair) -> str:
    if pair.pay_basis == PayBasis.NONE_BY_ACT:
        return f"Доплата не устанавливается на основании: {pair.pay_act}."
    if pair.pay_basis:
        return (
            "Доплату наставнику установить отдельным приказом на основании дополнительного соглашения к "
            "трудовому договору."
        )
    return ""


def order_checks(order: Order, by: Actor) -> list[tuple[str, str]]:
    """«Всё ли готово» to sign T-08."""
    pair = pair_of(order)
    given = sum(c.state == ConsentState.GIVEN for c in pair.consents.all())
    return [
        ("ok" if given == 1 + len(pair.people) else "no", f"согласия: {given} из {1 + len(pair.people)}"),
        (
            "ok" if hasattr(pair, "compatibility") else "no",
            "заключение психолога или решение обойтись без него",
        ),
        ("ok" if has_ready_mentor(pair) or pair.started_on else "no", "наставник подтверждён"),
        (
            "ok" if pair.pay_basis else "no",
            f"доплата: {pay_words(pair)}"
            if pair.pay_basis
            else "доплата: размер или акт, по которому её нет",
        ),
        ("ok" if pair.agreement_number else "no", "дополнительное соглашение с наставником: номер и дата"),
    ]


def agreement_form(pair: Pair, by: Actor | None = None) -> forms.Form:
    """T-09 for the mentor."""
    mentees = ", ".join(person.full_name for person in pair.people)
    return forms.SupplementaryAgreement(
        school=school_form(),
        employee=person_of(pair.mentor),
        content=f"{CONTENT}; наставляемые: {mentees}",
        form=_form(pair),
        since=_since(pair),
        until=pair.planned_to,
        pay=pay_words(pair),
        pay_condition=""
        if pair.pay_basis == PayBasis.NONE_BY_ACT
        else "ежемесячно, вместе с заработной платой",
        number=pair.agreement_number,
        signed_on=pair.agreement_on,
    )


def pay_form(order: Order, by: Actor) -> forms.Form:
    """T-10: the pay of the mentor, on the grounds of the registered order and the agreement."""
    pair = pair_of(order)
    base: Any = pair.order
    of_order = f" от {base.signed_on:%d.%m.%Y} № {base.number}" if base and base.signed_on else ""
    of_agreement = f" от {pair.agreement_on:%d.%m.%Y} № {pair.agreement_number}" if pair.agreement_on else ""
    row = forms.PayRow(
        person_of(pair.mentor),
        pay_words(pair),
        _since(pair),
        pair.planned_to,
        f"дополнительное соглашение{of_agreement}",
    )
    return forms.PayOrder(
        school=school_form(),
        rows=(row,),
        grounds=(
            f"приказа о закреплении{of_order}",
            f"дополнительного соглашения{of_agreement} к трудовому договору",
        ),
        act="Положение об оплате труда работников",
        source="фонд оплаты труда",
        number=order.number,
        signed_on=order.signed_on,
    )
