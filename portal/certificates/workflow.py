"""A certificate from its issue on: it is valid until a new one takes its place or it is revoked."""

from dataclasses import dataclass
from typing import Any

from portal.certificates import access
from portal.certificates.models import Certificate
from portal.certificates.states import CertificateState as S
from portal.core import clock
from portal.core.workflow import (
    Begins,
    Check,
    Move,
    Told,
    Transition,
    Workflow,
    by_time,
    no_baton,
    no_lane,
    no_paper,
    nobody,
)
from tenants.addresses import city_url

LONGEST_REASON = 300


@dataclass(frozen=True, kw_only=True)
class RightName:
    """The name as the new paper says it; the dative only where the portal declines it wrongly."""

    name: str
    name_dative: str = ""


def _is_another(certificate: Certificate, move: Move[RightName]) -> bool:
    """The paper would say something else."""
    asked = move.asked
    return asked.name != certificate.name or asked.name_dative not in ("", certificate.name_dative)


def _is_whole(certificate: Certificate, move: Move[RightName]) -> bool:
    return len(move.asked.name.split()) > 1


def _write_reason(certificate: Certificate, move: Move[Any]) -> None:
    """The reason is read by anybody who checks the code."""
    certificate.revoked_on = clock.today()
    certificate.revoked_because = move.comment[:LONGEST_REASON]


def _says(certificate: Certificate) -> str:
    return f"Сертификат № {certificate.number} отозван: {certificate.revoked_because}"


CERTIFICATE: Workflow[Certificate] = Workflow(
    name="certificate",
    title="Сертификат",
    model=Certificate,
    baton=no_baton("Сертификат ничего не ждёт."),
    lane=no_lane("У сертификата нет пути: он действует или нет."),
    paper=no_paper("Бумага (T-27) печатается, когда сертификат выдан, и больше не меняется."),
    begins=Begins(states=(S.VALID,)),
    transitions=(
        Transition(
            verb="revoke",
            label="Отозвать сертификат",
            sources=(S.VALID,),
            target=S.REVOKED,
            rule=access.can_revoke_certificate,
            needs_comment=True,
            changes=(_write_reason,),
            quiet=True,
            journal="Сертификат отозван",
            said="Сертификат отозван. Владелец узнает об этом, страница проверки уже говорит почему.",
            told=(
                Told(
                    people=lambda certificate: [certificate.holder],
                    text=_says,
                    url=lambda certificate: city_url("certificates:mine"),
                ),
            ),
            final="Отозванный сертификат не возвращают. Причину прочитает каждый, кто проверит код: пишите "
            "без имён и подробностей о людях.",
        ),
        Transition(
            verb="reissue",
            label="Исправить имя",
            sources=(S.VALID,),
            target=S.REPLACED,
            rule=access.can_revoke_certificate,
            asks=RightName,
            checks=(
                Check("whole", "Напишите имя целиком: фамилию, имя и отчество.", _is_whole, field="name"),
                Check("same", "На сертификате так и написано: исправлять нечего.", _is_another, field="name"),
            ),
            page="certificates:reissue",
            journal="Сертификат выдан заново: имя исправлено",
            said="Выдан новый сертификат. Прежний больше не действует: он называет номер нового.",
            told=nobody("О новом сертификате владелец узнаёт, когда его получает."),
            final="Прежний сертификат перестанет действовать, его номер и код останутся за ним. У нового "
            "будут свои.",
        ),
        Transition(
            verb="replace",
            label="Выдан новый",
            sources=(S.VALID,),
            target=S.REPLACED,
            rule=by_time,
            journal="Сертификат заменён новым",
            told=nobody("О новом сертификате владелец узнаёт, когда его получает."),
        ),
    ),
)
