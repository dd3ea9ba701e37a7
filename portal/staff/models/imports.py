"""The list of people that a school loads from a file, and its rows."""

from uuid import UUID

from django.db import models

from portal.core.privacy import YEAR, Privacy, along, for_days, ordinary, plain
from portal.school_records.models import StoredFile
from portal.staff.models.employments import LABOUR
from portal.staff.states import (
    ImportState,
    RowChoice,
    RowVerdict,
)
from tenants.base import SchoolEntity


class StaffImport(SchoolEntity):
    """One upload of the list of staff: the file, its rows, how far it has come."""

    privacy = Privacy(basis=LABOUR, keep=for_days("1 год", YEAR))

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="файл")
    state = plain(
        models.CharField(
            "состояние", max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED
        )
    )
    total = plain(models.PositiveIntegerField("строк", default=0))
    checked = plain(models.PositiveIntegerField("проверено", default=0))
    good = plain(models.PositiveIntegerField("можно записать", default=0))
    bad = plain(models.PositiveIntegerField("нужно поправить", default=0))
    known = plain(models.PositiveIntegerField("уже есть", default=0))
    changed = plain(models.PositiveIntegerField("изменения, которые берём", default=0))
    accepted = plain(models.PositiveIntegerField("записано", default=0))
    changed_on = plain(models.DateField("изменения действуют с", null=True, blank=True))
    finished_at = plain(models.DateTimeField("закончено", null=True))
    trouble = ordinary(models.TextField("что помешало", blank=True))
    layout = plain(models.JSONField("столбцы", default=dict))
    passed = ordinary(models.JSONField("строки не о людях", default=list))

    class Meta:
        verbose_name = "загрузка сотрудников"
        ordering = ["-id"]


class TableHeading(SchoolEntity):
    """What a person of the school has said a column of its tables is: «Кто ведёт» is «Предметы»."""

    privacy = Privacy(basis=LABOUR, keep=for_days("3 года", 3 * YEAR, "updated_at"))

    heading = plain(models.CharField("заголовок", max_length=200, unique=True))
    key = plain(models.CharField("столбец портала", max_length=20))

    class Meta:
        verbose_name = "заголовок таблицы"
        ordering = ["heading"]

    def __str__(self) -> str:
        return self.heading


class ImportRow(SchoolEntity):
    """One row of an uploaded list: as it was, as it was understood, what is wrong with it."""

    privacy = Privacy(subjects=("whose",), basis=LABOUR, keep=along("staff_import", "Как загрузка"))

    staff_import = models.ForeignKey(
        StaffImport, on_delete=models.CASCADE, related_name="rows", verbose_name="загрузка"
    )
    number = plain(models.PositiveIntegerField("строка"))
    raw = ordinary(models.JSONField("как в файле", default=dict))
    parsed = ordinary(models.JSONField("как поняли", default=dict))
    errors = ordinary(models.JSONField("что поправить", default=list))
    note = ordinary(models.TextField("замечание", blank=True))
    remarks = ordinary(models.JSONField("что не записываем", default=list))
    changes = ordinary(models.JSONField("что изменилось", default=list))
    choice = plain(models.CharField("что решено", max_length=5, choices=RowChoice.choices, blank=True))
    renamed_on = ordinary(models.DateField("новое имя с", null=True, blank=True))
    renamed_by = ordinary(models.CharField("основание смены имени", max_length=250, blank=True))
    verdict = plain(models.CharField("что со строкой", max_length=10, choices=RowVerdict.choices))
    match_key = ordinary(models.CharField("чья строка", max_length=400, blank=True, db_collation="C"))
    person = plain(models.UUIDField("сотрудник", null=True))

    class Meta:
        verbose_name = "строка загрузки"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["staff_import", "number"], name="import_row_once")]

    @property
    def whose(self) -> list[UUID]:
        """Whose data the row is: the person's, once recognised; till then the row's own number stands for
        somebody not known yet.
        """
        return [self.person or self.uuid]
