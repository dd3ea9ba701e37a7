"""Writes the master templates: `python -m portal.documents.word.make_templates`. Run it after a change and
commit both.
"""

from collections.abc import Callable
from pathlib import Path

from docx.shared import Pt

from portal.documents.archives import undated
from portal.documents.word import saved, statements
from portal.documents.word.make_practice_papers import expert_sheet, practice_card, protocol
from portal.documents.word.paper import CENTER, LEFT, LIST_END, Paper

FOLDER = Path(__file__).parent
APPROVED = (
    "УТВЕРЖДЕНО",
    "приказом {{ school.principal.post_genitive }}",
    "{{ school.short_genitive }}",
    "от {{ approved_on|day }}",
    "№ {{ approved_no|blank }}",
)


def _polozhenie() -> Paper:
    paper = Paper("Положение о системе наставничества педагогических работников")
    paper.organisation()
    paper.document.add_paragraph()
    paper.stamps(
        ("ПРИНЯТО", "педагогическим советом", "протокол от {{ adopted_on|day }} № {{ adopted_no|blank }}"),
        APPROVED,
    )
    paper.stamps(
        (
            "СОГЛАСОВАНО",
            "председатель первичной профсоюзной организации",
            "_____________ {{ union_chair|blank }}",
            "{% if agreed_no %}протокол от {{ agreed_on|day }} № {{ agreed_no }}{% else %}{{ agreed_on|day "
            "}}{% endif %}",
        ),
        ("",),
    )
    paper.document.add_paragraph("Положение {{ title }}", style="Title").alignment = CENTER
    paper.control("for chapter in chapters")
    paper.heading("{{ chapter.id }}. {{ chapter.title }}")
    paper.control("for one in chapter.paragraphs")
    paper.control('if one.kind in ["heading", "subheading"]')
    paper.heading("{{ one.number }}{{ ' ' if one.number }}{{ one.text }}", 2, LEFT)
    paper.control("else")
    paper.text("{{ one.number }}{{ ' ' if one.number }}{{ one.text }}")
    paper.control("endif")
    paper.control("endfor")
    paper.control("endfor")
    return paper


def _curator_order() -> Paper:
    paper = Paper("Приказ о назначении куратора")
    paper.order(
        "О назначении куратора реализации программ наставничества",
        "В соответствии с пунктом 6.1 Положения о системе наставничества педагогических работников, статьёй "
        "351.8 Трудового кодекса Российской Федерации",
    )
    paper.text(
        "1. Назначить {{ curator.accusative }}, {{ curator.post_accusative }}, куратором реализации "
        "персонализированных "
        "программ наставничества с {{ since|day }}{% if until %} по {{ until|day }}{% endif %}."
    )
    paper.text("2. {{ curator.dative }}:")
    paper.each("duty in duties", "2.{{ loop.index }}. {{ duty }}")
    paper.text("3. Контроль за исполнением приказа оставляю за собой.")
    paper.principal()
    paper.acquainted("one in [curator]")
    return paper


def _pair_order() -> Paper:
    paper = Paper("Приказ о закреплении наставнических пар")
    paper.order(
        "О закреплении наставнических пар (групп)",
        "В соответствии с Положением о системе наставничества педагогических работников, статьёй 351.8 "
        "Трудового кодекса "
        "Российской Федерации, на основании: {{ grounds|join('; ') }}",
    )
    paper.text("1. Закрепить:")
    paper.each(
        "row in rows",
        "1.{{ loop.index }}. за {% for one in row.mentees %}{{ one.instrumental }}, {{ "
        "one.post_instrumental }}, {% endfor %}"
        "наставником {{ row.mentor.accusative }}, {{ row.mentor.post_accusative }}" + LIST_END,
    )
    paper.table(
        ("№", "Наставник", "Наставляемый", "Форма, модель", "Виды", "Период", "Цель программы"),
        "row in rows",
        (
            "{{ loop.index }}",
            "{{ row.mentor.full }}, {{ row.mentor.post }}{% if row.mentor_details %}, {{ row.mentor_details "
            "}}{% endif %}",
            "{% for one in row.mentees %}{{ one.full }}, {{ one.post }}{{ '; ' if not loop.last }}{% endfor "
            "%}"
            "{% if row.mentee_details %}; категория: {{ row.mentee_details }}{% endif %}",
            "{{ row.form }}",
            "{{ row.kinds }}",
            "{{ row.since|day }} – {{ row.until|day }}",
            "{{ row.goal }}",
        ),
        (7, 27, 30, 26, 31, 23, 26),
        size=9.5,
    )
    paper.text("2. Наставникам представлять отчёты: {{ reporting }}.")
    statements.pay(paper, "{{ pay }}", "3. ", "Доплата наставнику")
    paper.text(
        "4. Контроль за исполнением приказа возложить на {{ curator.accusative }}, {{ "
        "curator.post_accusative }}."
    )
    paper.principal()
    paper.acquainted("one in acquainted")
    return paper


