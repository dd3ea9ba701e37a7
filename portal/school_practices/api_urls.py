"""Reads of the school's practices and answers about their texts, below `/api/v1/`."""

from django.urls import path

from portal.school_practices import api, api_calls, api_finds, api_remarks, api_unclear

app_name = "school_practices_api"
urlpatterns = [
    path("school-practices/", api.SchoolPractices.as_view(), name="practices"),
    path("school-practices/<uuid:pk>/", api.SchoolPracticeRead.as_view(), name="practice"),
    path("school-practices/<uuid:pk>/remarks/", api_remarks.CityRemarks.as_view(), name="remarks"),
    path("school-practices/<uuid:pk>/finds/", api_finds.PracticeFinds.as_view(), name="finds"),
    path("school-practices/<uuid:pk>/unclear/", api_unclear.UnclearOfPractice.as_view(), name="unclear"),
    path("school-practices/unclear/<uuid:pk>/", api_unclear.UnclearOne.as_view(), name="unclear_answer"),
    path("school-practices/<uuid:pk>/call/", api_calls.PracticeAnswersCall.as_view(), name="call"),
]
