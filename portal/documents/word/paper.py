"""The sheet of paper on which templates are built: A4, Times New Roman 14, requisites of ГОСТ Р
7.0.97-2016.
"""

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

FONT = "Times New Roman"
LEFT = WD_ALIGN_PARAGRAPH.LEFT
CENTER = WD_ALIGN_PARAGRAPH.CENTER
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
BOTH = WD_ALIGN_PARAGRAPH.JUSTIFY
LIST_END = "{{ '.' if loop.last else ';' }}"
"""How an item of a list ends."""


class Paper:
    """One template under construction."""

    def __init__(self, title: str) -> None:
        self.document = Document()
        core = self.document.core_properties
        core.title, core.language, core.author, core.comments = title, "ru-RU", "Эстафета", ""
        self._page(self.document.sections[0])
        self._styles()

    def text(
        self, text: str, align: Any = BOTH, *, indent: bool = True, bold: bool = False, size: float = 0
    ) -> Any:
        """A paragraph of the body: justified, with the first line indented by 1.25 cm."""
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(text)
        run.bold = bold or None
        if size:
            run.font.size = Pt(size)
        paragraph.alignment = align
        if indent and align is BOTH:
            paragraph.paragraph_format.first_line_indent = Cm(1.25)
        return paragraph

    def typed(self, value: str) -> None:
        """A value of several lines: a paragraph for each."""
        self.each(f"line in ({value} or '').splitlines()", "{{ line }}")

    def control(self, statement: str) -> None:
        """A paragraph that only steers docxtpl and vanishes: `for x in xs`, `endfor`."""
        self.document.add_paragraph("{%p " + statement + " %}")

    def each(self, loop: str, text: str, align: Any = BOTH) -> None:
        """One paragraph for each turn of the loop."""
        self.control(f"for {loop}")
        self.text(text, align)
        self.control("endfor")

    def heading(self, text: str, level: int = 1, align: Any = CENTER) -> None:
        """A heading of the outline (for screen readers and navigation)."""
        paragraph = self.document.add_heading(text, level)
        paragraph.alignment = align

    def organisation(self) -> None:
        """Founder and full name of the school, at the top of the sheet."""
        self.control("if school.founder")
        self.text("{{ school.founder }}", CENTER, size=12)
        self.control("endif")
        self.text("{{ school.full_name }}", CENTER, bold=True)

    def order(self, subject: str, preamble: str) -> None:
        """Head of an order: organisation, kind, date and number, place, heading, preamble, ПРИКАЗЫВАЮ."""
        self.organisation()
        self.heading("ПРИКАЗ")
        self.pair("{{ signed_on|day }}", "№ {{ number|blank }}")
        self.text("{{ school.place }}", CENTER)
        self.heading(subject, 2, LEFT)
        self.text(f"{preamble},")
        self.text("ПРИКАЗЫВАЮ:", LEFT, bold=True)

    def pair(self, left: str, right: str) -> None:
        """Two texts at the two edges of a line."""
        table = self.document.add_table(rows=1, cols=2)
        for cell, text, align in zip(table.rows[0].cells, (left, right), (LEFT, RIGHT), strict=True):
            self._write(cell, text, 14, align)
        self.document.add_paragraph()

    def stamps(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Two marks side by side (Принято / Утверждено): a layout table without lines."""
        table = self.document.add_table(rows=1, cols=2)
        for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
            self._write(cell, lines[0], 13, LEFT)
            for line in lines[1:]:
                paragraph = cell.add_paragraph()
                paragraph.add_run(line).font.size = Pt(13)
        self.document.add_paragraph()

    def signature(self, post: str, name: str) -> None:
        """Post, place for the signature, its reading; never alone on the next page."""
        last = self.document.paragraphs[-1]
        for paragraph in (last, self.document.add_paragraph()):
            paragraph.paragraph_format.keep_with_next = True
        table = self.document.add_table(rows=1, cols=3)
        texts = (post[:1].upper() + post[1:] if "{" not in post else post, "_______________", name)
        for cell, text, align in zip(table.rows[0].cells, texts, (LEFT, CENTER, RIGHT), strict=True):
            self._write(cell, text, 14, align)

    def principal(self) -> None:
        """The signature of the school's principal."""
        self.signature("{{ school.principal.post|capitalize }}", "{{ school.principal.signature }}")

    def acquainted(self, loop: str) -> None:
        """Лист ознакомления."""
        self.heading("С документом ознакомлены", 2, LEFT)
        self.table(
            ("Фамилия, имя, отчество", "Подпись", "Дата"),
            loop,
            ("{{ one.full }}", "", "«____» __________ 20____ г."),
        )

    def table(
        self,
        header: Sequence[str],
        loop: str,
        cells: Sequence[str],
        widths: Sequence[float] = (),
        *,
        size: float = 11,
    ) -> None:
        """A table with lines: a header row repeated on each page, then a row for each turn of the loop."""
        table = self.document.add_table(rows=4, cols=len(header))
        table.style, table.autofit = "Table Grid", not widths
        for cell, text in zip(table.rows[0].cells, header, strict=True):
            # a long word of a heading stays whole in another face too
            self._write(cell, text, size - 1.5, CENTER, bold=True)
        self._repeated(table.rows[0])
        self._write(table.rows[1].cells[0], "{%tr for " + loop + " %}", size, LEFT)
        for cell, text in zip(table.rows[2].cells, cells, strict=True):
            self._write(cell, text, size, LEFT)
        self._unbroken(table.rows[2])
        self._write(table.rows[3].cells[0], "{%tr endfor %}", size, LEFT)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=False):
                cell.width = Mm(width)
        for column, width in zip(table.columns, widths, strict=False):
            column.width = Mm(width)
        self._gap()

    def pay(self, settled: str, number: str = "", of: str = "Доплата") -> None:
        """The pay as it was settled; not settled when the paper is printed: two boxes for the pen, never a
        statement.
        """
        self.control("if pay")
        self.text(f"{number}{settled}")
        self.control("else")
        self.text(f"{number}{of} (отметьте нужное):")
        self.text("☐ устанавливается в размере _______________________________;", LEFT)
        self.text("☐ не устанавливается на основании _________________________.", LEFT)
        self.control("endif")

    def _gap(self) -> None:
        """A thin line after a table: a full one would begin an empty page."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(4)
        paragraph._p.get_or_add_pPr().append(self._mark_size(2))

    @staticmethod
    def _mark_size(size: int) -> Any:
        """The size of the paragraph's own mark: without it an empty line is as high as the text."""
        properties, value = OxmlElement("w:rPr"), OxmlElement("w:sz")
        value.set(qn("w:val"), str(size * 2))
        properties.append(value)
        return properties

    def landscape(self) -> None:
        """From here on the page lies: for wide tables."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self._page(section)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)

    def page_break(self) -> None:
        """The next text begins a page."""
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _page(self, section: Any) -> None:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(25), Mm(15)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)

    def _styles(self) -> None:
        styles = self.document.styles
        for language in styles.element.findall(".//" + qn("w:docDefaults") + "//" + qn("w:lang")):
            language.set(qn("w:val"), "ru-RU")
        normal = styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(14)
        normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.line_spacing = 1.15
        self._face(normal)
        for name, size in (("Title", 16), ("Heading 1", 14), ("Heading 2", 14), ("Heading 3", 14)):
            style = styles[name]
            style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
            style.font.color.rgb = RGBColor(0, 0, 0)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(6)
            self._face(style)
        line = styles["Title"].element.find(".//" + qn("w:pBdr"))
        if line is not None:
            line.getparent().remove(line)

    def _face(self, style: Any) -> None:
        """The same face for Cyrillic, and the language of the text."""
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(name), None)
        for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(name), FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "ru-RU")
        language.set(qn("w:eastAsia"), "ru-RU")
        properties.append(language)

    def _write(self, cell: Any, text: str, size: float, align: Any, *, bold: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), bold or None
        paragraph.alignment = align
        paragraph.paragraph_format.line_spacing = 1.0

    def _repeated(self, row: Any) -> None:
        self._mark(row, "w:tblHeader")

    def _unbroken(self, row: Any) -> None:
        self._mark(row, "w:cantSplit")

    def _mark(self, row: Any, name: str) -> None:
        mark = OxmlElement(name)
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)
