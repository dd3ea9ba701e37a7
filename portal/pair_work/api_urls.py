"""The API of programmes and meetings, below `/s/<code>/api/v1/`."""

from django.urls import path

from portal.pair_work.api import adoptions, fitting, marks, naming, practices, reads, writes

app_name = "pair_work_api"
urlpatterns = [
    path("pairs/<uuid:pk>/programmes/", writes.ProgrammesOfPair.as_view(), name="pair_programmes"),
    path("pairs/<uuid:pk>/meetings/", writes.Meetings.as_view(), name="pair_meetings"),
    path("meetings/", reads.AllMeetings.as_view(), name="meetings"),
    path("programmes/", reads.Programmes.as_view(), name="programmes"),
    path("programmes/<uuid:pk>/", writes.ProgrammeOne.as_view(), name="programme"),
    path("programmes/<uuid:pk>/moves/", writes.ProgrammeMove.as_view(), name="programme_move"),
    path(
        "programmes/<uuid:pk>/practice/", practices.ProgrammeAsPractice.as_view(), name="programme_practice"
    ),
    path("programmes/<uuid:pk>/goals/", marks.GoalRatings.as_view(), name="programme_goals"),
    path(
        "programmes/<uuid:pk>/activities/<int:number>/mark/",
        marks.ActivityMarked.as_view(),
        name="activity_mark",
    ),
    path("pairs/<uuid:pk>/meetings/log/", marks.MeetingLogged.as_view(), name="meeting_log"),
    path("meetings/<uuid:pk>/", writes.MeetingOne.as_view(), name="meeting"),
    path("meetings/<uuid:pk>/record/", writes.MeetingRecord.as_view(), name="meeting_record"),
    path("meetings/<uuid:pk>/confirm/", writes.MeetingConfirm.as_view(), name="meeting_confirm"),
    path("meetings/<uuid:pk>/moves/", writes.MeetingMove.as_view(), name="meeting_move"),
    path("programmes/<uuid:pk>/adoptions/", adoptions.AdoptionsOfProgramme.as_view(), name="adoptions"),
    path("programmes/<uuid:pk>/fitting/", fitting.FittingPractices.as_view(), name="fitting"),
    path("adoptions/<uuid:pk>/", adoptions.AdoptionOne.as_view(), name="adoption"),
    path("adoptions/<uuid:pk>/outcome/", adoptions.AdoptionOutcome.as_view(), name="adoption_outcome"),
    path("adoptions/<uuid:pk>/renew/", adoptions.AdoptionRenew.as_view(), name="adoption_renew"),
    path("adoptions/<uuid:pk>/send/", adoptions.AdoptionSend.as_view(), name="adoption_send"),
    path("adoptions/<uuid:pk>/name/", naming.AdoptionName.as_view(), name="adoption_name"),
    path("adoptions/<uuid:pk>/drop/", adoptions.AdoptionDrop.as_view(), name="adoption_drop"),
]
