"""What is written into the journals beside transitions: each word, and what a reader takes it for. A test in
which another word is written fails; so does a word that nobody writes any more.
"""

from typing import Any

import pytest

from portal import audit

WORDS = {
    "absence_begun": "отсутствие сотрудника записано",
    "absence_corrected": "отсутствие сотрудника исправлено",
    "absence_ended": "отсутствие сотрудника закончено",
    "absence_taken_back": "отсутствие сотрудника убрано как ошибочное",
    "access_answered": "город ответил, что стало с просьбой вернуть вход",
    "access_asked": "попросили вернуть человеку вход",
    "account_closed": "вход закрыт: год после последней должности",
    "account_opened_again": "вход открыт снова по приглашению",
    "accepted": "предложение стать экспертом принято",
    "added": "школа внесена",
    "address_asked": "попросили сменить почту для входа или второй шаг",
    "address_cancelled": "смена почты для входа отменена",
    "address_done": "почта для входа сменилась",
    "address_moved": "место работы сменилось, и вход остался прежним",
    "address_not_taken": "новый адрес почту для входа не принял",
    "address_refused": "другое место не согласилось, и вход остался прежним",
    "address_stopped": "смена почты для входа остановлена по ссылке",
    "agreed": "вернуть человеку вход согласились",
    "agreement_asked": "другая школа просит вернуть человеку вход",
    "appointed": "приглашён на должность города",
    "attached": "к практике приложен файл",
    "begun": "начата форма мониторинга",
    "calendar_loaded": "загружен производственный календарь",
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
    "dismissal_taken_back": "увольнение отменено как ошибочное",
    "disagreed": "вернуть человеку вход не согласились",
    "dismissed": "увольнение записано",
    "divided": "карточка разделена на две",
    "drafted": "подготовлен приказ или практика",
    "edited": "изменено",
    "entered": "сотрудник внесён",
    "entry_added": "строка справочника добавлена",
    "entry_changed": "строка справочника изменена",
    "entry_offered": "строку справочника снова предлагают",
    "entry_put_away": "строку справочника больше не предлагают",
    "expert_answered": "ответ на предложение стать экспертом пришёл",
    "expert_assigned": "эксперт назначен",
    "expert_proposed": "эксперт предложен",
    "former_name_added": "прежнее имя записано",
    "former_name_corrected": "прежнее имя исправлено",
    "former_name_taken_away": "прежнее имя убрано как ошибочное",
    "file_removed": "файл практики убран",
    "flow_seen": "изменение передаваемых чисел прочитано",
    "guest_invited": "гость школы записан",
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
    "merge_undone": "объединение карточек отменено",
    "merged": "две карточки объединены в одну",
    "name_doubted": "приглашение принято под другим именем",
    "name_answered": "на имя из карточки ответили",
    "named": "название в документах изменено",
    "named_not_to_ask": "назван, кого не спрашивать",
    "office_ended": "должность закончена",
    "office_given": "должность дана",
    "opening_asked": "попросили открыть школу",
    "pay_settled": "доплата записана",
    "planned": "запланировано",
    "position_added": "сотруднику записана ещё одна должность",
    "position_changed": "должность сотрудника изменена",
    "position_given_up": "должность сотрудника убрана",
    "prepared": "бумага подготовлена",
    "stay_corrected": "дни гостя исправлены",
    "stay_prolonged": "дни гостя продлены",
    "stay_shortened": "дни гостя закончатся раньше",
    "stay_taken_back": "дни гостя убраны как ошибочные",
    "principal_invited": "директор приглашён",
    "proposed": "пара предложена",
    "rated": "результаты целей оценены",
    "renamed": "имя сменилось",
    "received": "получено от школы",
    "recognised_other": "приглашение принял другой человек",
    "recognised_same": "принявшего приглашение узнали",
    "recognition_asked": "школу спросили, тот ли человек принял приглашение",
    "recorded": "потребность записана",
    "recounted": "числа формы сосчитаны заново",
    "reminded": "напомнили о форме",
    "reviewed": "практика оценена",
    "row_decided": "о строке списка решено",
    "row_mended": "строка списка исправлена",
    "taken_on_again": "человек принят снова",
    "text_loaded": "загружен свой текст Положения",
    "text_split": "текст разделён на главы",
    "token_issued": "ключ выдан",
    "token_revoked": "ключ отозван",
    "uploaded": "список загружен",
    "withdrawn": "приглашение на должность города отозвано",
    "word_added": "слово поиска добавлено",
    "word_changed": "слово поиска изменено",
    "word_put_away": "слово поиска убрано",
    "word_used": "слово поиска снова понимается",
    "written": "программа записана",
    "young_decided": "школа решила, до какого стажа педагог молодой",
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
