"""The school's practices, their review and their experts, below `/api/v1/`."""

from django.urls import path

from portal.school_practices import (
    api_calls,
    api_files,
    api_finds,
    api_remarks,
    api_reviewing,
    api_unclear,
    api_writing,
)

app_name = "school_practices_api"
urlpatterns = [
    path("school-practices/", api_writing.PracticesOfSchool.as_view(), name="practices"),
    path("school-practices/<uuid:pk>/", api_writing.PracticeOne.as_view(), name="practice"),
    path("school-practices/<uuid:pk>/discard/", api_writing.PracticeDiscard.as_view(), name="discard"),
    path("school-practices/<uuid:pk>/moves/", api_writing.PracticeMove.as_view(), name="practice_move"),
    path("school-practices/<uuid:pk>/remarks/", api_remarks.CityRemarks.as_view(), name="remarks"),
    path("school-practices/<uuid:pk>/finds/", api_finds.PracticeFinds.as_view(), name="finds"),
    path("school-practices/<uuid:pk>/unclear/", api_unclear.UnclearOfPractice.as_view(), name="unclear"),
    path("school-practices/unclear/<uuid:pk>/", api_unclear.UnclearOne.as_view(), name="unclear_answer"),
    path("school-practices/<uuid:pk>/call/", api_calls.PracticeAnswersCall.as_view(), name="call"),
    path("school-practices/<uuid:pk>/reviews/", api_reviewing.PracticeReviews.as_view(), name="reviews"),
    path("school-practices/<uuid:pk>/files/", api_files.PracticeFiles.as_view(), name="files"),
    path(
        "school-practices/<uuid:pk>/files/<uuid:file>/remove/",
        api_files.PracticeFileRemove.as_view(),
        name="file_remove",
    ),
    path("expert-offers/", api_reviewing.ExpertOffers.as_view(), name="expert_offers"),
]
