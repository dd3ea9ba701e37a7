"""Addresses of certificates, in the city: the same ones from whichever school."""

from django.urls import path

from portal.certificates.views import checking, register

app_name = "certificates"
urlpatterns = [
    path("verify/", checking.verify, name="verify"),
    path("verify/<str:code>/", checking.check, name="check"),
    path("me/certificates/", register.mine, name="mine"),
    path("certificates/", register.register, name="register"),
    path("certificates/<uuid:pk>/", register.certificate, name="certificate"),
    path("certificates/<uuid:pk>/move/", register.move, name="move"),
    path("certificates/<uuid:pk>/reissue/", register.reissue, name="reissue"),
    path("certificates/<uuid:pk>/pdf/", register.pdf, name="pdf"),
]
