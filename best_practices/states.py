"""Enumerations of practices (domain.md §1, §3.1, SM-10 part B)."""

from django.db import models


class PracticeState(models.TextChoices):
    """SM-10, the city's part: from the hand-over on."""

    SUBMITTED = "submitted_municipal", "поступила в город"
    FORMAL_CHECK = "formal_check", "проверяется комплектность"
    REVIEW = "municipal_review", "на экспертизе"
    ARBITRATION = "arbitration", "у третьего эксперта"
    RETURNED = "returned_municipal", "возвращена на доработку"
    RECOMMENDED = "recommended", "рекомендована"
    PUBLISHED = "published", "опубликована"
    REJECTED = "rejected", "отклонена"
    ARCHIVED = "archived", "снята с публикации"


class Ahead(models.TextChoices):
    """What a practice in the city waits for, as its authors are told: nobody is named, and nobody counted."""

    TAKE = "take", "методический отдел возьмёт её на проверку"
    CHECK = "check", "методист проверит описание и назовёт экспертов"
    NAME = "name", "методист назовёт экспертов"
    ANSWER = "answer", "эксперты ответят, возьмутся ли её оценить"
    SHEET = "sheet", "эксперты сдадут оценки"
    DECIDE = "decide", "методист решит по оценкам экспертов"
    MEND = "mend", "авторы исправят её, и директор передаст ещё раз"
    PUBLISH = "publish", "специалист Управления опубликует её в банке"


OPEN_TO_EXPERTS = (PracticeState.PUBLISHED, PracticeState.REJECTED)
"""The final decision: from here on experts see the authors. What was recalled or taken off stays blind."""


class Often(models.TextChoices):
    """How often a person is written to about what is new for a saved search."""

    DAILY = "daily", "каждый день"
    WEEKLY = "weekly", "по понедельникам"
    NEVER = "never", "не присылать"


class ReviewState(models.TextChoices):
    """An assignment of an expert. That its answer or its sheet is late follows from its days, not from a
    state.

    Who has agreed is «assigned», as the API has promised to say of those who are waited for with a sheet.
    """

    INVITED = "invited", "приглашён"
    ACCEPTED = "assigned", "оценивает"
    SUBMITTED = "submitted", "оценена"
    DECLINED = "declined", "эксперт отказался"
    WITHDRAWN = "withdrawn", "эксперта сняли"
    REPLACED = "replaced", "эксперта заменили"


GONE = (ReviewState.DECLINED, ReviewState.WITHDRAWN, ReviewState.REPLACED)
"""Sheets that do not count and that nobody waits for."""
WAITED = (ReviewState.INVITED, ReviewState.ACCEPTED)
"""Somebody is still to answer or to write the sheet."""


class Refusal(models.TextChoices):
    """Why an expert does not take a practice, in one press; the reason may stay unsaid."""

    BUSY = "busy", "нет времени"
    NOT_MINE = "not_mine", "не моя тема"
    BOUND = "bound", "узнаю авторов или связан с ними"


NEEDED, NEEDED_IN_DISPUTE = 2, 3


class Recommendation(models.TextChoices):
    PUBLISH = "publish", "опубликовать"
    REVISE = "revise", "доработать"
    REJECT = "reject", "отклонить"


class Nomination(models.TextChoices):
    """The seed set of nominations (domain.md §3.1)."""

    N1 = "N1", "Опытный педагог — молодой специалист"
    N2 = "N2", "Предметное наставничество"
    N3 = "N3", "Цифровое и реверсивное наставничество"
    N4 = "N4", "Виртуальное (межшкольное) наставничество"
    N5 = "N5", "Руководитель — педагог"
    N6 = "N6", "Работодатель — студент"
    N7 = "N7", "Психолого-педагогическое сопровождение пары"
    N8 = "N8", "Управленческая модель школы"


class Form(models.TextChoices):
    """Положение 5.1–5.3."""

    TEACHER_TEACHER = "teacher_teacher", "педагог — педагог"
    HEAD_TEACHER = "head_teacher", "руководитель — педагог"
    EMPLOYER_STUDENT = "employer_student", "работодатель — студент"


class Kind(models.TextChoices):
    """Положение 5.4."""

    VIRTUAL = "virtual", "виртуальное"
    GROUP = "group", "групповое"
    SHORT_GOAL = "short_goal", "краткосрочное целеполагающее"
    REVERSE = "reverse", "реверсивное"
    SITUATIONAL = "situational", "ситуационное"
    SPEED = "speed", "скоростное"
    TRADITIONAL = "traditional", "традиционное"


class Licence(models.TextChoices):
    """On which terms the authors give a practice away."""

    NAMED = "named", "С указанием авторов"
    CC_BY = "cc_by", "CC BY 4.0"


LICENCE_WORDS = {
    Licence.NAMED: (
        "Педагоги города могут применять практику у себя и пересказывать её, называя авторов и школу."
    ),
    Licence.CC_BY: (
        "Кто угодно может применять, менять и перепечатывать практику, в том числе за деньги, если назовёт "
        "авторов и скажет, что изменил."
    ),
}
"""The same in plain words, beside the name of the choice."""
CRITERIA = {
    "c1": "Результативность: насколько достигнуто задуманное",
    "c2": "Эффективность: соразмерны ли затраты результату",
    "c3": "Новизна: чем отличается от известного",
    "c4": "Тиражируемость: можно ли применить в другой школе",
    "c5": "Масштабируемость: больше участников без потери качества",
}
"""Five criteria, 1–10 each, 50 in all (domain.md §6.2)."""
SCHOOL_THRESHOLD, PASS, RETURN, ARBITRATION_DIFFERENCE, LOWEST_CRITERION = 25, 35, 25, 10, 5
