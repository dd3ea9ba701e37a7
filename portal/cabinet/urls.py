"""Pages across the rooms of mentoring, below `/s/<code>/`."""

from django.urls import path

from portal.cabinet.views import folder, pair, settings

app_name = "cabinet"
urlpatterns = [
    path("pairs/<uuid:pk>/", pair.pair, name="pair"),
    path("pairs/<uuid:pk>/journal/", pair.journal, name="pair_journal"),
    path("pairs/<uuid:pk>/folder.zip", folder.pair_folder, name="pair_folder"),
    path("mentoring/advice/<slug:code>/later/", settings.advice_later, name="advice_later"),
    path("mentoring/settings/", settings.settings, name="settings"),
]
