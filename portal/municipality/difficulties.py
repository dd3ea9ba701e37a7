"""The 30 professional difficulties that the whole city calls alike; the code of each begins with its block
(domain.md §7.2; Положение 2.2, 6.1). A school asks its teachers about them, an expert of the city says by
them what one can judge.
"""

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