def _agreement() -> Paper:
    paper = Paper("Дополнительное соглашение к трудовому договору")
    paper.heading(
        "ДОПОЛНИТЕЛЬНОЕ СОГЛАШЕНИЕ № {{ number|blank }}\nк трудовому договору от {{ contract_on|day }} № {{ "
        "contract_no|blank }}"
    )
    paper.pair("{{ school.place }}", "{{ signed_on|day }}")
    paper.text(
        "{{ school.full_name }} в лице {{ school.principal.post_genitive }} {{ school.principal.genitive }}, "
        "{{ school.principal.by_gender('действующего', 'действующей') }} на основании Устава, далее – "
        "Работодатель, "
        "и {{ employee.full }}, {{ employee.post }}, далее – Работник, на основании статьи 351.8 Трудового "
        "кодекса Российской "
        "Федерации заключили настоящее соглашение."
    )
    for line in (
        "1. Работодатель поручает, а Работник с письменного согласия выполняет работу по наставничеству: {{ "
        "content }}.",
        "2. Форма выполнения работы: {{ form }}.",
        "3. Срок выполнения работы: с {{ since|day }} по {{ until|day }}.",
    ):
        paper.text(line)
    statements.pay(
        paper,
        "Доплата: {{ pay }}.{% if pay_condition %} Условия выплаты: {{ pay_condition }}.{% endif %}",
        "4. ",
    )
    for line in (
        "5. Работник вправе досрочно отказаться от наставничества, а Работодатель – досрочно отменить "
        "поручение, "
        "предупредив другую сторону не менее чем за три рабочих дня.",
        "6. Остальные условия трудового договора не меняются.",
        "7. Соглашение составлено в двух экземплярах, по одному для каждой стороны, и действует со дня "
        "подписания.",
    ):
        paper.text(line)
    paper.principal()
    paper.signature("Работник", "{{ employee.signature }}")
    copy = paper.text(
        "Экземпляр соглашения {{ employee.by_gender('получил', 'получила') }}: __________ «____» __________ "
        "20____ г.",
        LEFT,
    )
    copy.paragraph_format.space_before = Pt(18)
    return paper


def _change_order() -> Paper:
    paper = Paper("Приказ о внесении изменений в приказ")
    paper.order(
        "О внесении изменений в приказ от {{ of_day|day }} № {{ of_number }}",
        "{% if grounds %}На основании {{ grounds }}{% else %}В связи с изменившимися обстоятельствами{% "
        "endif %}",
    )
    paper.text(
        "1. Внести в приказ от {{ of_day|day }} № {{ of_number }} «{{ of_title }}» следующие изменения:"
    )
    paper.each("one in changes", "1.{{ loop.index }}. {{ one }}")
    paper.text("2. В остальном приказ от {{ of_day|day }} № {{ of_number }} действует без изменений.")
    paper.text("3. Контроль за исполнением приказа оставляю за собой.")
    paper.principal()
    paper.acquainted("one in acquainted")
    return paper


def _pay_order() -> Paper:
    paper = Paper("Приказ об установлении доплаты за наставничество")
    paper.order(
        "Об установлении доплаты за наставничество",
        "В соответствии со статьёй 351.8 Трудового кодекса Российской Федерации, локальным актом «{{ act "
        "}}», на основании: {{ grounds|join('; ') }}",
    )
    paper.text("1. Установить доплату за наставничество:")
    paper.table(
        ("Фамилия, имя, отчество", "Размер", "С", "По", "Основание"),
        "row in rows",
        (
            "{{ row.person.full }}, {{ row.person.post }}",
            "{{ row.size }}",
            "{{ row.since|day }}",
            "{{ row.until|day }}",
            "{{ row.basis }}",
        ),
        (44, 34, 27, 27, 38),
        size=10,
    )
    paper.text("2. Источник выплаты: {{ source }}.")
    paper.text("3. Контроль за исполнением приказа оставляю за собой.")
    paper.principal()
    paper.acquainted("one in rows|map(attribute='person')")
    return paper


