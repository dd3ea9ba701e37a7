"""SM-1 for consents to personal data, and the two stages of loading a list."""

from portal.core import clock
from portal.core.actor import Actor
from portal.core.old_workflow import Extra, Guard, Transition, Workflow, by_time
from portal.staff import access
from portal.staff.models import PersonalConsent, StaffImport
from portal.staff.states import ConsentKind, ConsentState, ImportState

C, L = ConsentState, ImportState


def _has_scan(consent: PersonalConsent, by: Actor, extra: Extra) -> bool:
    return bool(extra.get("scan") or consent.scan_id)


def _date_is_known(consent: PersonalConsent, by: Actor, extra: Extra) -> bool:
    given = extra.get("given_on")
    return given is not None and given <= clock.today()


def _until_is_later(consent: PersonalConsent, by: Actor, extra: Extra) -> bool:
    until = consent.valid_until
    return until is None or until > (extra.get("given_on") or clock.today())


def _distribution_is_filled(consent: PersonalConsent, by: Actor, extra: Extra) -> bool:
    return consent.kind != ConsentKind.DISTRIBUTION or bool(
        consent.resources.strip() and consent.data_allowed
    )


def _stamp_given(consent: PersonalConsent, by: Actor, extra: Extra) -> None:
    consent.given_on, consent.scan = extra["given_on"], extra.get("scan") or consent.scan


def _stamp_withdrawn(consent: PersonalConsent, by: Actor, extra: Extra) -> None:
    consent.withdrawn_on, consent.reason = clock.today(), str(extra.get("comment") or "")


def _keep_reason(consent: PersonalConsent, by: Actor, extra: Extra) -> None:
    consent.reason = str(extra.get("comment") or "")


CONSENT = Workflow(
    "personal_consent",
    "Согласие на обработку данных",
    PersonalConsent,
    (
        Transition(
            "give",
            "Приложить подписанное согласие",
            (C.DRAFT,),
            C.GIVEN,
            access.can_give_consent,
            guards=(
                Guard("scan", "Приложите скан или фото подписанного согласия.", _has_scan, field="scan"),
                Guard(
                    "given_on",
                    "Укажите день, когда согласие подписали: не позже сегодняшнего.",
                    _date_is_known,
                    field="given_on",
                ),
                Guard(
                    "valid_until",
                    "Срок согласия уже прошёл. Подготовьте его с другим сроком.",
                    _until_is_later,
                ),
                Guard(
                    "distribution",
                    "Укажите, где и какие данные можно публиковать (152-ФЗ, ст. 10.1).",
                    _distribution_is_filled,
                ),
            ),
            effects=(_stamp_given,),
            document="T-28, T-29",
            seed="152-ФЗ ст. 9",
        ),
        Transition(
            "refuse",
            "Отказаться",
            (C.DRAFT,),
            C.REFUSED,
            access.can_withdraw_consent,
            effects=(_keep_reason,),
            quiet=True,
            final="Это согласие закроется. Если передумаете, подготовьте новое.",
        ),
        Transition(
            "withdraw",
            "Отозвать согласие",
            (C.GIVEN,),
            C.WITHDRAWN,
            access.can_withdraw_consent,
            effects=(_stamp_withdrawn,),
            document="T-30",
            quiet=True,
            final="Отозванное согласие не вернуть. Если передумаете, подготовьте новое.",
        ),
        Transition("expire", "Срок истёк", (C.GIVEN,), C.EXPIRED, by_time),
    ),
    code="SM-1",
)


def _has_good_rows(staff_import: StaffImport, by: Actor, extra: Extra) -> bool:
    return staff_import.good > 0


def _forget_trouble(staff_import: StaffImport, by: Actor, extra: Extra) -> None:
    staff_import.trouble = ""


def _keep_trouble(staff_import: StaffImport, by: Actor, extra: Extra) -> None:
    staff_import.trouble, staff_import.finished_at = str(extra.get("trouble", "")), clock.now()


def _keep_counts(staff_import: StaffImport, by: Actor, extra: Extra) -> None:
    for name, value in extra["counts"].items():
        setattr(staff_import, name, value)


def _stamp_finished(staff_import: StaffImport, by: Actor, extra: Extra) -> None:
    staff_import.finished_at = clock.now()


IMPORT = Workflow("staff_import", "Загрузка сотрудников", StaffImport, (
    Transition("start", "Проверить", (L.UPLOADED,), L.CHECKING, access.can_import_staff,
        effects=(_forget_trouble,), quiet=True),
    Transition("ready", "Проверено", (L.CHECKING,), L.READY, access.can_import_staff, effects=(_keep_counts,),
        quiet=True),
    Transition("fail", "Не прочитано", (L.UPLOADED, L.CHECKING), L.FAILED, access.can_import_staff,
        effects=(_keep_trouble,), quiet=True,
               final="Этот файл не прочитался: нужен другой."),
    Transition("confirm", "Принять", (L.READY, L.ACCEPTED), L.ACCEPTING, access.can_import_staff, guards=(
        Guard("nothing_new", "В файле нет строк, которые можно записать: все уже внесены или их нужно "
            "поправить.", _has_good_rows),)),
    Transition("finish", "Записано", (L.ACCEPTING,), L.ACCEPTED, access.can_import_staff,
        effects=(_keep_counts, _stamp_finished), quiet=True),
    Transition("stop", "Остановлено: у того, кто принял список, больше нет права", (L.ACCEPTING,), L.READY,
        by_time, quiet=True),
    Transition("cancel", "Не записывать список", (L.UPLOADED, L.READY), L.CANCELLED, access.can_import_staff,
        effects=(_stamp_finished,), quiet=True,
               final="Из этого файла ничего не запишется. Передумаете: загрузите его ещё раз."),
))  # fmt: skip
