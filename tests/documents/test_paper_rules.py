"""What holds for every paper of the catalogue: a draft says so, nothing is stated for the person's pen,
number and initials stay together.
"""

import re
from dataclasses import fields, replace
from typing import Any

import pytest

from portal.documents.forms import FORMS, Form
from portal.documents.forms.consents import MenteeConsent, MentorConsent
from portal.documents.forms.pairs import PairOrder, SupplementaryAgreement
from portal.documents.names import organisation_genitive
from portal.documents.typography import tied
from portal.documents.word.preview import preview
from portal.files.names import ascii_name, disposition, file_name
from tests.documents.reading import head_of, printed, text_of

EVERY = pytest.mark.parametrize("form", FORMS, ids=[form.template for form in FORMS])
APART = (
    r"№ \S",
    r"(?<![А-ЯЁа-яё])[А-ЯЁ]\. [А-ЯЁ]\.",
    r"(?<![А-ЯЁа-яё])[А-ЯЁ]\. [А-ЯЁ][а-яё]",
    r"[а-яё] [А-ЯЁ]\.(?:\W|$)",
    r"(?:^|\s)(?:от|до|с|по) \d\d\.\d\d\.\d{4}",
    r"\d \d{3}(?!\d)",
    r"\d (?:%|₽|руб)",
    r"(?:^|[\s(])(?:г|п|ст|ч|ул|д)\. \S",
    r"_ 20_",
    r"_ г\.",
)
"""What a line must not part, with a space at which it could."""


@EVERY
@pytest.mark.covers("found B3")
def test_number_initials_dates_and_units_are_not_parted(form: type[Form]) -> None:
    sample = form.sample()
    content = sample.docx(draft="Проект: № 1 от 01.09.2026")
    shown = "\n".join(
        piece.text
        for block in preview(form.template, sample)
        for piece in (*block.pieces, *(p for row in block.rows for cell in row for p in cell))
    )
    for text in (printed(content), shown):
        assert [found for rule in APART for found in re.findall(rule, text)] == []
    assert text_of(content) == text_of(sample.docx()), "nothing but the spaces has changed"


@EVERY
@pytest.mark.covers("found B1")
def test_a_draft_says_so_above_each_page_and_a_new_edition_names_the_former(form: type[Form]) -> None:
    sample = form.sample()
    assert "Проект" in head_of(sample.docx(draft="Проект: действует после подписи"))
    signed, blocks = sample.signed()
    assert (head_of(signed), bool(blocks)) == ("", True)
    assert "Взамен редакции 1" in head_of(
        sample.signed(replaces="Взамен редакции 1, подписанной 01.09.2026.")[0]
    )


UNSETTLED: dict[str, tuple[Any, dict[str, Any], tuple[str, ...]]] = {
    "T-06": (MentorConsent, {"pay": ""}, ("Доплата:", "рублей")),
    "T-07": (MenteeConsent, {"shows_profile": None}, ("☒",)),
    "T-08": (PairOrder, {"pay": ""}, ("Доплату наставнику установить", "не устанавливается на основании:")),
    "T-09": (SupplementaryAgreement, {"pay": ""}, ("Доплата:", "Условия выплаты")),
}
"""What may be unknown when a paper is printed, and the words that would settle it for the person."""
ASKED_FIRST = {
    "T-00": "изменения пишут до печати",
    "T-02": "без выбора",
    "T-04": "без выбора",
    "T-10": "печатается после соглашения: размер уже есть",
    "T-11": "без выбора",
    "T-28": "без выбора: адрес и документ вписывают на линиях",
    "T-29": "что разрешено, отмечают до печати",
    "T-30": "без выбора",
    "T-35": "без выбора",
    "T-36": "баллы ставят до печати",
    "T-37": "решение принято до печати",
}
"""Papers that are printed only when everything in them has been asked, or that ask nothing."""


