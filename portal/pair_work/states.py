"""Words of what a pair does: states of SM-4 and SM-5, of goals, deeds and meetings (domain.md §1)."""

from django.db import models


class ProgrammeState(models.TextChoices):
    """SM-4."""

    DRAFT = "draft", "черновик"
    AGREED_BY_PAIR = "agreed_by_pair", "согласуется в паре"
    SMO_REVIEW = "smo_review", "у ШМО"
    CURATOR_REVIEW = "curator_review", "на утверждении"
    APPROVED = "approved", "утверждена"
    IN_PROGRESS = "in_progress", "выполняется"
    CORRECTION = "correction", "уточняется"
    FINAL_REVIEW = "final_review", "подводятся итоги"
    COMPLETED = "completed", "завершена"
    RETURNED = "returned", "возвращена"
    CANCELLED = "cancelled", "отменена"


EDITABLE = (ProgrammeState.DRAFT, ProgrammeState.RETURNED, ProgrammeState.CORRECTION)
"""States in which the mentor may change the text of a programme."""


class ActivityBlock(models.TextChoices):
    ADAPTATION = "adaptation", "адаптация"
    SUBJECT = "subject", "предмет"
    METHOD = "method", "методика"
    UPBRINGING = "upbringing", "воспитание"
    PSYCH = "psych", "психология"
    ICT = "ict", "цифровые навыки"
    DOCS = "docs", "документы"
    GROWTH = "growth", "профессиональный рост"


class WorkForm(models.TextChoices):
    CONSULTATION = "consultation", "консультация"
    LESSON_VISIT = "lesson_visit", "посещение урока"
    MUTUAL_VISIT = "mutual_visit", "взаимное посещение"
    MASTER_CLASS = "master_class", "мастер-класс"
    JOINT_PROJECT = "joint_project", "общий проект"
    TRAINING = "training", "тренинг"
    SELF_STUDY = "self_study", "самостоятельная работа"
    CONTEST = "contest_prep", "подготовка к конкурсу"
    PUBLICATION = "publication", "публикация"
    VCS = "vcs", "видеосвязь"


class Responsible(models.TextChoices):
    MENTOR = "mentor", "наставник"
    MENTEE = "mentee", "наставляемый"
    BOTH = "both", "оба"
    CURATOR = "curator", "куратор"
    PSYCHOLOGIST = "psychologist", "психолог"


class ActivityMark(models.TextChoices):
    PLANNED = "planned", "в плане"
    DONE = "done", "сделано"
    MOVED = "moved", "перенесено"
    CANCELLED = "cancelled", "не понадобилось"


class Achieved(models.TextChoices):
    YES = "yes", "да"
    PARTLY = "partly", "отчасти"
    NO = "no", "пока нет"


class MeetingState(models.TextChoices):
    """SM-5."""

    PLANNED = "planned", "запланирована"
    HELD_UNCONFIRMED = "held_unconfirmed", "ждёт подтверждения"
    CONFIRMED = "confirmed", "оба подтвердили"
    DISPUTED = "disputed", "было иначе"
    MOVED = "moved", "перенесена"
    CANCELLED = "cancelled", "отменена"
    MISSED = "missed", "не записана"


class MeetingFormat(models.TextChoices):
    IN_PERSON = "in_person", "очно"
    VCS = "vcs", "видеосвязь"
    PHONE = "phone", "по телефону"
    CHAT = "chat", "переписка"
    LESSON = "lesson", "на уроке"
