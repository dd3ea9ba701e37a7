"""The API of mentoring, below `/s/<code>/api/v1/`."""

from django.urls import path

from portal.mentoring.api import reads, writes

app_name = "mentoring_api"
urlpatterns = [
    path("needs/", reads.Needs.as_view(), name="needs"),
    path("needs/<uuid:pk>/", reads.NeedRead.as_view(), name="need"),
    path("mentor-cards/", reads.Cards.as_view(), name="cards"),
    path("mentor-cards/<uuid:pk>/", reads.CardRead.as_view(), name="card"),
    path("mentoring/coverage/", reads.CoverageRead.as_view(), name="coverage"),
    path("pairs/", writes.Pairs.as_view(), name="pairs"),
    path("pairs/<uuid:pk>/", writes.PairOne.as_view(), name="pair"),
    path("pairs/<uuid:pk>/moves/", writes.PairMove.as_view(), name="pair_move"),
    path("pairs/<uuid:pk>/programmes/", writes.ProgrammesOfPair.as_view(), name="pair_programmes"),
    path("pairs/<uuid:pk>/meetings/", writes.Meetings.as_view(), name="pair_meetings"),
    path("pair-consents/", reads.Consents.as_view(), name="consents"),
    path("pair-consents/<uuid:pk>/", reads.ConsentRead.as_view(), name="consent"),
    path("meetings/", reads.AllMeetings.as_view(), name="meetings"),
    path("programmes/", reads.Programmes.as_view(), name="programmes"),
    path("programmes/<uuid:pk>/", writes.ProgrammeOne.as_view(), name="programme"),
    path("programmes/<uuid:pk>/moves/", writes.ProgrammeMove.as_view(), name="programme_move"),
    path("meetings/<uuid:pk>/", writes.MeetingOne.as_view(), name="meeting"),
    path("meetings/<uuid:pk>/record/", writes.MeetingRecord.as_view(), name="meeting_record"),
    path("meetings/<uuid:pk>/confirm/", writes.MeetingConfirm.as_view(), name="meeting_confirm"),
    path("meetings/<uuid:pk>/moves/", writes.MeetingMove.as_view(), name="meeting_move"),
]
