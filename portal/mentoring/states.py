"""Words of pairs: states of SM-1 and SM-3, and the enumerations of domain.md §1 with their Russian labels."""

from django.db import models


class RoleModel(models.TextChoices):
    """Положение 5.1: within «педагог — педагог»."""

    EXPERIENCED = "experienced_young", "опытный педагог — молодой специалист"
    LEADER = "leader_communication", "лидер сообщества — педагог с трудностями общения"
    INNOVATOR = "innovator_conservative", "педагог-новатор — консервативный педагог"
    SUBJECT = "subject_subject", "опытный предметник — предметник"


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


class ClosingReason(models.TextChoices):
    COMPLETED = "completed", "программа выполнена"
    MENTOR = "mentor_initiative", "по желанию наставника"
    MENTEE = "mentee_initiative", "по желанию наставляемого"
    MUTUAL = "mutual", "по общему решению"
    EMPLOYER = "employer_initiative", "по решению школы"
    DISMISSAL = "dismissal_transfer", "увольнение или перевод"
    REPLACED = "replaced", "замена наставника"
    FORCE_MAJEURE = "force_majeure", "обстоятельства непреодолимой силы"
