"""The API of the bank, below `/s/<code>/api/v1/`."""

from django.urls import path

from portal.mentor_bank.api import reads

app_name = "mentor_bank_api"
urlpatterns = [
    path("needs/", reads.Needs.as_view(), name="needs"),
    path("needs/<uuid:pk>/", reads.NeedRead.as_view(), name="need"),
    path("mentor-cards/", reads.Cards.as_view(), name="cards"),
    path("mentor-cards/<uuid:pk>/", reads.CardRead.as_view(), name="card"),
]
