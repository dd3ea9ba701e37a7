"""What readers write about practices, and the methodist's word on it."""

from django import forms

from best_practices.models.comments import LONGEST_COMMENT, LONGEST_REASON
from best_practices.models.thanks import LONGEST_THANKS
from portal.ui.forms import PageForm

SHOW, DECLINE = "show", "decline"
_NO_PEOPLE = "Без имён учеников и коллег и без телефонов: отзыв прочтут все школы города"


class CommentForm(PageForm):
    """A word of a teacher about a practice."""

    text = forms.CharField(
        label="Что вы хотите сказать",
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_NO_PEOPLE,
    )
    is_question = forms.BooleanField(
        label="Это вопрос автору",
        required=False,
        help_text="Автор увидит его среди своих дел и ответит здесь же",
    )


class AnswerForm(PageForm):
    """An author's answer."""

    text = forms.CharField(
        label="Ваш ответ",
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_NO_PEOPLE,
    )


class JudgeForm(PageForm):
    """The methodist's word on a comment."""

    hide_optional = True
    word = forms.ChoiceField(
        label="Что решили",
        choices=[(SHOW, "показать всем читателям банка"), (DECLINE, "не показывать")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Если не показывать, почему",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Эти слова прочтёт тот, кто написал отзыв",
    )

    @property
    def said(self) -> dict[str, object]:
        """What `judge_comment` takes."""
        return {"show": self.cleaned_data["word"] == SHOW, "reason": self.cleaned_data["reason"]}


class ThanksForm(PageForm):
    """A sentence to the authors; it may stay unsaid."""

    words = forms.CharField(
        label="За что спасибо",
        required=False,
        max_length=LONGEST_THANKS,
        help_text="Одним предложением. Прочтут только авторы",
    )
