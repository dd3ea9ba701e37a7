"""What is written into the journals beside transitions: each word, and what a reader takes it for. A test in
which another word is written fails; so does a word that nobody writes any more.
"""

from typing import Any

import pytest

from portal import audit

WORDS = {
    "accepted": "предложение стать экспертом принято",
    "added": "школа внесена",
    "appointed": "приглашён на должность города",
    "attached": "к практике приложен файл",
    "begun": "начата форма мониторинга",
    "campaign_cancelled": "кампания отменена городом",
    "campaign_closed": "сбор закончен городом",
    "campaign_open": "сбор продлён городом",
    "changed_as_expert": "сведения эксперта изменены",
    "chosen": "наставляемый выбрал, показать ли профиль",
    "copied": "программа взята из прежней",
    "counters_refused": "числа школы не приняты",
    "decided": "порядок школы решён",
    "declined": "предложение стать экспертом отклонено",
    "discarded": "черновик практики удалён",
    "drafted": "подготовлен приказ или практика",
    "edited": "изменено",
    "entered": "сотрудник внесён",
    "expert_answered": "ответ на предложение стать экспертом пришёл",
    "expert_assigned": "эксперт назначен",
    "expert_proposed": "эксперт предложен",
    "file_removed": "файл практики убран",
    "flow_seen": "изменение передаваемых чисел прочитано",
    "imported": "сотрудник принят из списка",
    "invitation_revoked": "приглашение отозвано",
    "invited": "приглашён",
    "invited_again": "приглашён ещё раз",
    "joined": "вошёл по приглашению",
    "joined_experts": "стал экспертом",
    "left_experts": "вышел из экспертов",
    "letter_retried": "письмо разбирается ещё раз",
    "letter_set_aside": "письмо отложено",
    "made": "карточка наставника составлена",
    "marked": "отмечено мероприятие программы",
    "membership_begun": "должность начата",
    "membership_period_changed": "срок должности изменён",
    "named": "реквизиты школы изменены",
    "named_not_to_ask": "назван, кого не спрашивать",
    "office_ended": "должность закончена",
    "office_given": "должность дана",
    "opening_asked": "попросили открыть школу",
    "pay_settled": "доплата записана",
    "planned": "запланировано",
    "prepared": "бумага подготовлена",
    "principal_invited": "директор приглашён",
    "proposed": "пара предложена",
    "rated": "результаты целей оценены",
    "received": "получено от школы",
    "recorded": "потребность записана",
    "recounted": "числа формы сосчитаны заново",
    "reminded": "напомнили о форме",
    "reviewed": "практика оценена",
    "row_mended": "строка списка исправлена",
    "token_issued": "ключ выдан",
    "token_revoked": "ключ отозван",
    "uploaded": "список загружен",
    "withdrawn": "приглашение на должность города отозвано",
    "written": "программа записана",
}
OF_TESTS = "counted "
"""Letters that tests count (`tests/tenancy/counting_letters.py`)."""


def listen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal takes known words only. Transitions write the verbs of their tables, past this door."""
    record = audit.record

    def known(by: Any, verb: str, *rest: Any, **more: Any) -> None:
        assert verb in WORDS or verb.startswith(OF_TESTS), (
            f"слово журнала, которого нет в journal_words.py: {verb}"
        )
        record(by, verb, *rest, **more)

    monkeypatch.setattr(audit, "record", known)
