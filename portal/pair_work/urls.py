"""Pages of programmes and meetings, below `/s/<code>/`."""

from django.urls import path

from portal.pair_work.views import (
    adoptions,
    meetings,
    naming,
    papers,
    practices,
    programmes,
    recording,
    writing,
)

app_name = "pair_work"
urlpatterns = [
    path("pairs/<uuid:pk>/meetings.xlsx", papers.meeting_journal, name="pair_meetings_table"),
    path("pairs/<uuid:pk>/programme/", writing.programme_new, name="programme_new"),
    path("pairs/<uuid:pk>/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("pairs/<uuid:pk>/meetings/log/", recording.meeting_log, name="meeting_log"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<uuid:pk>/", programmes.programme, name="programme"),
    path("programmes/<uuid:pk>/edit/", writing.programme_edit, name="programme_edit"),
    path("programmes/<uuid:pk>/move/", programmes.programme_move, name="programme_move"),
    path("programmes/<uuid:pk>/goals/", programmes.goals, name="programme_goals"),
    path("programmes/<uuid:pk>/activities/<int:number>/", programmes.mark, name="activity_mark"),
    path("programmes/<uuid:pk>/practice/", practices.practice, name="programme_practice"),
    path("programmes/<uuid:pk>/word/", papers.programme_paper, name="programme_paper"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<uuid:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:pk>/record/", recording.record, name="meeting_record"),
    path("meetings/<uuid:pk>/confirm/", recording.confirm, name="meeting_confirm"),
    path("meetings/<uuid:pk>/dispute/", recording.dispute, name="meeting_dispute"),
    path("meetings/<uuid:pk>/move/", meetings.move, name="meeting_move"),
    path("meetings/<uuid:pk>/cancel/", meetings.cancel, name="meeting_cancel"),
    path("meetings/<uuid:pk>/note/", meetings.note, name="meeting_note"),
    path("bank/<uuid:pk>/take/", adoptions.take, name="take_practice"),
    path("bank/<uuid:pk>/take/<uuid:programme>/", adoptions.take_into, name="take_into"),
    path("adoptions/<uuid:pk>/", adoptions.adoption, name="adoption"),
    path("adoptions/<uuid:pk>/outcome/", adoptions.outcome, name="adoption_outcome"),
    path("adoptions/<uuid:pk>/renew/", adoptions.renew, name="adoption_renew"),
    path("adoptions/<uuid:pk>/send/", adoptions.send, name="adoption_send"),
    path("adoptions/<uuid:pk>/name/", naming.name, name="adoption_name"),
    path("adoptions/<uuid:pk>/drop/", adoptions.drop, name="adoption_drop"),
]
