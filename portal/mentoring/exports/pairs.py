"""Papers of a pair: consents (T-06, T-07), the order (T-08), the agreement (T-09), the pay (T-10)."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Subquery

from portal.core import clock
from portal.core.actor import Actor
from portal.core.once import once_a_page
from portal.documents import forms
from portal.documents.forms.consents import MenteeConsent, MentorConsent
from portal.documents.forms.pairs import PairOrder, PairRow, PayOrder, PayRow, SupplementaryAgreement
from portal.local_acts.exports import OrderChecks, order_paper
from portal.local_acts.models import Order
from portal.local_acts.states import OrderCode
from portal.mentor_bank.models import MentoringSettings
from portal.mentor_bank.states import MenteeCategory, PayBasis
from portal.mentoring.access.pairs import (
    agreement_for,
    agreements_visible_to,
    can_read_agreement,
    consent_for,
    consents_visible_to,
)
from portal.mentoring.models import MentoringConsent, Pair, PairMentee
from portal.mentoring.selectors.people import line_about
from portal.mentoring.states import ConsentState, PairRole
from portal.mentoring.workflow.guards import has_ready_mentor
from portal.papers.kinds import PaperKind
from portal.staff.exports import named_person, school_form
from portal.staff.models import GuestStay, name_on, stay_on
from portal.staff.selectors import curators_now, principal_now

CONTENT = (
    "разработка и выполнение персонализированной программы, консультации, взаимные посещения уроков, встречи "
    "и их учёт"
)
NO_GOAL = "профессиональное развитие"
OF_EMPLOYEE, OF_GUEST = "дополнительного соглашения", "соглашения о наставничестве"


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
    pair, day = consent.pair, consent.given_on
    if consent.role == PairRole.MENTOR:
        return MentorConsent(
            school=school_form(day),
            mentor=named_person(pair.mentor, on=day),
            mentees=tuple(named_person(person, on=day) for person in pair.people),
            goal=pair.goal or NO_GOAL,
            content=CONTENT,
            form=_form(pair),
            since=_since(pair),
            until=pair.planned_to,
            pay=pay_words(pair),
            written_on=consent.given_on,
        )
    return MenteeConsent(
        school=school_form(day),
        mentee=named_person(consent.person, on=day),
        mentor=named_person(pair.mentor, on=day),
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
    decided = MentoringSettings.objects.order_by("pk").values("nominated_by")[:1]
    rows = Pair.objects.select_related("mentor", "order", "compatibility").prefetch_related(
        mentees, "consents"
    )
    pair = rows.annotate(nominated_by=Subquery(decided)).get(uuid=uuid)
    pair.read_positions()
    return pair


def _curator(on: dt.date | None) -> forms.NamedPerson:
    people = curators_now() or [person for person in [principal_now()] if person]
    return named_person(people[0], on=on) if people else forms.NamedPerson("", "", "", "куратор")


def order_form(order: Order, by: Actor) -> forms.Form:
    """T-08 from the pair's data."""
    pair, day = pair_of(order), order.signed_on
    categories = [str(MenteeCategory(row.need.category).label) for row in pair.pair_mentees.all() if row.need]
    row = PairRow(
        named_person(pair.mentor, on=day),
        tuple(named_person(person, on=day) for person in pair.people),
        pair.form_and_model,
        pair.kind_titles,
        pair.planned_from,
        pair.planned_to,
        pair.goal or NO_GOAL,
        _about_mentor(pair, day),
        ", ".join(dict.fromkeys(categories)),
    )
    curator = _curator(day)
    named = [named_person(person, on=day) for person in (pair.mentor, *pair.people)]
    named += [curator] if curator.last and curator not in named else []
    return PairOrder(
        school=school_form(day),
        rows=(row,),
        curator=curator,
        grounds=_grounds(pair),
        reporting="промежуточный отчёт в середине срока, итоговый отчёт в последний месяц",
        pay=_pay_sentence(pair, day),
        number=order.number,
        signed_on=order.signed_on,
        acquainted=tuple(named),
    )


def _about_mentor(pair: Pair, day: dt.date | None) -> str:
    """Of a guest the basis: service and category are for the home to state."""
    stay = _as_guest(pair, day)
    return f"основание: {stay.basis}" if stay else line_about(pair.mentor)


def _as_guest(pair: Pair, day: dt.date | None) -> GuestStay | None:
    """The stay of a mentor who is no employee on the day of the paper, of today for a draft."""
    return stay_on(pair.mentor, day or clock.today())


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
    if pair.nominated_by:  # type: ignore[attr-defined]  # of the school, read with the pair
        grounds.append(f"представления {pair.nominated_by}")  # type: ignore[attr-defined]
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


