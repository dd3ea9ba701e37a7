"""The list of people that a school loads from a file, and its rows."""

from uuid import UUID

from django.db import models

from portal.core.privacy import YEAR, Privacy, along, for_days
from portal.staff.models.people import LABOUR
from portal.staff.states import (
    ImportState,
    RowVerdict,
)
from tenants.base import SchoolEntity


class StaffImport(SchoolEntity):
    """One upload of the list of staff: the file, its rows, how far it has come."""

    privacy = Privacy(
        plain=("file", "total", "checked", "good", "bad", "known", "accepted", "finished_at"),
        ordinary=("trouble",),
        basis=LABOUR,
        keep=for_days("1 год", YEAR),
    )

    file = models.ForeignKey(
        "school_records.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name="файл"
    )
    state = models.CharField(
        "состояние", max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    total = models.PositiveIntegerField("строк", default=0)
    checked = models.PositiveIntegerField("проверено", default=0)
    good = models.PositiveIntegerField("можно записать", default=0)
    bad = models.PositiveIntegerField("нужно поправить", default=0)
    known = models.PositiveIntegerField("уже есть", default=0)
    accepted = models.PositiveIntegerField("записано", default=0)
    finished_at = models.DateTimeField("закончено", null=True)
    trouble = models.TextField("что помешало", blank=True)

    class Meta:
        verbose_name = "загрузка сотрудников"
        ordering = ["-id"]


class ImportRow(SchoolEntity):
    """One row of an uploaded list: as it was, as it was understood, what is wrong with it."""

    privacy = Privacy(
        subjects=("whose",),
        plain=("staff_import", "number", "employee", "verdict"),
        ordinary=("raw", "parsed", "errors", "note", "match_key"),
        basis=LABOUR,
        keep=along("staff_import", "Как загрузка"),
    )

    staff_import = models.ForeignKey(
        StaffImport, on_delete=models.CASCADE, related_name="rows", verbose_name="загрузка"
    )
    number = models.PositiveIntegerField("строка")
    raw = models.JSONField("как в файле", default=dict)
    parsed = models.JSONField("как поняли", default=dict)
    errors = models.JSONField("что поправить", default=list)
    note = models.CharField("замечание", max_length=300, blank=True)
    verdict = models.CharField("что со строкой", max_length=10, choices=RowVerdict.choices)
    match_key = models.CharField("чья строка", max_length=400, blank=True, db_collation="C")
    employee = models.UUIDField("сотрудник", null=True)

    class Meta:
        verbose_name = "строка загрузки"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["staff_import", "number"], name="import_row_once")]

    @property
    def whose(self) -> list[UUID]:
        """Whose data the row is: the person's, once recognised; till then the row's own number stands for
        somebody not known yet.
        """
        return [self.employee or self.uuid]
