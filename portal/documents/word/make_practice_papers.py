"""Samples of papers about practices: the card (T-35), the expert's sheet (T-36), the protocol (T-37)."""

from portal.documents.word.paper import CENTER, LEFT, Paper


def practice_card() -> Paper:
    paper = Paper("Карточка практики наставничества")
    paper.document.add_paragraph("{{ title }}", style="Title").alignment = CENTER
    paper.text(
        "Карточка практики наставничества{% if code %} {{ code }}{% endif %}, редакция {{ version }}", CENTER
    )
    for name, value in (
        ("Школа", "school_name"),
        ("Авторы", "authors"),
        ("Номинация", "nomination"),
        ("Форма", "form"),
        ("Виды", "kinds"),
        ("Для кого", "target_group"),
        ("Ключевые слова", "keywords"),
    ):
        paper.text(name + f": {{{{ {value} }}}}", LEFT)
    for name, value in (
        ("Аннотация", "annotation"),
        ("Проблема", "problem"),
        ("Цель", "goal"),
        ("Задачи", "tasks"),
        ("Новизна", "novelty"),
    ):
        _section(paper, name, value)
    paper.heading("Технология", 1, LEFT)
    paper.table(
        ("Шаг", "Содержание", "Инструмент", "Срок"),
        "row in steps",
        ("{{ row.step }}", "{{ row.content }}", "{{ row.tool or '–' }}", "{{ row.duration or '–' }}"),
        (34, 76, 34, 26),
    )
    for name, value in (("Ресурсы", "resources"), ("Сроки", "timing")):
        _section(paper, name, value)
    paper.heading("Результаты", 1, LEFT)
    paper.table(
        ("Показатель", "До", "После", "Период"),
        "row in results",
        ("{{ row.indicator }}", "{{ row.before }}", "{{ row.after }}", "{{ row.period or '–' }}"),
        (80, 26, 26, 38),
    )
    paper.typed("quality")
    for name, value in (("Риски и ограничения", "risks"), ("Условия переноса в другую школу", "replication")):
        _section(paper, name, value)
    return paper


def expert_sheet() -> Paper:
    paper = Paper("Экспертный лист")
    paper.heading("ЭКСПЕРТНЫЙ ЛИСТ")
    for line in (
        "Практика: «{{ practice_title }}», {{ practice_school }}",
        "Номинация: {{ nomination }}",
        "Эксперт: {{ expert.full }}, {{ expert.post }}, {{ expert_place }}",
    ):
        paper.text(line, LEFT)
    paper.table(
        ("Критерий", "Балл (1–10)", "Комментарий"),
        "row in rows",
        ("{{ row.criterion }}", "{{ row.score }}", "{{ row.comment or '–' }}"),
        (60, 30, 80),
    )
    paper.text("Итого: {{ total }} из 50.", LEFT, bold=True)
    paper.text("Заключение:", LEFT, bold=True)
    paper.typed("comment")
    paper.text("Рекомендация: {{ recommendation }}.")
    paper.pair("{{ filled_on|day }}", "_______________ {{ expert.signature }}")
    return paper


def protocol() -> Paper:
    paper = Paper("Протокол экспертизы практик наставничества")
    paper.text("{{ commission }}", CENTER, bold=True)
    paper.heading("ПРОТОКОЛ\nэкспертизы практик наставничества")
    paper.pair("{{ held_on|day }}", "№ {{ number|blank }}")
    paper.text("{{ place }}", CENTER)
    paper.text(
        "Председатель: {% if chair %}{{ chair.initials }}{% else %}{{ ''|blank(30) }}{% endif %}", LEFT
    )
    paper.text("Секретарь: {{ secretary.initials }}", LEFT)
    paper.heading("Сводная ведомость", 2, LEFT)
    paper.table(
        ("Практика", "Эксперт и его балл", "Среднее", "Решение"),
        "row in rows",
        ("«{{ row.title }}», {{ row.school }}", "{{ row.listed }}", "{{ row.mean }}", "{{ row.decision }}"),
        (66, 46, 22, 36),
    )
    paper.signature("Председатель", "{% if chair %}{{ chair.signature }}{% else %}{{ ''|blank }}{% endif %}")
    paper.signature("Секретарь", "{{ secretary.signature }}")
    return paper


def _section(paper: Paper, name: str, value: str) -> None:
    paper.heading(name, 1, LEFT)
    paper.typed(value)
