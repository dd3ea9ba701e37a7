"""What the component page shows; the people and schools are invented."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from portal.core import clock
from portal.core.aside import Advice, Glance, Measure
from portal.core.next_steps import Holder, NextStep
from portal.core.workflow import Guard, Offer, Transition
from portal.ui.fields import CardField, DateField, UploadField
from portal.ui.forms import PageForm
from portal.ui.parts import Concern, Difference, Facet, Kpi, Line, Table, lane_of
from portal.ui.shell import MenuItem

LONG = (
    "Черновик",
    "Соглашение подписано",
    "Школа открыта",
    "Директор вошёл",
    "Куратор назначен",
    "Положение действует",
    "Сотрудники внесены",
    "Работает",
)


@dataclass(frozen=True)
class Colour:
    """A colour of the sheet: its name, its class, its token."""

    name: str
    token: str
    full: str = ""

    @property
    def variable(self) -> str:
        return f"--e-{self.full or self.token}"


COLOURS = [
    Colour("Бумага", "paper"),
    Colour("Лист", "surface"),
    Colour("Углубление", "sunk"),
    Colour("Текст", "ink"),
    Colour("Второй текст", "ink-2"),
    Colour("Граница поля", "line", "line-strong"),
    Colour("Чернила", "brand", "brand-solid"),
    Colour("Палочка", "baton", "baton-fill"),
    Colour("Город", "city", "head-city"),
    Colour("Порядок", "ok"),
    Colour("Внимание", "warn"),
    Colour("Срочно", "bad"),
]


class SampleForm(PageForm):
    """Each kind of field once."""

    topic = forms.CharField(
        label="Тема встречи", help_text="Одной фразой, как сказали бы коллеге.", max_length=200
    )
    held_on = DateField(label="Дата приказа")
    form = forms.ChoiceField(
        label="Форма наставничества", choices=[("pp", "Педагог — педагог"), ("rp", "Руководитель — педагог")]
    )
    hours = forms.DecimalField(label="Часы", max_digits=4, decimal_places=1, required=False)
    how = CardField(
        label="Как прошла встреча",
        choices=[("held", "Состоялась"), ("moved", "Перенесли")],
        notes={"held": "очно, 45 минут", "moved": "выберем новый день"},
    )
    note = forms.CharField(label="Заметка", widget=forms.Textarea, required=False)
    scan = UploadField(label="Скан", required=False)
    copy = forms.BooleanField(label="Прислать копию на почту", required=False)


def sample_steps() -> list[NextStep]:
    today = clock.today()
    return [
        NextStep(
            "meeting",
            "Отметить встречу с Верой Андреевной",
            "Пятница, 20 ноября. Осталось два нажатия.",
            "#",
            "Отметить встречу",
            due=today - dt.timedelta(days=2),
        ),
        NextStep(
            "approve",
            "Утвердить программу: Орлова и Белов",
            "ШМО согласовало без замечаний.",
            "#",
            "Открыть",
            icon="map",
        ),
    ]


def sample_glance() -> Glance:
    measures = (
        Measure(
            "Следующая встреча",
            text="среда, 25 ноября, 14:20",
            note="«Вопросы, на которые отвечает весь класс»",
        ),
        Measure("Встречи в ноябре", 2, 4),
        Measure("Дела программы", 9, 21),
    )
    about = "учитель математики, первый год"
    pair = {
        "mentor": "Кравцов Борис Ильич",
        "mentee": "Соколова Вера Андреевна",
        "name": "Соколова Вера Андреевна",
        "about": about,
    }
    return Glance("Ваша пара", measures, url="#", link="Открыть страницу пары", **pair)


def sample_waits() -> list[NextStep]:
    today = clock.today()
    return [
        NextStep(
            "survey",
            "Вера Андреевна заполняет анкету адаптации",
            "12-я неделя. Её ответы портал вам не показывает.",
            "",
            who=Holder.outside("Соколова Вера Андреевна"),
            due=today + dt.timedelta(days=11),
        )
    ]


def sample_offers() -> list[Offer]:
    def row(verb: str, label: str, **more: Any) -> Transition[Any, Any]:
        return Transition(
            verb=verb,
            label=label,
            sources=("draft",),
            target="next",
            rule=lambda by, obj: True,
            journal=label,
            **more,
        )

    missing: Guard[Any] = Guard("scan", "Приложите скан подписанного приказа.", lambda obj, by: False)
    return [
        Offer(row("approve", "Утвердить программу"), ()),
        Offer(row("give_back", "Вернуть с замечаниями", needs_comment=True), ()),
        Offer(row("register", "Зарегистрировать приказ"), (missing,)),
    ]


def sample_table() -> Table:
    return Table(
        ["Месяц", "этот год", "прошлый"],
        [
            ["сентябрь", "58", "49"],
            ["октябрь", "76", "63"],
            ["ноябрь", "84", "71"],
            ["декабрь", "нет данных", "74"],
        ],
        plot=(1, 2),
        units="%",
    )


def sample_bars() -> Table:
    return Table(
        ["Состояние", "Пар"],
        [["предложена", 4], ["сбор согласий", 5], ["проект приказа", 3], ["действует", 38]],
    )


def sample_advice() -> Advice:
    return Advice(
        "Вы часто записываете встречи после девяти вечера",
        "4 из 8 последних записей. Этот совет видите только вы.",
        "#",
        "Выбрать время",
        "#",
    )


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Everything that the component page needs."""
    bad = SampleForm({"topic": "Листы самооценки в 5 «Б»", "held_on": "31.11.2026", "form": "pp", "how": ""})
    return {
        "colours": COLOURS,
        "steps": sample_steps(),
        "waits": sample_waits(),
        "glance": sample_glance(),
        "advice": sample_advice(),
        "offers": sample_offers(),
        "line_chart": sample_table(),
        "bar_chart": sample_bars(),
        "sample": {"form": SampleForm(initial={"topic": "Листы самооценки в 5 «Б»"})},
        "bad": {"form": bad},
        "lane": lane_of(
            [
                ("draft", "Черновик"),
                ("school", "Школа"),
                ("city", "Эксперты города"),
                ("out", "Опубликована"),
            ],
            "city",
            note="до 4 декабря",
        ),
        "stopped": lane_of(
            [("offer", "Предложена"), ("consent", "Согласия"), ("order", "Приказ"), ("active", "Действует")],
            "consent",
            stopped="Отказ",
            note="причину видит только автор",
        ),
        **_figures(),
        **_lines(),
        "facts": [("Следующая встреча", "среда, 25 ноября, 14:20"), ("Форма", "педагог — педагог")],
        "goes": ["текст практики, версия 3", "имена двух авторов, согласия есть"],
        "stays": ["имена наставляемых и учеников", "обсуждение в ШМО"],
        "ticks": [("ok", "согласия получены"), ("no", "нет скана приказа")],
        "facets": [("Предмет", [Facet("Математика", "#", 12, True), Facet("Русский язык", "#", 7)])],
        "differences": [
            Difference(
                "topic", "Тема встречи", ["Листы самооценки в 5 «Б»"], ["Листы самооценки"], bad["topic"]
            )
        ],
        "links": [("Скачать Word", "#"), ("Скачать PDF", "#")],
        "jump": [("Кто что должен", "#turn"), ("Программа", "#plan")],
    }


