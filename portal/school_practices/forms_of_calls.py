"""The form in which a practice names the call of the city that it answers."""

from typing import Any
from uuid import UUID

from django import forms

from best_practices.models import PracticeCall
from portal.ui.forms import PageForm


class CallNamedForm(PageForm):
    """One of the open calls, or none; one that is over stays as long as it is not changed."""

    begins_with_stored = True
    call = forms.TypedChoiceField(
        label="Поиск города",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text="Необязательно. Что ищет город, видно на странице банка практик",
    )

    def __init__(self, *args: Any, named: PracticeCall | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = {str(one.uuid): one.text for one in PracticeCall.objects.open()}
        if named is not None:
            found[str(named.uuid)] = named.text
        self.fields["call"].choices = [("", "Ни на какой"), *found.items()]  # type: ignore[attr-defined]
