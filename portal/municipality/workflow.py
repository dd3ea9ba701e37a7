"""SM-17 (joining of a school), SM-11 (campaign), SM-11b as the city sees it.

Of SM-11 there is what the short form needs: the order T-38, the verification and the note T-40 come with the
room of campaigns. A form in the city is `submitted`, or `late_submitted` when it came after its term or after
the closing, until it is answered.

What changes after schools were asked (the term, the closing, the cancelling) is told to each of them by the
job `tell_campaign`: `turn` counts such changes, `CampaignSchool.told` says which of them the school was told
of.
"""

from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import Extra, Guard, Transition, Workflow, by_time
from portal.exchange import send
from portal.municipality import access
from portal.municipality.indicators import COUNTERS
from portal.municipality.letters import FORM_ANSWERED, AnsweredForm
from portal.municipality.models import MonitoringCampaign, ReceivedForm
from portal.municipality.states import HANDED
from portal.municipality.states import CampaignState as C
from portal.municipality.states import ReceivedState as R
from tenants.models import School
from tenants.models import SchoolState as S

STEPS = (S.PRINCIPAL_JOINED, S.CURATOR_APPOINTED, S.ACT_IN_FORCE, S.STAFF_IMPORTED)
"""Steps that the school itself makes, in the order of SM-17."""


def _has_agreement_number(school: School, by: Actor, extra: Extra) -> bool:
    return bool(str(extra.get("agreement_number", "")).strip())


def _has_agreement_date(school: School, by: Actor, extra: Extra) -> bool:
    day = extra.get("agreement_on")
    return day is not None and day <= clock.today()


def _only_known_counters(school: School, by: Actor, extra: Extra) -> bool:
    return set(extra.get("agreed_counters", ())) <= set(COUNTERS)


def _write_agreement(school: School, by: Actor, extra: Extra) -> None:
    school.agreement_number, school.agreement_on = extra["agreement_number"].strip(), extra["agreement_on"]
    school.agreed_counters = [key for key in COUNTERS if key in extra.get("agreed_counters", ())]


def _write_reason(school: School, by: Actor, extra: Extra) -> None:
    """The school's people read it on every page and in every refusal."""
    school.suspended_because = str(extra.get("comment", "")).strip()


def _forget_reason(school: School, by: Actor, extra: Extra) -> None:
    school.suspended_because = ""


_AGREEMENT = (
    Guard("agreement_number", "Напишите номер соглашения.", _has_agreement_number, field="agreement_number"),
    Guard(
        "agreement_on",
        "Напишите дату соглашения: не позже сегодняшнего дня.",
        _has_agreement_date,
        field="agreement_on",
    ),
    Guard("known_counters", "Выберите числа из перечня.", _only_known_counters, field="agreed_counters"),
)
_JOINING = (S.SCHEMA_CREATED, *STEPS)
"""A school that never came to work is archived; only one that works is suspended and resumed."""

SCHOOL = Workflow(
    "school",
    "Подключение школы",
    School,
    (
        Transition(
            "sign_docs",
            "Записать соглашение",
            (S.DRAFT,),
            S.DOCS_SIGNED,
            access.can_connect_school,
            guards=_AGREEMENT,
            effects=(_write_agreement,),
            document="соглашение и поручение на обработку данных",
            page="agreement",
        ),
        Transition(
            "open",
            "Открыть школу",
            (S.DOCS_SIGNED,),
            S.SCHEMA_CREATED,
            access.can_connect_school,
            page="open",
        ),
        Transition("principal_joined", "Директор вошёл", (S.SCHEMA_CREATED,), S.PRINCIPAL_JOINED, by_time),
        Transition(
            "curator_appointed",
            "Куратор назначен",
            (S.PRINCIPAL_JOINED,),
            S.CURATOR_APPOINTED,
            by_time,
            document="T-04",
            seed="6.1",
        ),
        Transition(
            "act_in_force",
            "Положение действует",
            (S.CURATOR_APPOINTED,),
            S.ACT_IN_FORCE,
            by_time,
            document="T-02",
        ),
        Transition("staff_imported", "Сотрудники внесены", (S.ACT_IN_FORCE,), S.STAFF_IMPORTED, by_time),
        Transition(
            "activate",
            "Отметить, что школа работает",
            (S.STAFF_IMPORTED,),
            S.ACTIVE,
            access.can_connect_school,
        ),
        Transition(
            "suspend",
            "Приостановить работу школы",
            (S.ACTIVE,),
            S.SUSPENDED,
            access.can_connect_school,
            effects=(_write_reason,),
            needs_comment=True,
            quiet=True,
            final="Люди школы смогут читать и выгружать, писать до возобновления никто не сможет. Работу "
            "школы можно возобновить здесь же.",
        ),
        Transition(
            "resume",
            "Возобновить работу школы",
            (S.SUSPENDED,),
            S.ACTIVE,
            access.can_connect_school,
            effects=(_forget_reason,),
        ),
        Transition(
            "archive",
            "Убрать школу в архив",
            (S.DRAFT, S.DOCS_SIGNED, *_JOINING, S.SUSPENDED),
            S.ARCHIVED,
            access.can_connect_school,
            needs_comment=True,
            quiet=True,
            final="Из архива школу не вернуть, войти в неё больше нельзя. То, что она передала городу, "
            "остаётся.",
        ),
    ),
    code="SM-17",
)


