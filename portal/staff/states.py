"""Words of the room: enumerations with Russian labels."""

from django.db import models


class Gender(models.TextChoices):
    MALE = "m", "мужской"
    FEMALE = "f", "женский"


class EducationLevel(models.TextChoices):
    """domain.md §3.3, `education_level`."""

    HIGHER = "higher", "высшее"
    SPO = "spo", "среднее профессиональное"
    STUDENT = "student", "студент"
    OTHER = "other", "другое"


class Category(models.TextChoices):
    """domain.md §3.3, `category`."""

    NONE = "none", "без категории"
    SZD = "szd", "соответствие занимаемой должности"
    FIRST = "first", "первая"
    HIGHEST = "highest", "высшая"
    PED_METHODIST = "ped_methodist", "педагог-методист"
    PED_MENTOR = "ped_mentor", "педагог-наставник"


class GuestKind(models.TextChoices):
    """What somebody who does not work here comes for."""

    MENTOR = "mentor", "наставник"
    STUDENT = "student", "студент на практике"
    PSYCHOLOGIST = "psychologist", "педагог-психолог по направлению"


class PositionKind(models.TextChoices):
    """ТК РФ гл. 44: beside the main work, another one here, or here by somebody of another employer."""

    MAIN = "main", "основная работа"
    INTERNAL = "internal", "внутреннее совместительство"
    EXTERNAL = "external", "внешнее совместительство"


class ConsentKind(models.TextChoices):
    """Two separate documents (152-ФЗ ст. 9 and 10.1; domain.md T-28, T-29)."""

    PROCESSING = "processing", "согласие на обработку персональных данных"
    DISTRIBUTION = "distribution", "согласие на распространение персональных данных"


class ConsentState(models.TextChoices):
    """SM-1."""

    DRAFT = "draft", "ждёт подписи"
    GIVEN = "given", "дано"
    EXPIRED = "expired", "истекло"
    WITHDRAWN = "withdrawn", "отозвано"
    REFUSED = "refused", "отказ"


class ImportState(models.TextChoices):
    """Loading a list of staff: two stages with a person's decision between them."""

    UPLOADED = "uploaded", "файл загружен"
    COLUMNS = "columns", "ждёт: что в каком столбце"
    CHECKING = "checking", "проверяем строки"
    READY = "ready", "проверено, ждёт решения"
    ACCEPTING = "accepting", "записываем"
    ACCEPTED = "accepted", "записано"
    FAILED = "failed", "не прочитано"
    CANCELLED = "cancelled", "отменено"


class RowVerdict(models.TextChoices):
    """What became of one row of the file."""

    GOOD = "good", "можно записать"
    BAD = "bad", "нужно поправить"
    KNOWN = "known", "уже есть"
    CHANGED = "changed", "изменилось"
    TWIN = "twin", "повтор в файле"
    ACCEPTED = "accepted", "записано"


class RowChoice(models.TextChoices):
    """What a person has said of a row that is about somebody who is here."""

    TAKE = "take", "записать изменения"
    LEAVE = "leave", "оставить как есть"
    OTHER = "other", "это другой человек"


class InvitationState(models.TextChoices):
    ASKED = "asked", "письмо готовится"
    SENT = "sent", "письмо отправлено"
    ACCEPTED = "accepted", "принято"
    EXPIRED = "expired", "срок вышел"
