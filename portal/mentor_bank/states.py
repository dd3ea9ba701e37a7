"""Words of the bank: states of needs and of SM-2, and what a mentor and a mentee may be (domain.md §1)."""

from django.db import models


class MenteeCategory(models.TextChoices):
    """Положение 2.2: who may be a mentee."""

    YOUNG = "young", "молодой педагог"
    NEW_TECH = "new_tech", "нужна новая технология"
    NEWCOMER = "newcomer", "новый в коллективе"
    NON_PED = "non_ped", "непедагогическое образование"
    STUDENT = "student", "студент"


class Urgency(models.TextChoices):
    CALM = "calm", "не срочно"
    MONTH = "month", "в течение месяца"
    NOW = "now", "помощь нужна сейчас"


class NeedState(models.TextChoices):
    NEW = "new", "записана"
    ACCEPTED = "accepted", "принята"
    MATCHED = "matched", "есть пара"
    CLOSED = "closed", "закрыта"
    DECLINED = "declined", "отклонена"


OPEN = (NeedState.NEW, NeedState.ACCEPTED, NeedState.MATCHED)
"""A need in these states is still looked after."""


class CardState(models.TextChoices):
    """SM-2."""

    CANDIDATE = "candidate", "кандидат"
    RECOMMENDED = "recommended", "рекомендован"
    CONFIRMED = "confirmed", "подтверждён"
    ACTIVE = "active", "ведёт пару"
    PAUSED = "paused", "на паузе"
    ARCHIVED = "archived", "в архиве"
    REJECTED = "rejected", "не подтверждён"


class SupportArea(models.TextChoices):
    """Положение 6.1, ШМО (3)."""

    SUBJECT = "subject_content", "содержание предмета"
    METHOD = "teaching_method", "методика"
    UPBRINGING = "upbringing", "воспитание"
    LESSON = "lesson_org", "организация урока"
    EXTRACURRICULAR = "extracurricular_org", "внеурочная работа"
    PSY_PED = "psy_ped", "психология и педагогика"
    PARENTS = "parents", "работа с родителями"
    EXTRA = "extra_edu_link", "дополнительное образование"


class MentoringForm(models.TextChoices):
    """Положение 5.1–5.3: exactly one form."""

    TEACHER = "teacher_teacher", "педагог — педагог"
    HEAD = "head_teacher", "руководитель — педагог"
    EMPLOYER = "employer_student", "работодатель — студент"


class MentoringKind(models.TextChoices):
    """Положение 5.4: several kinds may be combined."""

    TRADITIONAL = "traditional", "традиционное"
    GROUP = "group", "групповое"
    VIRTUAL = "virtual", "виртуальное"
    SHORT_GOAL = "short_goal", "краткосрочное (целеполагающее)"
    REVERSE = "reverse", "реверсивное"
    SITUATIONAL = "situational", "ситуационное"
    SPEED = "speed", "скоростное"


class Approver(models.TextChoices):
    CURATOR = "curator", "куратор"
    PRINCIPAL = "principal", "директор"


class PayBasis(models.TextChoices):
    """ст. 351.8 ТК РФ: the size and condition of pay are fixed in writing."""

    AMOUNT = "amount", "сумма в рублях в месяц"
    PERCENT = "percent", "процент от ставки"
    NONE_BY_ACT = "none_by_act", "без доплаты, по локальному акту"
