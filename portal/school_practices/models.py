"""A practice before it leaves the school: draft, authors, attachments, school review, frozen revisions."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from best_practices.content import PracticeContent
from best_practices.fields import TITLES
from best_practices.states import Ahead, Form, Licence, Nomination, Recommendation
from portal.core.actor import Actor
from portal.core.privacy import YEAR, Privacy, for_days, ordinary, plain
from portal.core.sorting import SortKeyField
from portal.documents.texts import Reading
from portal.school_practices.states import SchoolPracticeState
from portal.school_records.models import StoredFile
from portal.search.models import KeptWords
from portal.staff.models import Person
from tenants.base import SchoolEntity

CONTENT_FIELDS = tuple(PracticeContent.model_fields)
SHORTEST_ANSWER = 3
_BASIS = "Положение 6.1 ШМО(9): методическая копилка школы; согласие автора (T-28)"


class SchoolPracticeQuerySet(models.QuerySet["SchoolPractice"]):
    def visible_to(self, by: Actor) -> Self:
        """Those who see practices of the school see all but others' drafts; authors see their own; all see
        the school's bank.
        """
        if by.is_system:
            return self
        # no join: a practice of two authors is one row
        written = Authorship.objects.filter(person__user=by.user).values("practice")
        own = models.Q(pk__in=written) | models.Q(created_by=by.user)
        shared = (
            ~models.Q(state=SchoolPracticeState.DRAFT)
            if by.can("school_practice:read")
            else models.Q(state__in=SHOWN_TO_ALL)
        )
        if not by.can("school_practice:draft"):
            shared = models.Q(pk__in=[])  # a guest sees nothing of the school but the own pair
        return self.filter(own | shared) if by.serves else self.none()


SHOWN_TO_ALL = (SchoolPracticeState.SCHOOL_BANK, SchoolPracticeState.PUBLISHED)


class SchoolPractice(SchoolEntity):
    """A practice of mentoring as its authors write it (domain.md §3.1). Drafts may be incomplete; submission
    checks.
    """

    privacy = Privacy(basis=_BASIS)

    title = plain(models.CharField("название", max_length=150))
    title_key = plain(SortKeyField(source="title"))
    annotation = plain(models.CharField("коротко, до 500 знаков", max_length=500, blank=True))
    nomination = plain(models.CharField("номинация", max_length=2, choices=Nomination.choices, blank=True))
    form = plain(models.CharField("форма наставничества", max_length=20, choices=Form.choices, blank=True))
    kinds = plain(
        ArrayField(
            models.CharField(max_length=20), verbose_name="виды наставничества", default=list, blank=True
        )
    )
    subjects = plain(
        ArrayField(models.CharField(max_length=40), verbose_name="предметы", default=list, blank=True)
    )
    target_group = plain(models.CharField("для кого", max_length=255, blank=True))
    problem = plain(models.TextField("какая была трудность", blank=True))
    goal = plain(models.TextField("чего хотели добиться", blank=True))
    tasks = plain(models.JSONField("задачи", default=list, blank=True))
    novelty = plain(models.TextField("что здесь нового", blank=True))
    steps = plain(models.JSONField("шаги", default=list, blank=True))
    resources = plain(models.TextField("что понадобится", blank=True))
    timing = plain(models.CharField("сколько времени занимает", max_length=255, blank=True))
    results = plain(models.JSONField("что изменилось", default=list, blank=True))
    qualitative = plain(models.TextField("что заметили", blank=True))
    risks_and_limits = plain(models.TextField("где не сработает", blank=True))
    replication_conditions = plain(models.TextField("что нужно, чтобы повторить", blank=True))
    keywords = plain(
        ArrayField(models.CharField(max_length=60), verbose_name="ключевые слова", default=list, blank=True)
    )
    licence = plain(
        models.CharField(
            "на каких условиях", max_length=8, choices=Licence.choices, default=Licence.NAMED, blank=True
        )
    )
    has_no_pupil_data = plain(models.BooleanField("нет данных об учениках", default=False))
    has_image_consents = plain(models.BooleanField("на снимки есть согласия", default=False))
    state = plain(
        models.CharField(
            "состояние", max_length=20, choices=SchoolPracticeState.choices, default=SchoolPracticeState.DRAFT
        )
    )
    revision = plain(models.PositiveSmallIntegerField("редакция", default=0))
    school_total = plain(models.DecimalField("балл школы", max_digits=4, decimal_places=1, null=True))
    school_reviewed_on = plain(models.DateField("оценена в школе", null=True))
    city_submissions = plain(models.PositiveSmallIntegerField("сколько раз передана", default=0))
    answers_call = plain(
        models.UUIDField("на какой поиск города отвечает", null=True, blank=True, editable=False)
    )
    mirror_comment = ordinary(models.TextField("что ответил город", blank=True))
    mirror_code = plain(models.CharField("номер в банке города", max_length=20, blank=True))
    mirror_ahead = plain(
        models.CharField(
            "чего ждёт в городе", max_length=8, choices=Ahead.choices, blank=True, default="", db_default=""
        )
    )
    mirror_ahead_on = plain(models.DateField("до какого дня", null=True, blank=True))
    begun_in = plain(models.UUIDField("в какой вкладке начата", null=True, blank=True, editable=False))
    written_by = plain(models.UUIDField("кто писал последним", null=True, blank=True, editable=False))
    written_in = plain(models.UUIDField("в какой вкладке", null=True, blank=True, editable=False))
    written_at = plain(models.DateTimeField("когда писал", null=True, blank=True, editable=False))
    finds_waiting = plain(
        models.PositiveSmallIntegerField("мест ждут ответа", default=0, db_default=0, editable=False)
    )

    thanks = plain(
        models.PositiveIntegerField(
            "сколько педагогов поблагодарили", default=0, db_default=0, editable=False
        )
    )
    thanks_schools = plain(
        models.PositiveIntegerField("из скольких школ", default=0, db_default=0, editable=False)
    )
    remarks_waiting = plain(
        models.PositiveSmallIntegerField("замечаний ждут ответа", default=0, db_default=0, editable=False)
    )

    objects = SchoolPracticeQuerySet.as_manager()

    class Meta:
        verbose_name = "практика школы"
        ordering = ["title_key", "id"]

    def __str__(self) -> str:
        return self.title


class PracticeWords(KeptWords, SchoolEntity):
    """A practice as the search of the school's bank keeps it: made of its text, with every change of it. Who
    wrote it is not here.
    """

    privacy = Privacy(basis=_BASIS)

    practice = models.OneToOneField(SchoolPractice, on_delete=models.CASCADE, related_name="words")

    class Meta:
        verbose_name = "слова практики"


class Authorship(SchoolEntity):
    """An author of a practice, in order."""

    privacy = Privacy(subjects=("person",), basis=_BASIS)

    practice = models.ForeignKey(SchoolPractice, on_delete=models.CASCADE, related_name="authorships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="автор")
    place = plain(models.PositiveSmallIntegerField("по порядку", default=1))
    role = plain(models.CharField("в чём участие", max_length=120, blank=True))

    class Meta:
        verbose_name = "авторство"
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["practice", "person"], name="author_once")]


class PracticeAttachment(SchoolEntity):
    """A file of the practice: at most ten."""

    privacy = Privacy(basis=_BASIS)

    practice = models.ForeignKey(SchoolPractice, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = plain(models.CharField("что это", max_length=150))
    reading = plain(models.CharField("текст", max_length=8, choices=Reading.choices, default=Reading.WAITS))
    text = ordinary(models.TextField("текст файла", blank=True))

    class Meta:
        verbose_name = "приложение практики"


class PracticeRevision(SchoolEntity):
    """The text as it was at a submission: frozen."""

    append_only = True
    privacy = Privacy(basis=_BASIS)

    practice = models.ForeignKey(SchoolPractice, on_delete=models.PROTECT, related_name="revisions")
    number = plain(models.PositiveSmallIntegerField("номер"))
    content = plain(models.JSONField("содержание"))

    class Meta:
        verbose_name = "редакция практики"
        constraints = [models.UniqueConstraint(fields=["practice", "number"], name="revision_once")]


class FindAnswer(SchoolEntity):
    """«Это не имя»: a place of the text that may leave as it is. `key` is the print of the fragment in its
    sentence: nothing can be read of it, and another sentence is another question.
    """

    privacy = Privacy(basis=_BASIS)

    practice = models.ForeignKey(SchoolPractice, on_delete=models.CASCADE, related_name="find_answers")
    key = plain(models.CharField("отпечаток места", max_length=64))
    kind = plain(models.CharField("за что принято", max_length=8))

    class Meta:
        verbose_name = "ответ о месте в практике"
        constraints = [models.UniqueConstraint(fields=["practice", "key"], name="find_answer_once")]


class UnclearDescription(SchoolEntity):
    """Another school has not understood from the published text what to do: a task of the authors, who change
    the text or answer that nothing is to be changed. Which school it was, nobody here knows.
    """

    privacy = Privacy(basis=_BASIS)

    practice = models.ForeignKey(SchoolPractice, on_delete=models.CASCADE, related_name="unclear")
    adoption = plain(models.UUIDField("внедрение", unique=True))
    revision = plain(models.PositiveSmallIntegerField("редакция"))
    words = plain(models.TextField("что не поняли", max_length=1000, blank=True))
    asked_on = plain(models.DateField("когда спросили"))
    closed_on = plain(models.DateField("закрыто", null=True))
    answer = plain(models.CharField("что ответили", max_length=300, blank=True))

    class Meta:
        verbose_name = "вопрос об описании"
        ordering = ["asked_on", "id"]


class CityRemark(SchoolEntity):
    """What the city wants mended in one field of a revision that it has returned, and the authors' answer.
    Its uuid is the city's; whose remark it is the school does not know.
    """

    privacy = Privacy(basis=_BASIS)

    practice = models.ForeignKey(SchoolPractice, on_delete=models.CASCADE, related_name="city_remarks")
    revision = plain(models.PositiveSmallIntegerField("редакция"))
    field = plain(models.CharField("к чему", max_length=24))
    text = ordinary(models.CharField("замечание", max_length=1000))
    is_mended = plain(models.BooleanField("исправлено", default=False))
    answer = ordinary(models.CharField("ответ", max_length=1000, blank=True))

    class Meta:
        verbose_name = "замечание города"
        ordering = ["id"]

    @property
    def title(self) -> str:
        """The field, as readers call it."""
        return TITLES.get(self.field, self.field)

    @property
    def is_answered(self) -> bool:
        """«Исправлено» is enough; without it a few words are."""
        return self.is_mended or len(self.answer.strip()) >= SHORTEST_ANSWER


class ExpertOffer(SchoolEntity):
    """A teacher whom the school has proposed as an expert of the city, and what the teacher has said to
    it.
    """

    privacy = Privacy(
        subjects=("person",),
        basis="Предложение школы; решает сам человек",
        keep=for_days("3 года", 3 * YEAR),
    )

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", verbose_name="кого")
    subjects = plain(ArrayField(models.CharField(max_length=30), verbose_name="предметы", default=list))
    basis = ordinary(models.CharField("почему", max_length=250))
    accepted = plain(models.BooleanField("согласие", null=True))
    answered_on = plain(models.DateField("ответ", null=True))

    class Meta:
        verbose_name = "предложение эксперта города"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(accepted=None), name="expert_offer_one_open"
            )
        ]


class OrderWaiter(SchoolEntity):
    """Whoever has ordered a practice of the city and is to hear of the answer: gone with it, or by a press.
    `order`: the number under which the order went to the city.
    """

    privacy = Privacy(
        subjects=("user",),
        basis="Попросил сам человек; город его имени не знает",
        keep=for_days("2 года", 2 * YEAR),
    )

    order = plain(models.UUIDField("заказ"))
    user = ordinary(models.UUIDField("кто ждёт"))

    class Meta:
        verbose_name = "кто ждёт ответа на заказ"
        constraints = [models.UniqueConstraint(fields=["order", "user"], name="order_waited_once")]


class SchoolReview(SchoolEntity):
    """A sheet of the school's review (T-36, school stage): five criteria 1–10, a comment, a
    recommendation.
    """

    privacy = Privacy(basis=_BASIS)

    practice = models.ForeignKey(SchoolPractice, on_delete=models.PROTECT, related_name="reviews")
    revision = plain(models.PositiveSmallIntegerField("редакция"))
    reviewer = ordinary(models.UUIDField("кто оценил"))
    scores = plain(models.JSONField("баллы"))
    total = plain(models.PositiveSmallIntegerField("сумма"))
    comment = ordinary(models.TextField("заключение"))
    recommendation = plain(models.CharField("рекомендация", max_length=8, choices=Recommendation.choices))

    class Meta:
        verbose_name = "оценка практики в школе"
        constraints = [
            models.UniqueConstraint(fields=["practice", "revision", "reviewer"], name="school_review_once")
        ]
