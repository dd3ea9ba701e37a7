"""What a form says when something cannot be read: our own sentences in place of the library's, for every kind
of field.
"""

from typing import Any

from django import forms

KIND_WORDS = {
    "required": "Здесь нужен ответ.",
    "invalid_choice": "Выберите один из предложенных вариантов.",
    "max_length": "Получилось длиннее, чем помещается: сократите до %(limit_value)d знаков, сейчас "
    "%(show_value)d.",
    "min_length": "Напишите подробнее: нужно не меньше %(limit_value)d знаков, сейчас %(show_value)d.",
    "max_value": "Число больше допустимого: не больше %(limit_value)s.",
    "min_value": "Число меньше допустимого: не меньше %(limit_value)s.",
    "invalid": "Не получается прочитать. Проверьте, как написано.",
    "null_characters_not_allowed": "В текст попал невидимый знак. Наберите это место заново.",
    "invalid_list": "Выберите один или несколько вариантов из списка.",
    "invalid_pk_value": "Выберите один из предложенных вариантов.",
    "step_size": "Такое число здесь не подходит: шаг %(limit_value)s.",
    "max_digits": "Слишком длинное число: не больше %(max)s цифр.",
    "max_decimal_places": "После запятой не больше %(max)s цифр.",
    "max_whole_digits": "До запятой не больше %(max)s цифр.",
    "invalid_date": "Напишите дату так: 20.11.2026.",
    "invalid_time": "Напишите время так: 14:20.",
    "overflow": "Такого срока не бывает: проверьте число.",
    "incomplete": "Заполните все части этого поля.",
    "invalid_extension": "Файл такого вида портал не читает. Выберите другой.",
    "invalid_image": "Это не картинка, или она повреждена. Выберите другой файл.",
}
ASKED: tuple[tuple[Any, str], ...] = (
    (forms.MultipleChoiceField | forms.ModelMultipleChoiceField, "Отметьте хотя бы один вариант."),
    (forms.ChoiceField, "Выберите один из вариантов."),
    (forms.FileField, "Приложите файл."),
    (forms.EmailField, "Напишите адрес почты, например ivanova@school5.ru."),
    (forms.IntegerField | forms.FloatField, "Напишите число цифрами."),
    (forms.TimeField, "Напишите время, например 14:20."),
    (forms.BooleanField, "Без этой отметки дальше нельзя."),
    (forms.CharField, "Здесь нужно что-то написать."),
)
"""What an empty field asks for, by its kind, the narrower first; the browser's «Заполните это поле» tells
nothing.
"""


def kind_words_for(field: forms.Field) -> dict[str, str]:
    """What a field says by its kind; a field's own words (given at its declaration) win."""
    said = dict(KIND_WORDS)
    said["required"] = next((words for kinds, words in ASKED if isinstance(field, kinds)), said["required"])
    if isinstance(field, forms.IntegerField):
        said["invalid"] = "Здесь нужно целое число, цифрами."
    if isinstance(field, forms.DecimalField):
        said["invalid"] = "Здесь нужно число, цифрами, например 1,5."
    if isinstance(field, forms.EmailField):
        said["invalid"] = "Не похоже на адрес почты. Он пишется так: ivanova@school5.ru."
    if isinstance(field, forms.URLField):
        said["invalid"] = "Не похоже на адрес сайта. Он пишется так: school5.example.ru."
    if isinstance(field, forms.ModelChoiceField):
        said["invalid"] = said["invalid_choice"]
    if isinstance(field, forms.FileField):
        said.update(
            empty="Этот файл пуст. Выберите другой.",
            missing="Файл не дошёл. Приложите его ещё раз.",
            contradiction="Либо приложите файл, либо отметьте, что его надо убрать.",
            max_length="Имя файла длиннее, чем помещается: сократите его до %(max)d знаков.",
        )
    return said


def speak_kindly(field: forms.Field) -> None:
    """Gives the field our words; those that its author has given stay."""
    field.error_messages = {**field.error_messages, **kind_words_for(field), **_declared_words(field)}


def _declared_words(field: forms.Field) -> dict[str, str]:
    """Words that differ from those of the field's class were given by the form's author."""
    usual: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        usual.update(getattr(kind, "default_error_messages", {}))
    return {code: str(said) for code, said in field.error_messages.items() if said != usual.get(code)}
