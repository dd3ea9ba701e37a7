"""What may stand in the fields of a person (domain.md §3.3), each with the sentence that helps to mend
it.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portal.core import clock
from portal.core.person_names import name_troubles

AGE = (18, 85)
PED_STAGE = (Decimal(0), Decimal(60))
RATE = (Decimal("0.05"), Decimal("2.50"))
HOURS = (0, 48)
HIRED_AHEAD_DAYS = 92
"""An order of employment may be written before the first day of work, but not much earlier."""


def age_on(day: dt.date, birth_date: dt.date) -> int:
    """Full years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def troubles(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, sentence) for everything that cannot be; fields that are absent or None are not judged."""
    checks = (
        name_troubles,
        _birth,
        _hired,
        _stage,
        _stated,
        _category,
        _category_term,
        _rate,
        _hours,
        _email,
    )
    for check in checks:
        yield from check(values)


def _birth(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    born = values.get("birth_date")
    if born is None:
        return
    age = age_on(clock.today(), born)
    if not AGE[0] <= age <= AGE[1]:
        yield (
            "birth_date",
            f"По дате рождения возраст получается {max(age, 0)}, а должен быть от 18 до 85 лет. Проверьте "
            "год.",
        )


def _hired(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    hired, born = values.get("hired_on"), values.get("birth_date")
    if hired is None:
        return
    if hired > clock.today() + dt.timedelta(days=HIRED_AHEAD_DAYS):
        yield "hired_on", "Дата приёма слишком далеко впереди. Проверьте год."
    elif born is not None and age_on(hired, born) < 14:
        yield (
            "hired_on",
            "По датам получается, что на работу приняли ребёнка. Проверьте дату приёма и дату рождения.",
        )


def _stage(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    stage, born = values.get("ped_stage_years"), values.get("birth_date")
    if stage is None:
        return
    if not PED_STAGE[0] <= stage <= PED_STAGE[1]:
        yield "ped_stage_years", "Педагогический стаж бывает от 0 до 60 лет."
    elif born is not None and stage > max(age_on(clock.today(), born) - 14, 0):
        yield "ped_stage_years", "Стаж больше, чем позволяет возраст. Проверьте стаж и дату рождения."


def _category(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    on = values.get("category_on")
    if on is None:
        return
    if on > clock.today():
        yield "category_on", "Дата категории ещё не наступила. Проверьте год."
    elif values.get("category") in ("", "none"):
        yield "category_on", "Дата категории есть, а категории нет. Укажите категорию или уберите дату."


def _category_term(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    on, until = values.get("category_on"), values.get("category_until")
    if until is not None and values.get("category") in ("", "none"):
        yield "category_until", "Срок категории есть, а категории нет. Укажите категорию или уберите срок."
    elif on is not None and until is not None and until < on:
        yield "category_until", "Категория кончается раньше, чем дана. Проверьте обе даты."


def _stated(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    on = values.get("stage_on")
    if on is not None and on > clock.today():
        yield "stage_on", "Этот день ещё не наступил. Стаж называют на прошедший день или на сегодня."


def _rate(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    rate = values.get("rate")
    if rate is None:
        return
    if rate > RATE[1]:
        yield (
            "rate",
            "Ставка не может быть больше 2,5. Если человек работает на двух должностях, заполните две "
            "строки.",
        )
    elif rate < RATE[0]:
        yield "rate", "Ставка не может быть меньше 0,05."


def _hours(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    hours = values.get("hours_week")
    if hours is not None and not HOURS[0] <= hours <= HOURS[1]:
        yield "hours_week", "Часов в неделю бывает от 0 до 48."


def _email(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    email = values.get("email") or ""
    try:
        if email:
            validate_email(email)
    except ValidationError:
        yield "email", f"«{email[:60]}» не похоже на адрес почты. Он пишется так: ivanova@school5.ru."
