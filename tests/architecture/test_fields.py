"""Every field is classified once; every personal model is read through something that notes the reading."""

import pathlib

import pytest
from django.apps import apps
from django.db import models

from portal.core.contour import RoomConfig
from portal.core.privacy import Privacy

ROOMS = [config for config in apps.get_app_configs() if isinstance(config, RoomConfig)]
MODELS = [model for config in ROOMS for model in config.get_models()]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_field_is_classified(model: type[models.Model]) -> None:
    privacy: Privacy = model.privacy
    own = {f.name for f in [*model._meta.concrete_fields, *model._meta.many_to_many]} - {"tenantmixin_ptr"}
    unclassified = sorted(name for name in own if privacy.of(name) is None)
    assert not unclassified, f"{model._meta.label}: say in `privacy` what these are: {unclassified}"
    named = [*privacy.plain, *privacy.ordinary, *privacy.sealed]
    assert len(named) == len(set(named)), "a field is named twice"
    assert set(named) <= own, f"no such fields: {sorted(set(named) - own)}"


@pytest.mark.parametrize("model", [m for m in MODELS if m.personal and m._meta.app_label not in ("accounts",)], ids=lambda m: m._meta.label)
def test_reading_of_personal_models_is_noted(model: type[models.Model]) -> None:
    """The room of a personal model notes the reading of it in its doors and lists."""
    room = apps.get_app_config(model._meta.app_label).path
    sources = "".join(path.read_text() for path in pathlib.Path(room).rglob("*.py") if "migrations" not in path.parts)
    assert f"noted_reading({model.__name__}" in sources, f"{model._meta.label} is personal: call audit.noted_reading({model.__name__}, …) where it is read"
