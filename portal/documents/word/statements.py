"""Masters of what a person signs for oneself: consents (T-06, T-07, T-28, T-29) and taking one back
(T-30).
"""

from portal.documents.word.paper import LEFT, LIST_END, RIGHT, Paper

TO_PRINCIPAL = (
    "{{ school.principal.post_dative|capitalize }} {{ school.short_genitive }}\n{{ school.principal.dative }}"
)


def pay(paper: Paper, settled: str, number: str = "", of: str = "Доплата") -> None:
    """The pay as it was settled; not settled when the paper is printed: two boxes for the pen, never a
    statement.
    """
    paper.control("if pay")
    paper.text(f"{number}{settled}")
    paper.control("else")
    paper.text(f"{number}{of} (отметьте нужное):")
    paper.text("☐ устанавливается в размере _______________________________;", LEFT)
    paper.text("☐ не устанавливается на основании _________________________.", LEFT)
    paper.control("endif")


def mentor_consent() -> Paper:
    paper = _statement("Заявление-согласие наставника", "mentor", "ЗАЯВЛЕНИЕ-СОГЛАСИЕ\nнаставника")
    paper.text(
        "Я, {{ mentor.full }}, {{ mentor.post }}, {{ mentor.by_gender('согласен', 'согласна') }} выполнять с "
        "{{ since|day }} по {{ until|day }} работу по наставничеству в отношении:"
    )
    paper.each("mentee in mentees", "– {{ mentee.genitive }}, {{ mentee.post_genitive }}" + LIST_END)
    paper.text("Цель наставничества: {{ goal }}.")
    paper.text("Содержание работы: {{ content }}.")
    paper.text("Форма работы: {{ form }}.")
    pay(paper, "Доплата: {{ pay }}.")
    paper.text(
        "Мне известно, что я вправе досрочно отказаться от наставничества, а работодатель – досрочно "
        "отменить поручение, "
        "предупредив об этом другую сторону не менее чем за три рабочих дня (статья 351.8 Трудового кодекса "
        "Российской Федерации)."
    )
    return _signed(paper, "mentor")


def mentee_consent() -> Paper:
    paper = _statement("Заявление-согласие наставляемого", "mentee", "ЗАЯВЛЕНИЕ-СОГЛАСИЕ\nнаставляемого")
    paper.text(
        "Я, {{ mentee.full }}, {{ mentee.post }}, {{ mentee.by_gender('согласен', 'согласна') }} "
        "участвовать с {{ since|day }} по {{ until|day }} "
        "в персонализированной программе наставничества с наставником {{ mentor.instrumental }}, {{ "
        "mentor.post_instrumental }}."
    )
    paper.text("Цель: {{ goal }}.")
    paper.text(
        "Показать наставнику мой профиль профессиональных затруднений ({{ 'отметьте нужное' if "
        "shows_profile is none else 'отмечено одно' }}):"
    )
    paper.text(
        "{{ '☒' if shows_profile is true else '☐' }} {{ mentee.by_gender('согласен', 'согласна') }};", LEFT
    )
    paper.text(
        "{{ '☒' if shows_profile is false else '☐' }} не {{ mentee.by_gender('согласен', 'согласна') }}.",
        LEFT,
    )
    return _signed(paper, "mentee")


def data_consent() -> Paper:
    paper = Paper("Согласие на обработку персональных данных")
    paper.heading("СОГЛАСИЕ\nна обработку персональных данных")
    paper.text(
        "Я, {{ person.full }}, {{ person.by_gender('зарегистрированный', 'зарегистрированная') }} по "
        "адресу: {{ address|blank(50) }},",
        LEFT,
    )
    paper.text("документ, удостоверяющий личность: {{ document|blank(40) }}", LEFT)
    paper.text("(вид, серия, номер, кем и когда выдан),", LEFT, size=11)
    paper.text(
        "свободно, своей волей и в своём интересе даю согласие на обработку моих персональных данных.", LEFT
    )
    paper.text("Оператор: {{ school.full_name }}, адрес: {{ school.address|blank(40) }}.")
    paper.text("Цель обработки: {{ purpose }}.")
    paper.text("Перечень персональных данных:")
    paper.each("one in items", "– {{ one }}" + LIST_END)
    paper.text("Действия с персональными данными: {{ actions }}; обработка смешанная.")
    paper.text("Согласие действует по {{ until|day }}. Его можно отозвать письменным заявлением оператору.")
    return _signed(paper, "person")


def distribution_consent() -> Paper:
    paper = Paper("Согласие на распространение персональных данных")
    paper.heading(
        "СОГЛАСИЕ\nна обработку персональных данных, разрешённых субъектом персональных данных для "
        "распространения"
    )
    paper.text(
        "Я, {{ person.full }}, контактная информация: {{ contacts|blank(30) }}, даю согласие на "
        "распространение моих персональных данных."
    )
    paper.text(
        "Оператор: {{ school.full_name }}, ИНН {{ school.inn|blank }}, ОГРН {{ school.ogrn|blank }}, адрес: "
        "{{ school.address|blank(40) }}."
    )
    paper.text("Информационные ресурсы оператора, на которых данные будут доступны всем:")
    paper.each("one in addresses", "– {{ one }}" + LIST_END)
    paper.text("Цель: {{ purpose }}.")
    paper.table(
        ("Персональные данные", "Разрешено к распространению", "Условия и запреты"),
        "row in items",
        ("{{ row.data }}", "{{ 'да' if row.allowed else 'нет' }}", "{{ row.condition or '–' }}"),
        (70, 40, 60),
    )
    paper.text("Условия передачи полученных персональных данных: {{ transfer }}.")
    paper.text(
        "Согласие действует по {{ until|day }}. Передачу данных прекращают по моему требованию в любое время."
    )
    return _signed(paper, "person")


def withdrawal() -> Paper:
    paper = _statement("Отзыв согласия", "person", "ЗАЯВЛЕНИЕ\nоб отзыве согласия")
    paper.text("Отзываю {{ consent }}, данное {{ given_on|day }} ({{ law }}).")
    paper.text("Требую прекратить обработку этих данных:")
    paper.each("one in items", "– {{ one }}" + LIST_END)
    paper.text("{{ demand }}")
    paper.text("Ответ прошу направить: {{ contacts|blank(40) }}.")
    return _signed(paper, "person")


def _statement(title: str, who: str, kind: str) -> Paper:
    paper = Paper(title)
    paper.text(TO_PRINCIPAL, RIGHT)
    paper.text(f"от {{{{ {who}.genitive }}}},\n{{{{ {who}.post_genitive }}}}", RIGHT)
    paper.heading(kind)
    return paper


def _signed(paper: Paper, who: str) -> Paper:
    paper.document.add_paragraph()
    paper.pair("{{ written_on|day }}", f"_______________ {{{{ {who}.signature }}}}")
    return paper
