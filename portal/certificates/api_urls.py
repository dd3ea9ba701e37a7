"""Certificates in the API of the city."""

from django.urls import path

from portal.certificates import api

app_name = "certificates_api"
urlpatterns = [
    path("me/certificates/", api.OwnCertificates.as_view(), name="mine"),
    path("certificates/", api.Register.as_view(), name="register"),
    path("certificates/<uuid:pk>/", api.CertificateRead.as_view(), name="certificate"),
    path("certificates/<uuid:pk>/reissue/", api.Reissue.as_view(), name="reissue"),
    path("verify/<str:code>/", api.Verify.as_view(), name="verify"),
    path("certificates/<uuid:pk>/revoke/", api.Revoke.as_view(), name="revoke"),
]