def _title_page(paper: Paper) -> None:
    """The marks above, the name of the programme, its people."""
    paper.organisation()
    paper.document.add_paragraph()
    paper.stamps(
        (
            "{%p for one in agreed %}",
            "СОГЛАСОВАНО",
            "{{ one.person.post }}",
            "_____________ {{ one.person.signature }}",
            "{{ one.day|day }}",
            "",
            "{%p endfor %}",
            "",
        ),
        (
            "УТВЕРЖДАЮ",
            "{{ approved_by.post }} {{ school.short_genitive }}",
            "_____________ {{ approved_by.signature }}",
            "{{ approved_on|day }}",
        ),
    )
    title = paper.document.add_paragraph("Персонализированная программа наставничества", style="Title")
    title.alignment, title.paragraph_format.space_before = CENTER, Pt(96)
    paper.text(
        "{{ year }}{{ ', ' if year }}редакция {{ version }}", CENTER
    ).paragraph_format.space_after = Pt(24)
    paper.text("Наставник: {{ mentor.full }}, {{ mentor.post }}", LEFT)
    paper.each(
        "one in mentees",
        "{{ one.by_gender('Наставляемый', 'Наставляемая') }}: {{ one.full }}, {{ one.post }}",
        align=LEFT,
    )
    paper.text("{{ school.place }}", CENTER).paragraph_format.space_before = Pt(120)
    paper.page_break()


def _programme() -> Paper:
    paper = Paper("Персонализированная программа наставничества")
    _title_page(paper)
    paper.heading("1. Пояснительная записка")
    paper.text("Срок реализации: с {{ since|day }} по {{ until|day }}.")
    for name, value in (
        ("Проблема", "problem"),
        ("Цель", "goal"),
        ("Задачи", "tasks"),
        ("Форма наставничества", "form"),
        ("Ролевая модель", "role_model"),
        ("Виды наставничества", "kinds"),
        ("Участники и роли", "roles"),
        ("Режим работы", "mode"),
        ("Ожидаемые результаты", "expected"),
        ("Способы оценки", "evaluation"),
    ):
        paper.control(f"if {value}")
        paper.heading(name, 2, LEFT)
        paper.typed(value)
        paper.control("endif")
    _plan(paper)
    paper.heading("3. Лист корректировки")
    paper.control("if corrections")
    paper.table(
        ("Дата", "Редакция", "Что и почему изменено"),
        "row in corrections",
        ("{{ row.day|day }}", "{{ row.what }}", "{{ row.why }}"),
        (34, 40, 183),
    )
    paper.control("else")
    paper.text("Изменений не было.", LEFT)
    paper.control("endif")
    paper.signature("Наставник", "{{ mentor.signature }}")
    paper.control("for one in mentees")
    paper.signature("{{ one.by_gender('Наставляемый', 'Наставляемая') }}", "{{ one.signature }}")
    paper.control("endfor")
    return paper


def _plan(paper: Paper) -> None:
    """The plan is wide: its page lies on its side."""
    paper.landscape()
    paper.heading("2. План мероприятий")
    paper.table(
        (
            "№",
            "Направление, затруднение",
            "Мероприятие (содержание)",
            "Форма",
            "Срок",
            "Ответственный",
            "Планируемый результат",
            "Отметка о выполнении",
            "Подтверждение",
        ),
        "row in rows",
        (
            "{{ loop.index }}",
            "{{ row.difficulty }}",
            "{{ row.content }}",
            "{{ row.form }}",
            "{{ row.term }}",
            "{{ row.responsible }}",
            "{{ row.expected }}",
            "{{ row.done }}",
            "{{ row.evidence }}",
        ),
        (8, 31, 29, 38, 28, 33, 30, 27, 33),
        size=10,
    )


MASTERS: dict[str, Callable[[], Paper]] = {
    "T-00": _change_order,
    "T-02": _polozhenie,
    "T-04": _curator_order,
    "T-06": statements.mentor_consent,
    "T-07": statements.mentee_consent,
    "T-08": _pair_order,
    "T-09": _agreement,
    "T-10": _pay_order,
    "T-11": _programme,
    "T-28": statements.data_consent,
    "T-29": statements.distribution_consent,
    "T-30": statements.withdrawal,
    "T-35": practice_card,
    "T-36": expert_sheet,
    "T-37": protocol,
}


def make_all(folder: Path = FOLDER) -> None:
    """Writes every master into the folder; one that says what it said stays the same file."""
    for code, make in MASTERS.items():
        path, made = folder / f"{code}.docx", saved(make().document)
        if not path.exists() or undated(path.read_bytes()) != made:
            path.write_bytes(made)


if __name__ == "__main__":
    make_all()