@EVERY
@pytest.mark.covers("found B2")
def test_what_is_left_to_the_pen_has_two_boxes_and_states_nothing(form: type[Form]) -> None:
    if form.template in ASKED_FIRST:
        assert "☐" not in text_of(form.sample().docx())
        assert not [
            field.name
            for field in fields(form)
            if "None" in str(field.type) and "date" not in str(field.type) and "Person" not in str(field.type)
        ]
        return
    kind, unknown, statements = UNSETTLED[form.template]
    text = text_of(replace(kind.sample(), **unknown).docx())
    assert text.count("☐") == 2
    assert [words for words in statements if words in text] == []


@pytest.mark.covers("found B2")
def test_no_master_leaves_a_choice_to_a_line() -> None:
    """«Размер доплаты: ____» states that there is one."""
    for form in FORMS:
        text = text_of(form.sample().docx())
        assert not re.search(r"(?:доплат|согласен|согласна|разреш)\w*:? _{3,}", text, re.I), form.template


NAMES = [
    ("Школа № 5", "школы № 5"),
    ("Гимназия № 31", "гимназии № 31"),
    ("Лицей № 1", "лицея № 1"),
    ("МБОУ «СШ № 5»", "МБОУ «СШ № 5»"),
    ("Детский сад № 12 «Ромашка»", "детского сада № 12 «Ромашка»"),
    ("Центр детского творчества", "Центра детского творчества"),
    ("Вечерняя (сменная) школа № 1", "вечерней (сменной) школы № 1"),
    ("Лицей-интернат № 2", "лицея-интерната № 2"),
    ("Смоленский педагогический колледж", "Смоленского педагогического колледжа"),
    (
        "Муниципальное бюджетное общеобразовательное учреждение «Школа № 5» города Смоленска",
        "муниципального бюджетного общеобразовательного учреждения «Школа № 5» города Смоленска",
    ),
]


@pytest.mark.parametrize(("name", "genitive"), NAMES)
@pytest.mark.covers("found B3")
def test_the_name_of_a_school_is_proposed_in_the_genitive(name: str, genitive: str) -> None:
    assert organisation_genitive(name) == genitive


def test_ties() -> None:
    text = "приказ № 118-ОД от 28.09.2026, Соколова В. А. и В. А. Соколова, 3 000 рублей, 15 %, п. 6.1"
    together = "приказ №~118-ОД от~28.09.2026, Соколова~В.~А. и~В.~А.~Соколова, 3~000~рублей, 15~%, п.~6.1"
    assert tied(text) == together.replace("~", "\xa0")
    assert tied(tied(text)) == tied(text)


@pytest.mark.covers("found E4")
@pytest.mark.parametrize(
    "sign", [*'<>:"/\\|?*', "\x00", "\x1f", "\x7f", *"\u200e\u200f\u202a\u202e\u2066\u2069", "\u00a0"]
)
def test_no_file_has_a_sign_that_some_system_refuses(sign: str) -> None:
    assert file_name(f"Приказ{sign}о паре.docx") == "Приказ о паре.docx"


@pytest.mark.covers("found E4")
def test_a_file_name_is_readable_and_safe_everywhere() -> None:
    assert file_name("Приказ № 3/н: «О паре»\x00\u202e.docx") == "Приказ № 3 н «О паре».docx"
    assert file_name("Согласие, Ким А..docx") == "Согласие, Ким А.docx"
    long = file_name(f"{'Пять вопросов ' * 30}.pdf")
    assert len(long) < 130
    assert long.endswith("….pdf")
    assert ascii_name("ЛП-2026-0010 Пять вопросов….pdf") == "LP-2026-0010 Pyat voprosov.pdf"
    assert disposition("Город 28.11.2026.xlsx") == (
        'attachment; filename="Gorod 28.11.2026.xlsx"; '
        "filename*=UTF-8''%D0%93%D0%BE%D1%80%D0%BE%D0%B4%2028.11.2026.xlsx"
    )
