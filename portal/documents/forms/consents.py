"""Statements of consent: T-06, T-07 (mentoring), T-28, T-29 (personal data, each a separate document), T-30
takes one back.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from portal.documents.forms import samples
from portal.documents.forms.base import Form, Person, School


@dataclass(frozen=True)
class MentorConsent(Form):
    """T-06: the mentor agrees in writing (ст. 351.8 ТК РФ), knowing of the right to refuse with 3 working
    days' notice.

    `pay` in words; empty when it has not been settled: then two boxes are left to the pen.
    """

    template: ClassVar[str] = "T-06"
    subject: ClassVar[str] = "Заявление-согласие наставника"
    school: School
    mentor: Person
    mentees: tuple[Person, ...]
    goal: str
    content: str
    form: str
    since: date
    until: date
    pay: str
    written_on: date | None = None

    @classmethod
    def sample(cls) -> Self:
        return cls(
            samples.SCHOOL,
            samples.MENTOR,
            (samples.MENTEE,),
            "уверенно вести урок в 5 классе",
            "помощь в подготовке и проведении уроков, взаимные посещения уроков",
            "традиционное наставничество, очно",
            samples.SINCE,
            samples.UNTIL,
            "3 000 рублей в месяц",
        )


@dataclass(frozen=True)
class MenteeConsent(Form):
    """T-07: the mentee agrees; `shows_profile` is the own choice to show the mentor the profile of
    difficulties, None while it is left to the pen.
    """

    template: ClassVar[str] = "T-07"
    subject: ClassVar[str] = "Заявление-согласие наставляемого"
    school: School
    mentee: Person
    mentor: Person
    goal: str
    since: date
    until: date
    shows_profile: bool | None
    written_on: date | None = None

    @classmethod
    def sample(cls) -> Self:
        goal = "уверенно вести урок в 5 классе"
        return cls(samples.SCHOOL, samples.MENTEE, samples.MENTOR, goal, samples.SINCE, samples.UNTIL, True)


@dataclass(frozen=True)
class PersonalDataConsentForm(Form):
    """T-28: consent to processing (ст. 9 152-ФЗ), separate from everything else.

    The law wants the person's address and document: the portal does not keep them, so the paper has lines to
    write them by hand.
    """

    template: ClassVar[str] = "T-28"
    subject: ClassVar[str] = "Согласие на обработку персональных данных"
    school: School
    person: Person
    purpose: str
    items: tuple[str, ...]
    actions: str
    until: date
    address: str = ""
    document: str = ""
    written_on: date | None = None

    @classmethod
    def sample(cls) -> Self:
        return cls(
            samples.SCHOOL,
            samples.MENTEE,
            "участие в системе наставничества педагогических работников",
            (
                "фамилия, имя, отчество",
                "должность, предмет, стаж, категория",
                "профиль профессиональных затруднений",
            ),
            "сбор, запись, систематизация, хранение, уточнение, использование, блокирование, удаление, "
            "уничтожение",
            date(2029, 8, 31),
        )


@dataclass(frozen=True)
class DistributionItem:
    """A row of T-29: what, whether it may be shown to everybody, under which condition or ban."""

    data: str
    allowed: bool
    condition: str = ""


@dataclass(frozen=True)
class DistributionConsent(Form):
    """T-29: consent to distribution (ст. 10.1 152-ФЗ, приказ Роскомнадзора № 18) with the exact web
    addresses.
    """

    template: ClassVar[str] = "T-29"
    subject: ClassVar[str] = "Согласие на распространение персональных данных"
    school: School
    person: Person
    contacts: str
    purpose: str
    addresses: tuple[str, ...]
    items: tuple[DistributionItem, ...]
    transfer: str
    until: date
    written_on: date | None = None

    @classmethod
    def sample(cls) -> Self:
        return cls(
            samples.SCHOOL,
            samples.MENTOR,
            "o.shevchenko@example.org",
            "публикация сведений о наставниках и их практиках",
            ("https://school5.example.org/mentors/", "https://estafeta.example.org/bank/"),
            (
                DistributionItem("фамилия, имя, отчество", True),
                DistributionItem("фотография", False, "не передавать"),
            ),
            "передача третьим лицам не разрешена",
            date(2027, 8, 31),
        )


@dataclass(frozen=True)
class ConsentWithdrawal(Form):
    """T-30: the person takes a consent back (ст. 9 ч. 2, ст. 10.1 ч. 12 152-ФЗ); `law` and `demand` follow
    the kind of the consent.
    """

    template: ClassVar[str] = "T-30"
    subject: ClassVar[str] = "Отзыв согласия"
    school: School
    person: Person
    consent: str
    given_on: date
    law: str
    items: tuple[str, ...]
    demand: str
    contacts: str = ""
    written_on: date | None = None

    @classmethod
    def sample(cls) -> Self:
        return cls(
            samples.SCHOOL,
            samples.MENTOR,
            "согласие на обработку персональных данных",
            samples.SIGNED,
            "статья 9 Федерального закона № 152-ФЗ",
            ("фамилия, имя, отчество", "должность, предмет, стаж, категория"),
            "Прошу уничтожить данные в срок до тридцати дней, если нет другого законного основания их "
            "хранить.",
            "o.shevchenko@example.org",
        )
