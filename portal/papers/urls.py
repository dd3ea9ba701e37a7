"""Addresses of frozen papers, the same in both contours."""

from django.urls import path

from portal.papers import views

app_name = "papers"
urlpatterns = [
    path("papers/<uuid:pk>/word/", views.word, name="word"),
    path("papers/<uuid:pk>/pdf/", views.pdf, name="pdf"),
    path("papers/<uuid:pk>/pdf/file/", views.pdf_file, name="pdf_file"),
]
