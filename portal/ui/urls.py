from django.urls import path

from portal.ui import views

urlpatterns = [
    path("", views.component_page, name="ui"),
    path("prefs/", views.prefs_page, name="ui_prefs"),
]
