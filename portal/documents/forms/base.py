"""What all forms share: the person, the school, the way to a file."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self

from portal.documents import names, word
from portal.documents.names import Case
from portal.documents.word.preview import Block, blocks_of


@dataclass(frozen=True)
class Person:
    """A person of a document: the name and post in every case. Overrides by case come from the employee's
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
        """The full name in a case («genitive»)."""
        return names.decline_name(
            self.last, self.first, self.middle, case, gender=self.gender, override=self.name_cases
        )

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
    principal: Person
    founder: str = ""
    inn: str = ""
    ogrn: str = ""
    address: str = ""


@dataclass(frozen=True)
class Form(ABC):
    """Base of forms: `template` is the code of domain.md §5 and the name of the master."""

    template: ClassVar[str]
    subject: ClassVar[str]

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
        return word.render_docx(self.template, self, title=self.subject, note=draft)

    def signed(self, *, replaces: str = "") -> tuple[bytes, list[Block]]:
        """The Word file and what it says, to be stored; a new edition names the one it `replaces`. Raises as
        `docx`.
        """
        document = word.filled(self.template, self, title=self.subject, note=replaces)
        return word.saved(document), blocks_of(document)
