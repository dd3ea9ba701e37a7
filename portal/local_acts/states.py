"""Words of the room."""

from django.db import models


class ActState(models.TextChoices):
    """SM-8 for a local act."""

    DRAFT = "draft", "проект"
    ON_APPROVAL = "on_approval", "на согласовании"
    APPROVED = "approved", "утверждено"
    REGISTERED = "registered", "зарегистрировано"
    IN_FORCE = "in_force", "действует"
    AMENDED = "amended", "изменено"
    REPEALED = "repealed", "утратило силу"
    REJECTED = "rejected", "отклонено"


class OrderState(models.TextChoices):
    """SM-8 for an order: it is signed on paper and registered here."""

    DRAFT = "draft", "проект"
    ON_APPROVAL = "on_approval", "на согласовании"
    APPROVED = "approved", "ждёт подписи"
    REGISTERED = "registered", "зарегистрирован"
    CANCELLED = "cancelled", "отменён"


class ActKind(models.TextChoices):
    """Kinds of local acts by their code of domain.md §5."""

    POLOZHENIE = "T-02", "Положение о системе наставничества"


class OrderCode(models.TextChoices):
    """Kinds of orders by their code of domain.md §5; rooms above may register others."""

    CURATOR = "T-04", "Приказ о назначении куратора"
    PAIR = "T-08", "Приказ о закреплении наставнических пар"
    PAY = "T-10", "Приказ о доплате за наставничество"
    CHANGE = "T-00", "Приказ о внесении изменений в приказ"