def _has_indicators(campaign: MonitoringCampaign, by: Actor, extra: Extra) -> bool:
    return bool(campaign.indicators)


def _due_is_ahead(campaign: MonitoringCampaign, by: Actor, extra: Extra) -> bool:
    return campaign.due_school >= clock.today()


def _due_is_later(campaign: MonitoringCampaign, by: Actor, extra: Extra) -> bool:
    due = extra.get("due_school")
    return due is not None and due > campaign.due_school and due >= clock.today()


def _give_longer(campaign: MonitoringCampaign, by: Actor, extra: Extra) -> None:
    campaign.due_school, campaign.closed_at = extra["due_school"], None


def _to_tell(campaign: MonitoringCampaign, by: Actor, extra: Extra) -> None:
    """Schools that were asked are told of this change."""
    campaign.turn, campaign.note = campaign.turn + 1, str(extra.get("comment", "")).strip()


def _stamp(field: str) -> Any:
    def stamp(obj: Any, by: Actor, extra: Extra) -> None:
        setattr(obj, field, clock.now())

    return stamp


CAMPAIGN = Workflow(
    "campaign",
    "Кампания мониторинга",
    MonitoringCampaign,
    (
        Transition(
            "open",
            "Открыть сбор",
            (C.DRAFT,),
            C.OPEN,
            access.can_lead_campaign,
            effects=(_stamp("opened_at"),),
            seed="4.2(8)",
            guards=(
                Guard("indicators", "Выберите хотя бы один показатель.", _has_indicators),
                Guard("due", "Срок сдачи уже прошёл. Назначьте новый.", _due_is_ahead),
            ),
        ),
        Transition(
            "close",
            "Закончить сбор",
            (C.OPEN,),
            C.CLOSED,
            access.can_lead_campaign,
            effects=(_stamp("closed_at"), _to_tell),
            quiet=True,
            final="Школы узнают сразу. Кто не сдал, сможет сдать только с опозданием и с пояснением; "
            "сданное вы проверите как обычно. "
            "Передумаете, продлите срок: сбор пойдёт дальше.",
        ),
        Transition(
            "extend",
            "Продлить срок",
            (C.OPEN, C.CLOSED),
            C.OPEN,
            access.can_lead_campaign,
            effects=(_give_longer, _to_tell),
            page="extend",
            guards=(
                Guard(
                    "later",
                    "Новый срок должен быть позже прежнего и не раньше сегодняшнего дня.",
                    _due_is_later,
                    field="due_school",
                ),
            ),
        ),
        Transition(
            "cancel",
            "Отменить кампанию",
            (C.DRAFT, C.OPEN),
            C.CANCELLED,
            access.can_lead_campaign,
            effects=(_to_tell,),
            needs_comment=True,
            quiet=True,
            final="Отменённую кампанию не вернуть: можно подготовить новую. Школы, которых уже спросили, "
            "узнают сразу, форма у них закроется.",
        ),
    ),
    code="SM-11",
)


def _answer(accepted: bool) -> Any:
    def answer(form: ReceivedForm, by: Actor, extra: Extra) -> None:
        form.checked_at, form.comment = clock.now(), str(extra.get("comment", "")).strip()
        letter = AnsweredForm(
            form=form.form,
            revision=form.revision,
            accepted=accepted,
            comment=form.comment,
            answered_at=form.checked_at,
        )
        send(FORM_ANSWERED, letter, topic=form.form, by=by, school=form.school.uuid)

    return answer


def _in_time(form: ReceivedForm, by: Actor, extra: Extra) -> None:
    form.is_late = False


RECEIVED = Workflow(
    "received_form",
    "Сданная форма",
    ReceivedForm,
    (
        Transition(
            "accept",
            "Принять форму",
            HANDED,
            R.ACCEPTED,
            access.can_accept_form,
            effects=(_answer(True),),
            seed="6.2",
        ),
        Transition(
            "return",
            "Вернуть с замечаниями",
            HANDED,
            R.RETURNED,
            access.can_check_form,
            effects=(_answer(False),),
            needs_comment=True,
            seed="6.2",
        ),
        Transition(
            "in_time",
            "Срок продлён: сдана вовремя",
            (R.LATE_SUBMITTED,),
            R.SUBMITTED,
            by_time,
            effects=(_in_time,),
        ),
    ),
    code="SM-11b",
)
