"""The short address of a practice, as it stands on paper; the city's only."""

from django.urls import path

from best_practices.views import exporting

app_name = "card"
urlpatterns = [path("p/<str:number>/", exporting.short, name="short")]
