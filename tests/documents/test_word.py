"""Every Word template with its sample: complete, in the right case, safe against what people type."""

import datetime as dt
import re
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any

import pytest
import time_machine

from portal.core.errors import Invalid
from portal.documents import word
from portal.documents.forms import FORMS, Form, samples
from portal.documents.forms.orders import CuratorOrder
from portal.documents.forms.pairs import PairOrder
from portal.documents.forms.polozhenie import ActChapter, ActParagraph, PolozhenieForm
from portal.documents.word.make_templates import make_all
from portal.local_acts import polozhenie
from tests.documents.reading import is_whole, opened, text_of

EXPECTED = {
    "T-00": ("О внесении изменений в приказ от 28.09.2026 № 118-ОД", "1.1. В пункте 1 слова",
        "действует без изменений", "№ 131-ОД"),
    "T-02": ("ПРИНЯТО", "СОГЛАСОВАНО", "УТВЕРЖДЕНО", "приказом директора", "протокол от 28.08.2026 № 1",
        "1. Общие положения", "1.1. Настоящее"),
    "T-04": ("Назначить Соколову Веру Андреевну, заместителя директора по", "Соколовой Вере Андреевне:",
        "2.7. "),
    "T-06": ("согласен выполнять", "Директору", "Беловой Ирине Павловне", "от Шевченко Олега Ильича",
        "учителя математики", "в отношении", "– Ким Анны Сергеевны",
             "три рабочих дня", "Цель наставничества: уверенно"),
    "T-07": ("согласна участвовать", "☒ согласна;", "☐ не согласна.", "от Ким Анны Сергеевны",
        "с наставником Шевченко Олегом Ильичом, учителем математики"),
    "T-08": (
        "за Ким Анной Сергеевной, учителем математики, наставником Шевченко Олега Ильича",
        "01.10.2026 – 31.05.2027", "на Соколову Веру Андреевну, заместителя директора",
    ),
    "T-09": ("в лице директора Беловой Ирины Павловны, действующей на основании Устава", "три рабочих дня"),
    "T-10": ("3 000 ₽", "Шевченко Олег Ильич"),
    "T-11": ("УТВЕРЖДАЮ", "директор МБОУ «СШ № 5»", "_____________ И. П. Белова", "СОГЛАСОВАНО",
        "Ролевая модель", "Взаимопосещение".lower(), "Лист корректировки"),
    "T-28": ("Оператор: Муниципальное бюджетное", "214000", "зарегистрированная по адресу: ____", "отозвать"),
    "T-29": ("ИНН 6700000005", "https://school5.example.org/mentors/", "фотография"),
    "T-30": ("от Шевченко Олега Ильича", "Отзываю согласие на обработку", "28.09.2026", "тридцати дней"),
    "T-35": ("Урок вдвоём", "шаблон плана", "85"),
    "T-36": ("Черных Пётр Львович", "17 из 50"),
    "T-37": ("Черных П. Л.", "41,0", "П. Л. Черных", "Шевченко О. И.\n42", "Ким А. С.\n40"),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=[form.template for form in FORMS])
def test_sample(form: type[Form]) -> None:
    sample = form.sample()
    content = sample.docx()
    text = text_of(content)
    for expected in EXPECTED[form.template]:
        assert expected in text
    assert is_whole(text)
    document = opened(content)
    assert document.core_properties.title == form.subject
    assert document.core_properties.language == "ru-RU"
    section = document.sections[0]
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(margin.mm) for margin in margins] == [25, 15, 20, 20]
    assert any(one.style.name.startswith(("Heading", "Title")) for one in document.paragraphs)
    lined = [table for table in document.tables if table.style.name == "Table Grid"]
    assert all("tblHeader" in table.rows[0]._tr.xml for table in lined)


@pytest.mark.parametrize("form", FORMS, ids=[form.template for form in FORMS])
def test_what_may_be_left_out_leaves_no_gap(form: type[Form]) -> None:
    """«Карточка практики , редакция 1» was printed of every practice that the city had not numbered yet."""
    sample = form.sample()
    left_out: dict[str, Any] = {one.name: one.default for one in fields(sample) if one.default is not MISSING}
    left_out |= {
        one.name: one.default_factory() for one in fields(sample) if one.default_factory is not MISSING
    }
    text = text_of(replace(sample, **left_out).docx())
    gaps = re.findall(r".*(?:[^\W_]\s[,.;:](?=\s|$)|^[,.;:]|[^\W_]  [^\W_]|,,|«»|\(\)).*", text, re.M)
    assert not gaps


@pytest.mark.parametrize("form", FORMS, ids=[form.template for form in FORMS])
def test_the_same_content_is_the_same_bytes_on_another_day(form: type[Form]) -> None:
    """The print of a signed paper is of what it says; and two seedings of a day give equal papers."""
    with time_machine.travel(dt.datetime(2026, 9, 1, tzinfo=dt.UTC)):
        first = form.sample().signed()
    with time_machine.travel(dt.datetime(2026, 11, 29, 12, 30, tzinfo=dt.UTC)):
        assert form.sample().signed() == first


def test_every_master_has_a_form_and_is_as_its_script_says(tmp_path: Path) -> None:
    make_all(tmp_path)
    codes = [form.template for form in FORMS]
    assert word.template_names() == sorted(codes)
    for code in codes:
        assert (
            opened((word.FOLDER / f"{code}.docx").read_bytes()).element.xml
            == opened((tmp_path / f"{code}.docx").read_bytes()).element.xml
        )


def test_what_people_type_is_only_text() -> None:
    order = PairOrder.sample()
    typed = "<b>5 & 6</b> {{ school }} \x00\x0bурок\nвторая строка"
    text = text_of(replace(order, rows=(replace(order.rows[0], goal=typed),)).docx())
    assert "<b>5 & 6</b> {{ school }} урок" in text
    assert "вторая строка" in text


def test_an_unsigned_order_has_lines_to_write_on() -> None:
    text = text_of(replace(CuratorOrder.sample(), number="", signed_on=None).docx())
    assert "№ ____" in text
    assert "«____» ______________ 20____ г." in text


@pytest.mark.covers("T-04")
def test_only_a_deputy_becomes_a_curator() -> None:
    with pytest.raises(Invalid, match="заместител"):
        replace(CuratorOrder.sample(), curator=samples.MENTOR)


def test_a_missing_value_or_template_is_said_clearly() -> None:
    with pytest.raises(word.WordError, match=r"T-04.*curator"):
        word.render_docx("T-04", {"school": samples.SCHOOL, "number": "", "signed_on": None})
    with pytest.raises(word.WordError, match="T-99"):
        word.render_docx("T-99", {})


@pytest.mark.covers("T-02")
def test_the_whole_polozhenie_is_printed() -> None:
    act = polozhenie.load_template()
    act = act.filled({**act.sample_values, "school_genitive": samples.SCHOOL.genitive})
    chapters = tuple(
        ActChapter(one.title, tuple(ActParagraph(p.kind, p.number, p.text) for p in one.paragraphs))
        for one in act.chapters
    )
    text = text_of(PolozhenieForm(samples.SCHOOL, chapters).docx())
    assert all(paragraph.text in text for paragraph in act.paragraphs())
    assert "«Средняя школа № 5»" in text
