"""What all forms share: the person, the school, the way to a file."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import ClassVar, Self

from portal.documents import names, word
from portal.documents.names import Case
from portal.documents.word.paper import Paper
from portal.documents.word.preview import Block, Piece, blocks_of

_undeclined: ContextVar[list[str] | None] = ContextVar("forms_undeclined", default=None)


@contextmanager
def noting_undeclined() -> Iterator[list[str]]:
    """Names that a paper printed here leaves in the nominative, because nobody has said whose they are."""
    noted: list[str] = []
    token = _undeclined.set(noted)
    try:
        yield noted
    finally:
        _undeclined.reset(token)


def remark_on(noted: list[str]) -> str:
    """What the paper says of them; empty when there are none."""
    if not noted:
        return ""
    names_said = ", ".join(dict.fromkeys(noted))
    return f"Не склоняется: {names_said}. Пол по имени не ясен, укажите его в карточке сотрудника."


def remarked(blocks: list[Block], noted: list[str]) -> list[Block]:
    """What the paper says, for a page, with the remark before it."""
    remark = remark_on(noted)
    return [Block((Piece(remark, bold=True),)), *blocks] if remark else blocks


@dataclass(frozen=True)
class NamedPerson:
    """A person of a document: the name and post in every case. Overrides by case come from the person's
    row.
    """

    last: str
    first: str
    middle: str = ""
    post: str = ""
    gender: str | None = None
    name_cases: Mapping[str, str] = field(default_factory=dict)
    post_cases: Mapping[str, str] = field(default_factory=dict)

    def name(self, case: str) -> str:
        """The full name in a case («genitive»); one that cannot be put into it is noted, never guessed."""
        typed = self.name_cases.get(case)
        noted = _undeclined.get()
        if noted is not None and not typed and self._needs_gender:
            noted.append(self.full)
        return names.decline_name(
            self.last, self.first, self.middle, case, gender=self.gender, override=self.name_cases
        )

    @property
    def _needs_gender(self) -> bool:
        return names.needs_gender(self.last, self.first, self.middle, gender=self.gender)

    def post_in(self, case: str) -> str:
        """The post in a case."""
        return names.decline_post(self.post, case, self.post_cases.get(case, ""))

    def by_gender(self, man: str, woman: str) -> str:
        """«согласен» or «согласна»; both where the gender is not known."""
        known = self.gender or names.detect_gender(self.last, self.first, self.middle)
        return {"m": man, "f": woman}.get(str(known or ""), f"{man} ({woman})")

    @property
    def full(self) -> str:
        return names.full_name(self.last, self.first, self.middle)

    @property
    def genitive(self) -> str:
        return self.name(Case.GENITIVE)

    @property
    def dative(self) -> str:
        return self.name(Case.DATIVE)

    @property
    def accusative(self) -> str:
        return self.name(Case.ACCUSATIVE)

    @property
    def instrumental(self) -> str:
        return self.name(Case.INSTRUMENTAL)

    @property
    def post_genitive(self) -> str:
        return self.post_in(Case.GENITIVE)

    @property
    def post_dative(self) -> str:
        return self.post_in(Case.DATIVE)

    @property
    def post_accusative(self) -> str:
        return self.post_in(Case.ACCUSATIVE)

    @property
    def post_instrumental(self) -> str:
        return self.post_in(Case.INSTRUMENTAL)

    @property
    def initials(self) -> str:
        """«Соколова В. А.»"""
        return names.initials(self.last, self.first, self.middle)

    @property
    def signature(self) -> str:
        """«В. А. Соколова»"""
        return names.signature_name(self.last, self.first, self.middle)


@dataclass(frozen=True)
class School:
    """The school of a document. `genitive` and `short_genitive` are its names in the genitive («школы № 5»);
    `place` «г. Смоленск».
    """

    full_name: str
    short_name: str
    genitive: str
    short_genitive: str
    place: str
    principal: NamedPerson
    founder: str = ""
    inn: str = ""
    ogrn: str = ""
    address: str = ""


@dataclass(frozen=True)
class Form(ABC):
    """Base of forms: `template` is the code of domain.md §5 and the name of the file of the master, which
    `master` makes (`portal.documents.word.make_templates`).
    """

    template: ClassVar[str]
    subject: ClassVar[str]
    master: ClassVar[Callable[[], Paper]]

    @classmethod
    @abstractmethod
    def sample(cls) -> Self:
        """A filled form for previews and tests; every concrete form gives its own."""

    @property
    def file_name(self) -> str:
        """The name under which the file is handed out."""
        return f"{self.template} {self.subject}.docx"

    def docx(self, *, draft: str = "") -> bytes:
        """The Word file. What is no more than a `draft` says so above each page. Raises word.WordError when
        form and master do not fit.
        """
        with noting_undeclined() as noted:
            document = word.filled(self.template, self, title=self.subject)
        word.write_above(document, " ".join(part for part in (draft, remark_on(noted)) if part))
        return word.saved(document)

    def signed(self, *, replaces: str = "") -> tuple[bytes, list[Block]]:
        """The Word file and what it says, to be stored; a new edition names the one it `replaces`. Raises as
        `docx`.
        """
        with noting_undeclined() as noted:
            document = word.filled(self.template, self, title=self.subject)
        word.write_above(document, " ".join(part for part in (replaces, remark_on(noted)) if part))
        return word.saved(document), remarked(blocks_of(document), noted)