def _figures() -> dict[str, Any]:
    """What is shown in numbers and steps."""
    return {
        "practice_steps": [
            {"step": "Договориться о правилах", "content": "На первой встрече."},
            {
                "step": "Провести урок",
                "content": "Вместе с наставником.",
                "tool": "конспект",
                "duration": "45 минут",
            },
        ],
        "kpis": [
            Kpi("Молодые педагоги с наставником", 84, "%", "61 из 73"),
            Kpi("Действующие пары", 38, "", "из 60 за год"),
            Kpi("Форма сдана", 9, "из 12", "срок 17 ноября"),
        ],
    }


def sample_concerns() -> list[Concern]:
    return [
        Concern(
            "Школа № 11: нет куратора после 02.11.2026",
            "Прежний куратор был до 02.11.2026.",
            "#",
            "Открыть карточку школы",
            "срочно",
            "bad",
            "person-x",
        ),
        Concern(
            "Школа № 4: форма возвращена с замечаниями",
            "Эстафета у школы с 19.11.2026.",
            "#",
            "Прочитать замечания",
            "внимание",
            "warn",
            "arrow-counterclockwise",
        ),
    ]


def _lines() -> dict[str, Any]:
    """What stands in rows: concerns, links, a long lane, the journal."""
    return {
        "journal": [
            Line(dt.date(2026, 11, 20), "Пара предложена", "Мельникова А. В."),
            Line(dt.date(2026, 11, 12), "Записана потребность", "Мельникова А. В."),
        ],
        "concerns": sample_concerns(),
        "rows": [
            MenuItem("Что дальше", "#", "signpost-split", 3, True),
            MenuItem("Банк практик", "#", "journals"),
        ],
        "long_lane": lane_of([(str(n), title) for n, title in enumerate(LONG)], "4"),
    }
