"""The API of pairs, below `/s/<code>/api/v1/`."""

from django.urls import path

from portal.mentoring.api import reads, writes

app_name = "mentoring_api"
urlpatterns = [
    path("mentoring/coverage/", reads.CoverageRead.as_view(), name="coverage"),
    path("pairs/", writes.Pairs.as_view(), name="pairs"),
    path("pairs/<uuid:pk>/", writes.PairOne.as_view(), name="pair"),
    path("pairs/<uuid:pk>/moves/", writes.PairMove.as_view(), name="pair_move"),
    path("pair-consents/", reads.Consents.as_view(), name="consents"),
    path("pair-consents/<uuid:pk>/", reads.ConsentRead.as_view(), name="consent"),
]
