"""What the methodist writes after looking at a practice again."""

from django import forms

from portal.ui.forms import PageForm


class RecheckForm(PageForm):
    answer = forms.CharField(
        label="Что решили",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Одной фразой: попросить автора дописать условия, снять с публикации, оставить и почему",
    )
