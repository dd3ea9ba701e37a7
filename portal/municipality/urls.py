"""Addresses of the department's pages."""

from django.urls import path

from portal.municipality.views import (
    campaigns,
    department,
    officials,
    post,
    reference,
    schools,
    working_calendar,
)

app_name = "municipality"
urlpatterns = [
    path("schools/", schools.schools, name="schools"),
    path("schools/new/", schools.school_new, name="school_new"),
    path("schools/<uuid:pk>/", schools.school, name="school"),
    path("schools/<uuid:pk>/names/", schools.names, name="school_names"),
    path("schools/<uuid:pk>/edit/", schools.school_edit, name="school_edit"),
    path("schools/<uuid:pk>/agreement/", schools.agreement, name="agreement"),
    path("schools/<uuid:pk>/opening/", schools.opening, name="opening"),
    path("schools/<uuid:pk>/progress/", schools.progress, name="progress"),
    path("schools/<uuid:pk>/principal/", schools.invite, name="invite"),
    path("schools/<uuid:pk>/moves/", schools.move, name="school_move"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.campaign_new, name="campaign_new"),
    path("campaigns/<uuid:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<uuid:pk>/edit/", campaigns.campaign_edit, name="campaign_edit"),
    path("campaigns/<uuid:pk>/term/", campaigns.campaign_term, name="campaign_term"),
    path("campaigns/<uuid:pk>/remind/", campaigns.campaign_remind, name="campaign_remind"),
    path("campaigns/<uuid:pk>/moves/", campaigns.campaign_move, name="campaign_move"),
    path("received-forms/<uuid:pk>/", campaigns.received_form, name="received_form"),
    path("department/", department.department, name="department"),
    path("calendar/", working_calendar.calendar, name="calendar"),
    path("reference/", reference.lists, name="reference"),
    path("reference/entries/<uuid:pk>/", reference.entry, name="reference_entry"),
    path("reference/entries/<uuid:pk>/offer/", reference.entry_offer, name="reference_offer"),
    path("reference/<slug:book>/", reference.entries_page, name="reference_list"),
    path("reference/<slug:book>/new/", reference.entry_new, name="reference_new"),
    path("reference/<slug:book>/file/", reference.entries_file, name="reference_file"),
    path("people/", officials.people, name="people"),
    path("people/new/", officials.person_new, name="person_new"),
    path("people/<uuid:pk>/", officials.last_day, name="last_day"),
    path("people/invited/<uuid:pk>/again/", officials.invite_again, name="invite_again"),
    path("people/invited/<uuid:pk>/withdraw/", officials.withdraw, name="withdraw"),
    path("post/", post.post, name="post"),
    path("post/<uuid:pk>/retry/", post.retry, name="retry"),
    path("post/<uuid:pk>/aside/", post.set_aside, name="set_aside"),
]
