"""SM-1: a consent to the processing or the distribution of personal data."""

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
    by_time,
    no_baton,
    no_lane,
    no_paper,
    nobody,
)
from portal.school_records.models import StoredFile
from portal.staff import access
from portal.staff.models import PersonalConsent
from portal.staff.states import ConsentKind
from portal.staff.states import ConsentState as C


@dataclass(frozen=True, kw_only=True)
class SignedPaper:
    """The day under the signature, and the paper itself; a paper that is here already stays."""

    given_on: dt.date
    scan: StoredFile | None


def _has_scan(consent: PersonalConsent, move: Move[SignedPaper]) -> bool:
    return bool(move.asked.scan or consent.scan_id)


def _day_has_come(consent: PersonalConsent, move: Move[SignedPaper]) -> bool:
    return move.asked.given_on <= clock.today()


def _until_is_ahead(consent: PersonalConsent, by: Actor) -> bool:
    return consent.valid_until is None or consent.valid_until > clock.today()


def _distribution_is_filled(consent: PersonalConsent, by: Actor) -> bool:
    return consent.kind != ConsentKind.DISTRIBUTION or bool(
        consent.resources.strip() and consent.data_allowed
    )


def _write_paper(consent: PersonalConsent, move: Move[SignedPaper]) -> None:
    consent.given_on, consent.scan = move.asked.given_on, move.asked.scan or consent.scan


def _write_day_of_withdrawal(consent: PersonalConsent, move: Move[Any]) -> None:
    consent.withdrawn_on = clock.today()


def _write_reason(consent: PersonalConsent, move: Move[Any]) -> None:
    consent.reason = move.comment


CONSENT: Workflow[PersonalConsent] = Workflow(
    name="personal_consent",
    code="SM-1",
    title="Согласие на обработку данных",
    model=PersonalConsent,
    told=nobody("Человек и хранитель согласий видят его на странице человека и в «Что дальше»."),
    lane=no_lane("У согласия один шаг, его состояние стоит знаком на его странице."),
    begins=Begins(states=(C.DRAFT,), baton=Baton("за человеком", "подписать и приложить скан")),
    transitions=(
        Transition(
            verb="give",
            label="Приложить подписанное согласие",
            sources=(C.DRAFT,),
            target=C.GIVEN,
            rule=access.can_give_consent,
            guards=(
                Guard(
                    "valid_until",
                    "Срок согласия уже прошёл. Подготовьте его с другим сроком.",
                    _until_is_ahead,
                ),
                Guard(
                    "distribution",
                    "Укажите, где и какие данные можно публиковать (152-ФЗ, ст. 10.1).",
                    _distribution_is_filled,
                ),
            ),
            asks=SignedPaper,
            checks=(
                Check("scan", "Приложите скан или фото подписанного согласия.", _has_scan, field="scan"),
                Check(
                    "given_on",
                    "Укажите день, когда согласие подписали: не позже сегодняшнего.",
                    _day_has_come,
                    field="given_on",
                ),
            ),
            changes=(_write_paper,),
            journal="Согласие на обработку данных дано",
            said="Записано: согласие дано.",
            baton=no_baton("Согласие действует до своего дня."),
            paper="T-28, T-29",
            seed="152-ФЗ ст. 9",
        ),
        Transition(
            verb="refuse",
            label="Отказаться",
            sources=(C.DRAFT,),
            target=C.REFUSED,
            rule=access.can_withdraw_consent,
            changes=(_write_reason,),
            quiet=True,
            final="Это согласие закроется. Если передумаете, подготовьте новое.",
            journal="В согласии на обработку данных отказано",
            said="Записано: вы не согласны. Это ни на что другое не влияет.",
            baton=no_baton("Согласие добровольно, отказ ни на что не влияет."),
            paper=no_paper("Отказаться можно без бумаги."),
        ),
        Transition(
            verb="withdraw",
            label="Отозвать согласие",
            sources=(C.GIVEN,),
            target=C.WITHDRAWN,
            rule=access.can_withdraw_consent,
            changes=(_write_day_of_withdrawal, _write_reason),
            quiet=True,
            final="Отозванное согласие не вернуть. Если передумаете, подготовьте новое.",
            journal="Согласие на обработку данных отозвано",
            said="Согласие отозвано. Данные уничтожат в течение 30 дней, если нет другого основания их "
            "хранить.",
            baton=no_baton("Отозванное согласие не возвращают."),
            paper="T-30",
        ),
        Transition(
            verb="expire",
            label="Срок истёк",
            sources=(C.GIVEN,),
            target=C.EXPIRED,
            rule=by_time,
            journal="Срок согласия на обработку данных истёк",
            baton=Baton("за человеком", "подготовить новое согласие, если он согласен"),
            paper=no_paper("Срок стоит в самом согласии."),
        ),
    ),
)
