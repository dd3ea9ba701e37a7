"""Forms of collections of cards."""

from collections.abc import Sequence
from typing import Any

from django import forms

from best_practices.models import Collection
from best_practices.models.collections import LONGEST_NOTE, LONGEST_TEXT, LONGEST_TITLE
from portal.ui.choices import offer
from portal.ui.forms import PageForm


class CollectionForm(PageForm):
    """Its name, and what it is about. `may_be_of_city`: the methodist may gather for all."""

    title = forms.CharField(label="Название", max_length=LONGEST_TITLE)
    text = forms.CharField(
        label="О чём она", required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    of_city = forms.BooleanField(
        label="Подборка города",
        required=False,
        help_text="Её увидят все читатели банка, когда вы вынесете её на первую страницу",
    )

    def __init__(self, *args: Any, may_be_of_city: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_be_of_city:
            del self.fields["of_city"]


class ArrangeForm(PageForm):
    """What is done with a card of a collection; its note."""

    practice = forms.CharField(widget=forms.HiddenInput)
    act = forms.CharField(widget=forms.HiddenInput, initial="note")
    note = forms.CharField(label="Заметка", required=False, max_length=LONGEST_NOTE)

    def __init__(self, *args: Any, practice: str = "", **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{practice}-%s", **kwargs)


NEW = "new"


class CollectForm(PageForm):
    """Into which collection a card goes, with what note."""

    into = forms.ChoiceField(label="В какую подборку", choices=())
    title = forms.CharField(
        label="Название новой подборки",
        required=False,
        max_length=LONGEST_TITLE,
        help_text="Видите её только вы",
    )
    note = forms.CharField(
        label="Заметка", required=False, max_length=LONGEST_NOTE, help_text="Зачем вы её отложили"
    )

    def __init__(self, *args: Any, own: Sequence[Collection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = {str(one.uuid): one for one in own}
        named = [(uuid, f"{one} (города)" if one.is_of_city else str(one)) for uuid, one in self.own.items()]
        offer(self, "into", [*named, (NEW, "Новая подборка")])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("into") == NEW and not told.get("title"):
            self.add_error("title", "Назовите новую подборку.")
        return told

    @property
    def chosen(self) -> Collection | None:
        """The one that there is; None for a new one."""
        return self.own.get(self.cleaned_data["into"])
