"""Pages of the bank: mentors and needs, below `/s/<code>/`."""

from django.urls import path

from portal.mentor_bank.views import cards, needs

app_name = "mentor_bank"
urlpatterns = [
    path("needs/", needs.needs, name="needs"),
    path("needs/new/", needs.need_new, name="need_new"),
    path("needs/<uuid:pk>/", needs.need, name="need"),
    path("needs/<uuid:pk>/edit/", needs.need_edit, name="need_edit"),
    path("needs/<uuid:pk>/move/", needs.need_move, name="need_move"),
    path("mentors/", cards.cards, name="cards"),
    path("mentors/new/", cards.card_new, name="card_new"),
    path("mentors/<uuid:pk>/", cards.card, name="card"),
    path("mentors/<uuid:pk>/edit/", cards.card_edit, name="card_edit"),
    path("mentors/<uuid:pk>/move/", cards.card_move, name="card_move"),
]