def _pay_sentence(pair: Pair, day: dt.date | None) -> str:
    if pair.pay_basis == PayBasis.NONE_BY_ACT:
        return f"Доплата не устанавливается на основании: {pair.pay_act}."
    if pair.pay_basis:
        named = OF_GUEST if _as_guest(pair, day) else f"{OF_EMPLOYEE} к трудовому договору"
        return f"Доплату наставнику установить отдельным приказом на основании {named}."
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
    day = pair.agreement_on
    mentees = ", ".join(name_on(person, day).full_name for person in pair.people)
    stay = _as_guest(pair, day)
    paid = "ежемесячно" if stay else "ежемесячно, вместе с заработной платой"
    sides = {"employer": "Школа", "worker": "Наставник"}
    of_guest: dict[str, Any] = {**sides, "home": stay.home, "basis": stay.basis} if stay else {}
    return SupplementaryAgreement(
        school=school_form(day),
        employee=named_person(pair.mentor, on=day),
        content=f"{CONTENT}; наставляемые: {mentees}",
        form=_form(pair),
        since=_since(pair),
        until=pair.planned_to,
        pay=pay_words(pair),
        pay_condition="" if pair.pay_basis == PayBasis.NONE_BY_ACT else paid,
        number=pair.agreement_number,
        signed_on=pair.agreement_on,
        **of_guest,
    )


def _agreement_title(pair: Pair) -> str:
    return (
        "Соглашение о наставничестве" if _as_guest(pair, pair.agreement_on) else "Дополнительное соглашение"
    )


def pay_form(order: Order, by: Actor) -> forms.Form:
    """T-10: the pay of the mentor, on the grounds of the registered order and the agreement."""
    pair, rules = pair_of(order), MentoringSettings.here()
    base: Any = pair.order
    of_order = f" от {base.signed_on:%d.%m.%Y} № {base.number}" if base and base.signed_on else ""
    of_agreement = f" от {pair.agreement_on:%d.%m.%Y} № {pair.agreement_number}" if pair.agreement_on else ""
    stay = _as_guest(pair, order.signed_on)
    row = PayRow(
        named_person(pair.mentor, on=order.signed_on),
        pay_words(pair),
        _since(pair),
        pair.planned_to,
        f"соглашение о наставничестве{of_agreement}; {stay.basis}"
        if stay
        else f"дополнительное соглашение{of_agreement}",
    )
    return PayOrder(
        school=school_form(order.signed_on),
        rows=(row,),
        grounds=(
            f"приказа о закреплении{of_order}",
            f"{OF_GUEST}{of_agreement}" if stay else f"{OF_EMPLOYEE}{of_agreement} к трудовому договору",
        ),
        act=rules.pay_act,
        source=rules.pay_source,
        number=order.number,
        signed_on=order.signed_on,
    )


def _agreed(pair: Pair) -> str:
    """When the agreement was signed, as its line says."""
    return f"№ {pair.agreement_number} от {pair.agreement_on:%d.%m.%Y}" if pair.agreement_on else ""


DRAFT = "Проект: действует после подписи"

CHECKS_OF_ORDERS = (OrderChecks(OrderCode.PAIR, order_checks),)
PAPERS = (
    order_paper(OrderCode.PAIR, order_form),
    order_paper(OrderCode.PAY, pay_form),
    PaperKind(
        "T-06",
        "Заявление-согласие наставника",
        "mentoring_consent",
        ("give",),
        door=consent_for,
        form=consent_form,
        draft=DRAFT,
        name=lambda c: f"Согласие наставника, {name_on(c.person, c.given_on).short_name}",
        applies=lambda c: c.role == PairRole.MENTOR,
        rows=consents_visible_to,
    ),
    PaperKind(
        "T-07",
        "Заявление-согласие наставляемого",
        "mentoring_consent",
        ("give",),
        door=consent_for,
        form=consent_form,
        draft=DRAFT,
        name=lambda c: f"Согласие быть в паре, {name_on(c.person, c.given_on).short_name}",
        applies=lambda c: c.role == PairRole.MENTEE,
        rows=consents_visible_to,
    ),
    PaperKind(
        "T-09",
        "Дополнительное соглашение",
        "pair",
        ("activate",),
        door=agreement_for,
        form=agreement_form,
        taken_back_by=("take_back",),
        draft="Проект: действует после подписи обеими сторонами",
        name=lambda pair: f"{_agreement_title(pair)}, {name_on(pair.mentor, pair.agreement_on).short_name}",
        applies=lambda pair: pair.order_id is not None,
        readable=can_read_agreement,
        signed=_agreed,
        scan="agreement_scan",
        rows=agreements_visible_to,
    ),
)
"""Given to `portal.papers`: signed, they are frozen."""
