"""Pages across the rooms of mentoring, below `/s/<code>/`."""

from django.urls import path

from portal.cabinet.views import folder, of_day, pair, settings, year

app_name = "cabinet"
urlpatterns = [
    path("pairs/<uuid:pk>/", pair.pair, name="pair"),
    path("pairs/<uuid:pk>/journal/", pair.journal, name="pair_journal"),
    path("pairs/<uuid:pk>/folder.zip", folder.pair_folder, name="pair_folder"),
    path("mentoring/advice/<slug:code>/later/", settings.advice_later, name="advice_later"),
    path("day/", of_day.of_day, name="of_day"),
    path("year/", year.year, name="year"),
    path("year/<slug:what>/<uuid:pk>/confirm/", year.year_confirm, name="year_confirm"),
    path("mentoring/settings/", settings.settings, name="settings"),
]
