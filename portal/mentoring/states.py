"""Words of the room: states of SM-1…SM-5 and the enumerations of domain.md §1 with their Russian labels."""

from django.db import models


class MenteeCategory(models.TextChoices):
    """Положение 2.2: who may be a mentee."""

    YOUNG = "young", "молодой педагог"
    NEW_TECH = "new_tech", "нужна новая технология"
    NEWCOMER = "newcomer", "новый в коллективе"
    NON_PED = "non_ped", "непедагогическое образование"
    STUDENT = "student", "студент"


class NeedReason(models.TextChoices):
    YOUNG_SPECIALIST = "young_specialist", "первые годы в профессии"
    ADAPTATION = "adaptation_new_org", "новая школа"
    NEW_POSITION = "new_position", "новая должность"
    AFTER_ATTESTATION = "after_attestation", "после аттестации"
    NEW_TECHNOLOGY = "new_technology", "новая технология или навык"
    EXPERIENCE_EXCHANGE = "experience_exchange", "обмен опытом"


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


class RoleModel(models.TextChoices):
    """Положение 5.1: within «педагог — педагог»."""

    EXPERIENCED = "experienced_young", "опытный педагог — молодой специалист"
    LEADER = "leader_communication", "лидер сообщества — педагог с трудностями общения"
    INNOVATOR = "innovator_conservative", "педагог-новатор — консервативный педагог"
    SUBJECT = "subject_subject", "опытный предметник — предметник"


class MentoringKind(models.TextChoices):
    """Положение 5.4: several kinds may be combined."""

    TRADITIONAL = "traditional", "традиционное"
    GROUP = "group", "групповое"
    VIRTUAL = "virtual", "виртуальное"
    SHORT_GOAL = "short_goal", "краткосрочное (целеполагающее)"
    REVERSE = "reverse", "реверсивное"
    SITUATIONAL = "situational", "ситуационное"
    SPEED = "speed", "скоростное"


class UnitKind(models.TextChoices):
    PAIR = "pair", "пара"
    GROUP = "group", "группа"


class PairState(models.TextChoices):
    """SM-3."""

    PROPOSED = "proposed", "предложена"
    CONSENT_PENDING = "consent_pending", "сбор согласий"
    DECLINED = "declined", "не сложилась"
    PSYCH_CHECK = "psych_check", "заключение психолога"
    ORDER_DRAFT = "order_draft", "проект приказа"
    ACTIVE = "active", "действует"
    SUSPENDED = "suspended", "приостановлена"
    TERMINATION_NOTICE = "termination_notice", "уведомление о прекращении"
    REPLACING = "replacing", "замена наставника"
    COMPLETED = "completed", "завершена"
    TERMINATED = "terminated", "прекращена досрочно"


FORMING = (PairState.PROPOSED, PairState.CONSENT_PENDING, PairState.PSYCH_CHECK, PairState.ORDER_DRAFT)
"""A pair that is being made."""
WORKING = (PairState.ACTIVE, PairState.SUSPENDED, PairState.TERMINATION_NOTICE, PairState.REPLACING)
"""A pair that was assigned by an order and is not over."""
OPEN_PAIRS = (*FORMING, *WORKING)
CLOSED_PAIRS = (PairState.DECLINED, PairState.COMPLETED, PairState.TERMINATED)


class PairRole(models.TextChoices):
    MENTOR = "mentor", "наставник"
    MENTEE = "mentee", "наставляемый"


class ConsentState(models.TextChoices):
    """SM-1 for mentoring."""

    DRAFT = "draft", "ждём ответа"
    GIVEN = "given", "дано"
    REFUSED = "refused", "отказ"
    WITHDRAWN = "withdrawn", "отозвано"
    EXPIRED = "expired", "больше не нужно"


class Conclusion(models.TextChoices):
    """Положение 4.5: what others see of the psychologist's work."""

    COMPATIBLE = "compatible", "пара рекомендована"
    WITH_ADVICE = "compatible_with_advice", "рекомендована, есть совет"
    NOT_RECOMMENDED = "not_recommended", "пара не рекомендована"
    NOT_ASSESSED = "not_assessed", "не оценивалась"


class PayBasis(models.TextChoices):
    """ст. 351.8 ТК РФ: the size and condition of pay are fixed in writing."""

    AMOUNT = "amount", "сумма в рублях в месяц"
    PERCENT = "percent", "процент от ставки"
    NONE_BY_ACT = "none_by_act", "без доплаты, по локальному акту"


class ClosingReason(models.TextChoices):
    COMPLETED = "completed", "программа выполнена"
    MENTOR = "mentor_initiative", "по желанию наставника"
    MENTEE = "mentee_initiative", "по желанию наставляемого"
    MUTUAL = "mutual", "по общему решению"
    EMPLOYER = "employer_initiative", "по решению школы"
    DISMISSAL = "dismissal_transfer", "увольнение или перевод"
    REPLACED = "replaced", "замена наставника"
    FORCE_MAJEURE = "force_majeure", "обстоятельства непреодолимой силы"


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


class Approver(models.TextChoices):
    CURATOR = "curator", "куратор"
    PRINCIPAL = "principal", "директор"
