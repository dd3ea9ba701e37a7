"""Addresses of people in the city's contour. Ours stand before allauth's, so that what we do not have leads
to a kind page.
"""

from django.urls import include, path

from portal.accounts.views import address, agreements, api_keys, invitation, name, signin

urlpatterns = [
    path("accounts/login/", signin.sign_in, name="account_login"),
    path("accounts/resume/", signin.resume, name="resume"),
    path("accounts/signup/", signin.nowhere, name="account_signup"),
    path("accounts/email/", signin.nowhere, name="account_email"),
    path("accounts/password/set/", signin.nowhere, name="account_set_password"),
    path("accounts/confirm-email/", signin.nowhere, name="account_email_verification_sent"),
    path("accounts/confirm-email/<str:key>/", signin.nowhere, name="account_confirm_email"),
    path("accounts/login/code/confirm/", signin.nowhere, name="account_confirm_login_code"),
    path("accounts/address/", address.stop, name="address_stop"),
    path("accounts/address/<str:token>/", address.opened, name="address_link"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("invitation/", invitation.invitation, name="invitation"),
    path("invitation/<str:token>/", invitation.opened, name="invitation_link"),
    path("me/address/", address.own, name="own_address"),
    path("me/address/new/", address.new, name="own_address_new"),
    path("me/address/cancel/", address.cancel, name="own_address_cancel"),
    path("me/name/", name.own, name="own_name"),
    path("me/name/<uuid:pk>/", name.answer, name="own_name_answer"),
    path("agreements/<uuid:pk>/", agreements.agreement, name="agreement"),
    path("keys/", api_keys.keys, name="keys"),
    path("keys/<uuid:pk>/revoke/", api_keys.revoke, name="key_revoke"),
]
