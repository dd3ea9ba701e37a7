"""Addresses of the school's forms and of the disclosure journal."""

from django.urls import path

from portal.monitoring import views

app_name = "monitoring"
urlpatterns = [
    path("forms/", views.forms, name="forms"),
    path("forms/<uuid:pk>/", views.form, name="form"),
    path("forms/<uuid:pk>/fill/", views.fill, name="fill"),
    path("forms/<uuid:pk>/recount/", views.recount, name="recount"),
    path("forms/<uuid:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("disclosure/", views.disclosure, name="disclosure"),
    path("disclosure/seen/", views.seen, name="seen"),
]
