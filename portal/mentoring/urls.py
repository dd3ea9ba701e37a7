"""Pages of pairs and consents, below `/s/<code>/`."""

from django.urls import path

from portal.mentoring.forms.steps import PAGES
from portal.mentoring.views import consents, pairs, papers, proposing, steps

app_name = "mentoring"
urlpatterns = [
    path("needs/<uuid:pk>/propose/", proposing.mentors, name="propose"),
    path("needs/<uuid:pk>/propose/<uuid:mentor>/", proposing.terms, name="propose_terms"),
    path("pairs/", pairs.pairs, name="pairs"),
    path("pairs/group/", proposing.group, name="propose_group"),
    path("pairs/<uuid:pk>/move/", pairs.pair_move, name="pair_move"),
    *(path(f"pairs/<uuid:pk>/{name}/", steps.step, {"name": name}, name=f"pair_{name}") for name in PAGES),
    path("pairs/<uuid:pk>/register/", pairs.register, name="pair_register"),
    path("pairs/<uuid:pk>/pay/", pairs.pay, name="pair_pay"),
    path("pairs/<uuid:pk>/papers/<str:code>/", papers.pair_paper, name="pair_paper"),
    path("pairs/<uuid:pk>/scans/<str:what>/", papers.pair_scan, name="pair_scan"),
    path("pair-consents/<uuid:pk>/", consents.consent, name="consent"),
    path("pair-consents/<uuid:pk>/choice/", consents.choice, name="consent_choice"),
    path("pair-consents/<uuid:pk>/refuse/", consents.refuse, name="consent_refuse"),
    path("pair-consents/<uuid:pk>/withdraw/", consents.withdraw, name="consent_withdraw"),
    path("pair-consents/<uuid:pk>/word/", papers.consent_paper, name="consent_paper"),
    path("pair-consents/<uuid:pk>/scan/", papers.consent_scan, name="consent_scan"),
]
