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


class DismissalReason(models.TextChoices):
    MOVED_IN_CITY = "moved_in_city", "перешёл в другую школу города"
    MOVED_REGION = "moved_region", "переехал"
    LEFT_PROFESSION = "left_profession", "ушёл из профессии"
    RETIREMENT = "retirement", "на пенсию"
    PARENTAL_LEAVE_END = "parental_leave_end", "не вышел после отпуска по уходу"
    OTHER = "other", "другое"
    UNKNOWN = "unknown", "не указано"


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
    TWIN = "twin", "повтор в файле"
    ACCEPTED = "accepted", "записано"


class InvitationState(models.TextChoices):
    ASKED = "asked", "письмо готовится"
    SENT = "sent", "письмо отправлено"
    ACCEPTED = "accepted", "принято"
    EXPIRED = "expired", "срок вышел"
