"""The questionnaire of professional difficulties: 30 items; the code of each begins with its block
(domain.md §7.2; Положение 2.2, 6.1).
"""

from collections.abc import Iterable

ITEMS: dict[str, str] = {
    "subject.depth": "Глубина содержания предмета",
    "subject.advanced": "Задания повышенной сложности",
    "subject.oge": "Подготовка к ОГЭ",
    "subject.ege": "Подготовка к ЕГЭ",
    "subject.literacy": "Функциональная грамотность",
    "subject.links": "Межпредметные связи",
    "method.planning": "Рабочая программа и планирование",
    "method.lesson": "Конструирование урока по ФГОС",
    "method.assessment": "Формирующее оценивание",
    "method.differentiation": "Дифференциация",
    "method.projects": "Проектная деятельность",
    "method.self_analysis": "Самоанализ урока",
    "psy_ped.motivation": "Мотивация учеников",
    "psy_ped.discipline": "Дисциплина на уроке",
    "psy_ped.special_needs": "Дети с ОВЗ",
    "psy_ped.gifted": "Одарённые дети",
    "psy_ped.age": "Возрастные особенности",
    "psy_ped.burnout": "Профилактика выгорания",
    "communication.parents": "Разговор с родителями",
    "communication.colleagues": "Отношения с коллегами",
    "communication.administration": "Общение с администрацией",
    "communication.conflict": "Конфликты",
    "communication.speaking": "Публичное выступление",
    "communication.feedback": "Обратная связь ученику",
    "ict.journal": "Электронный журнал",
    "ict.my_school": "ФГИС «Моя школа»",
    "ict.interactive": "Интерактивные сервисы",
    "ict.distance": "Дистанционный урок",
    "ict.ai": "Инструменты искусственного интеллекта",
    "ict.safety": "Безопасность и персональные данные",
}
FREE = "free"
"""A difficulty in one's own words stands under this code (decisions.md)."""


def titles(items: Iterable[str], free: str = "") -> list[str]:
    """The items in words; the free one as the person wrote it."""
    known = [ITEMS[item] for item in items if item in ITEMS]
    return [*known, free] if free else known


def title(item: str, free: str = "") -> str:
    """One item in words."""
    return ITEMS.get(item, free or "Своими словами")
