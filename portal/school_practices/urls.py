"""Addresses of the school's practices."""

from django.urls import path

from portal.school_practices import call_views, check_views, unclear_views, views, writing_views

app_name = "school_practices"
urlpatterns = [
    path("practices/", views.practices, name="practices"),
    path("practices/suggest/", views.suggest, name="suggest"),
    path("practices/new/", writing_views.new, name="new"),
    path("practices/new/save/", writing_views.save_new, name="save_new"),
    path("practices/experts/", views.experts, name="experts"),
    path("practices/unclear/<uuid:pk>/", unclear_views.unclear, name="unclear"),
    path("practices/<uuid:pk>/", views.practice, name="practice"),
    path("practices/<uuid:pk>/edit/", writing_views.edit, name="edit"),
    path("practices/<uuid:pk>/save/", writing_views.save, name="save"),
    path("practices/<uuid:pk>/writing/", writing_views.writing, name="writing"),
    path("practices/<uuid:pk>/move/", views.move, name="move"),
    path("practices/<uuid:pk>/discard/", views.discard, name="discard"),
    path("practices/<uuid:pk>/review/", views.review, name="review"),
    path("practices/<uuid:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("practices/<uuid:pk>/check/", check_views.check, name="check"),
    path("practices/<uuid:pk>/call/", call_views.call, name="call"),
    path("practices/<uuid:pk>/files/", views.attach, name="attach"),
    path("practices/<uuid:pk>/files/<uuid:file>/", views.attachment, name="attachment"),
    path("practices/<uuid:pk>/files/<uuid:file>/remove/", views.remove_attachment, name="remove_attachment"),
    path("practices/<uuid:pk>/word/", views.word, name="word"),
]
