"""Answers to remarks of the city, as fields of the form in which the text is written: each beside its own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from portal.school_practices.models import CityRemark
from portal.school_practices.remarks import LONGEST_ANSWER, RemarkAnswer


@dataclass(frozen=True)
class AskedRemark:
    """A remark with its two bound fields."""

    remark: CityRemark
    mended: forms.BoundField
    words: forms.BoundField


def add_answers(form: Any, remarks: Iterable[CityRemark]) -> dict[str, list[AskedRemark]]:
    """Puts the fields of each remark into the form; gives them by the field of the text."""
    found: dict[str, list[AskedRemark]] = defaultdict(list)
    for number, one in enumerate(remarks, 1):
        mended, words = f"remark_{one.uuid.hex}_mended", f"remark_{one.uuid.hex}_words"
        form.fields[mended] = forms.BooleanField(label="Исправлено", required=False, initial=one.is_mended)
        form.fields[words] = forms.CharField(
            label="Что сделали, или почему оставили как есть",
            required=False,
            max_length=LONGEST_ANSWER,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=one.answer,
        )
        for name in (mended, words):
            field = form.fields[name]
            field.label_alone = f"Замечание {number}, «{one.title}»: {field.label}"
        found[one.field].append(AskedRemark(one, form[mended], form[words]))
    return dict(found)


def answers_in(form: Any, remarks: Iterable[CityRemark]) -> dict[UUID, RemarkAnswer]:
    """What was answered; of a form with mistakes, what has none."""
    typed = form.cleaned_data
    return {
        one.uuid: RemarkAnswer(typed[f"remark_{one.uuid.hex}_mended"], typed[f"remark_{one.uuid.hex}_words"])
        for one in remarks
        if {f"remark_{one.uuid.hex}_mended", f"remark_{one.uuid.hex}_words"} <= typed.keys()
    }
