"""SM-11. Of it there is what the short form needs: the order T-38, the verification and the note T-40 come
with the room of campaigns.

What changes after schools were asked (the term, the closing, the cancelling) is told to each of them by the
job `tell_campaign`: `turn` counts such changes, `CampaignSchool.told` says which of them the school was told
of.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import (
    Baton,
    Begins,
    Check,
    Guard,
    Move,
    Transition,
    Workflow,
    no_baton,
    no_lane,
    no_paper,
    nobody,
)
from portal.municipality import access
from portal.municipality.background import send_campaign, tell_campaign
from portal.municipality.models import MonitoringCampaign, ReceivedForm
from portal.municipality.selectors import came_late
from portal.municipality.states import CampaignState as C
from portal.municipality.states import ReceivedState
from portal.municipality.workflow.received import RECEIVED


@dataclass(frozen=True, kw_only=True)
class LaterTerm:
    """Until when schools may hand over now."""

    due_school: dt.date


def _has_indicators(campaign: MonitoringCampaign, by: Actor) -> bool:
    return bool(campaign.indicators)


def _due_is_ahead(campaign: MonitoringCampaign, by: Actor) -> bool:
    return campaign.due_school >= clock.today()


def _due_is_later(campaign: MonitoringCampaign, move: Move[LaterTerm]) -> bool:
    return move.asked.due_school > campaign.due_school and move.asked.due_school >= clock.today()


def _stamp_opened(campaign: MonitoringCampaign, move: Move[Any]) -> None:
    campaign.opened_at = clock.now()


def _stamp_closed(campaign: MonitoringCampaign, move: Move[Any]) -> None:
    campaign.closed_at = clock.now()


def _give_longer(campaign: MonitoringCampaign, move: Move[LaterTerm]) -> None:
    campaign.due_school, campaign.closed_at = move.asked.due_school, None


def _count_change(campaign: MonitoringCampaign, move: Move[Any]) -> None:
    """Schools that were asked are to be told of this change."""
    campaign.turn, campaign.note = campaign.turn + 1, move.comment


def _ask_schools(campaign: MonitoringCampaign, move: Move[Any]) -> None:
    send_campaign.later(by=move.by, campaign_uuid=str(campaign.uuid))


def _tell_schools(campaign: MonitoringCampaign, move: Move[Any]) -> None:
    tell_campaign.later(by=move.by, campaign_uuid=str(campaign.uuid))


def _late_is_in_time(campaign: MonitoringCampaign, move: Move[Any]) -> None:
    """What came late, but within the new term, is in time."""
    late = ReceivedForm.objects.filter(campaign=campaign, state=ReceivedState.LATE_SUBMITTED)
    for form in late.select_related("school").order_by("pk"):
        if not came_late(campaign, form.school, form.revision, form.submitted_at):
            RECEIVED.move(form, "in_time", by=Actor.system(via="post"))


_HAND_OVER = Baton("за школами", "заполнить и сдать форму")

CAMPAIGN: Workflow[MonitoringCampaign] = Workflow(
    name="campaign",
    code="SM-11",
    title="Кампания мониторинга",
    model=MonitoringCampaign,
    lane=no_lane("Страница кампании показывает её таблицей школ."),
    told=nobody("Школам пишет фоновая работа: каждой её письмо."),
    paper=no_paper("Приказ T-38 и записка T-40 появятся вместе с комнатой кампаний."),
    begins=Begins(states=(C.DRAFT,), baton=Baton("за Управлением", "открыть сбор")),
    transitions=(
        Transition(
            verb="open",
            label="Открыть сбор",
            sources=(C.DRAFT,),
            target=C.OPEN,
            rule=access.can_lead_campaign,
            guards=(
                Guard("indicators", "Выберите хотя бы один показатель.", _has_indicators),
                Guard("due", "Срок сдачи уже прошёл. Назначьте новый.", _due_is_ahead),
            ),
            changes=(_stamp_opened,),
            follows=(_ask_schools,),
            journal="Сбор открыт",
            said="Сбор открыт. Школам уходят письма.",
            baton=_HAND_OVER,
            seed="4.2(8)",
        ),
        Transition(
            verb="close",
            label="Закончить сбор",
            sources=(C.OPEN,),
            target=C.CLOSED,
            rule=access.can_lead_campaign,
            changes=(_stamp_closed, _count_change),
            follows=(_tell_schools,),
            quiet=True,
            final="Школы узнают сразу. Кто не сдал, сможет сдать только с опозданием и с пояснением; "
            "сданное вы проверите как обычно. "
            "Передумаете, продлите срок: сбор пойдёт дальше.",
            journal="Сбор закончен",
            said="Сбор закончен. Школам уходят письма: сдать можно только с опозданием.",
            baton=Baton("за Управлением", "проверить сданное"),
        ),
        Transition(
            verb="extend",
            label="Продлить срок",
            sources=(C.OPEN, C.CLOSED),
            target=C.OPEN,
            rule=access.can_lead_campaign,
            asks=LaterTerm,
            checks=(
                Check(
                    "later",
                    "Новый срок должен быть позже прежнего и не раньше сегодняшнего дня.",
                    _due_is_later,
                    field="due_school",
                ),
            ),
            changes=(_give_longer, _count_change),
            follows=(_late_is_in_time, _tell_schools),
            page="extend",
            journal="Срок сбора продлён",
            said="Срок продлён. Школам уходят письма.",
            baton=_HAND_OVER,
        ),
        Transition(
            verb="cancel",
            label="Отменить кампанию",
            sources=(C.DRAFT, C.OPEN),
            target=C.CANCELLED,
            rule=access.can_lead_campaign,
            needs_comment=True,
            changes=(_count_change,),
            follows=(_tell_schools,),
            quiet=True,
            final="Отменённую кампанию не вернуть: можно подготовить новую. Школы, которых уже спросили, "
            "узнают сразу, форма у них закроется.",
            journal="Кампания отменена",
            said="Кампания отменена. Если школы о ней знали, им уходят письма.",
            baton=no_baton("Отменённую кампанию не возвращают."),
        ),
    ),
)
