"""Every field is classified once; every model with personal fields says whose they are."""

import contextlib
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from portal.core.contour import RoomConfig
from portal.core.privacy import Privacy, columns_of_people, sensitivity_of
from portal.core.reading import paths_of

ROOMS = [config for config in apps.get_app_configs() if isinstance(config, RoomConfig)]
MODELS = [model for config in ROOMS for model in config.get_models()]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_field_is_classified(model: type[models.Model]) -> None:
    columns = [*model._meta.concrete_fields, *model._meta.many_to_many]
    unclassified = sorted(column.name for column in columns if sensitivity_of(model, column) is None)
    assert not unclassified, f"{model._meta.label}: is it plain, ordinary, sealed? {unclassified}"


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_only_columns_of_libraries_are_named_apart(model: type[models.Model]) -> None:
    """Whatever stands in our own code says it at its own place, once."""
    privacy: Privacy = model.privacy  # type: ignore[attr-defined]
    columns = {column.name: column for column in model._meta.concrete_fields}
    for name in privacy.plain_inherited:
        assert name in columns, f"{model._meta.label} has no {name}"
        assert not hasattr(columns[name], "sensitivity"), f"{model._meta.label}.{name} says it itself"


NOBODYS = {
    "JournalLine": "кто сделал: показывают страницы тех вещей, с которыми сделано, имя берут у сотрудника",
    "ReadLine": "сам журнал чтения",
    "PracticeAttachment": "отрывок видит тот, кто открывает и сам файл: он того же доступа",
    "Invitation": "отпечатки и номера, имён нет",
    "Inbox": "письма никому не показываются",
    "Outbox": "письма никому не показываются",
    "StoredFile": "файл открывают через ту вещь, к которой он приложен",
    "School": "должностные данные школы",
    "CardTalk": "кто написал, согласился быть назван читателям банка: об этом сказано у формы",
    "BankPractice": "авторы согласились быть названы всем (T-29)",
    "ReceivedForm": "числа школы; кто подписал, не показывается",
    "SchoolForm": "числа школы; имя подписавшего берут у сотрудника",
    "FormValue": "числа школы",
    "FlowSeen": "кто видел перечень: имя не показывается",
    "KeptUpload": "свой файл, который ждёт своей формы",
    "StaffImport": "сколько строк; сами строки в ImportRow",
    "SchoolReview": "кто оценил: имя берут у сотрудника",
    "Remark": "чьё замечание, страница не говорит: номер листа видит методист, а лист отмечает себя сам",
    "CityRemark": "замечание города без имени и ответ; авторы в Authorship",
    "SchoolPractice": "текст практики; авторы в Authorship",
}
"""Models with personal fields whose reading is nobody's reading, each with its reason."""


def test_who_is_excused_from_saying_it_needs_the_excuse() -> None:
    needed = {model.__name__ for model in MODELS if columns_of_people(model) and not model.privacy.personal}  # type: ignore[attr-defined]
    assert sorted(set(NOBODYS) - needed) == [], "these say it themselves, or have nothing personal any more"


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
@pytest.mark.covers("found C1")
def test_a_model_with_personal_fields_says_whose_they_are(model: type[models.Model]) -> None:
    """What it says is enough: rows note themselves. Subjects lead to numbers of people, by columns only."""
    privacy: Privacy = model.privacy  # type: ignore[attr-defined]
    if columns_of_people(model):
        assert privacy.personal or model.__name__ in NOBODYS, (
            f"{model._meta.label}: say Privacy(subjects=…), whose data a row is (docs/adr/0020)"
        )
    for path in (path for name in privacy.subjects for path in paths_of(model, name)):
        with contextlib.suppress(FieldDoesNotExist):  # a property of the row itself
            field = _last_of(model, path)
            assert isinstance(getattr(field, "base_field", field), models.UUIDField), (
                f"{model._meta.label}.{path} is no number of a person"
            )


BY_KEY_ONLY = {
    "PaperPdf": "файл бумаги: чья она, говорит сама бумага, через которую он и отдаётся",
    **dict.fromkeys(
        ("CardStage", "NeedStage", "ProgrammeStage"), "состояние без того, чьё оно, никого не показывает"
    ),
    "Remark": "замечание без имени: практика и лист отмечают себя сами",
    "PastRevision": "текст без авторов: практика отмечает себя сама",
    "ProgrammePractice": "ссылка: чьи программа и черновик, говорят они сами",
    "PairStage": "состояние без пары никого не показывает, а пара отмечает себя сама",
    **dict.fromkeys(
        ("Position", "WorkStage"),
        "должность без сотрудника никого не показывает, а сотрудник отмечает себя сам",
    ),
}
"""Rows that lead to somebody and are nobody's reading, each with the reason."""


@pytest.mark.parametrize(
    "model",
    [model for model in MODELS if not model.privacy.personal],  # type: ignore[attr-defined]
    ids=lambda m: m._meta.label,
)
@pytest.mark.covers("found C1")
def test_a_row_that_leads_to_a_person_says_whose_it_is(model: type[Any]) -> None:
    """A key to a person, or to what is somebody's, is enough to tell of them: without any column that is
    personal by itself.
    """
    keys = [
        field.name
        for field in model._meta.concrete_fields
        if field.related_model and getattr(field.related_model, "privacy", Privacy()).personal
    ]
    keys += [
        field.name
        for field in model._meta.many_to_many
        if getattr(field.related_model, "privacy", Privacy()).personal
    ]
    assert bool(keys) == (model.__name__ in BY_KEY_ONLY), (
        f"{model._meta.label} leads to people by {keys}: say Privacy(subjects=…), or here why it shows nobody"
    )


def _last_of(model: type[Any], path: str) -> Any:
    *relations, column = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return model._meta.get_field(column)
