"""Addresses of the expertise, in the city."""

from django.urls import path

from best_practices.views import (
    asked,
    certificates,
    comments,
    drafts,
    expert_pool,
    expertise,
    orders,
    rechecks,
    remarks,
    reviewing,
    words,
)

app_name = "expertise"
urlpatterns = [
    path("practices/", expertise.practices, name="practices"),
    path("practices/experts/", expertise.pool, name="pool"),
    path("practices/asked/", asked.asked, name="asked"),
    path("practices/orders/", orders.orders, name="orders"),
    path("practices/orders/<uuid:pk>/", orders.answer, name="order"),
    path("practices/words/", words.words, name="words"),
    path("practices/words/new/", words.word_new, name="word_new"),
    path("practices/words/<uuid:pk>/", words.word, name="word"),
    path("practices/words/<uuid:pk>/use/", words.word_use, name="word_use"),
    path("practices/comments/", comments.queue, name="comments"),
    path("practices/comments/<uuid:pk>/", comments.judge, name="comment"),
    path("practices/rechecks/<uuid:pk>/", rechecks.recheck, name="recheck"),
    path("practices/<uuid:pk>/", expertise.practice, name="practice"),
    path("practices/<uuid:pk>/move/", expertise.move, name="move"),
    path("practices/<uuid:pk>/remarks/", remarks.remarks, name="remarks"),
    path("practices/<uuid:pk>/reserve/", reviewing.reserve, name="reserve"),
    path("practices/<uuid:pk>/protocol/", expertise.protocol, name="protocol"),
    path("me/expert/", expert_pool.me, name="me"),
    path("me/expert/leave/", expert_pool.leave, name="leave"),
    path("me/expert/pause/", expert_pool.pause, name="pause"),
    path("me/expert/pause/end/", expert_pool.pause_end, name="pause_end"),
    path("me/expert/certificate/", certificates.ask, name="certificate"),
    path("me/expert/proposals/<uuid:pk>/", expert_pool.answer, name="answer"),
    path("expertise/", expertise.reviews, name="reviews"),
    path("expertise/<uuid:pk>/", expertise.review, name="review"),
    path("expertise/<uuid:pk>/save/", drafts.save, name="save"),
    path("expertise/<uuid:pk>/accept/", reviewing.accept, name="accept"),
    path("expertise/<uuid:pk>/decline/", reviewing.decline, name="decline"),
    path("expertise/<uuid:pk>/replace/", reviewing.replace, name="replace"),
    path("expertise/<uuid:pk>/prolong/", reviewing.prolong, name="prolong"),
    path("expertise/<uuid:pk>/withdraw/", expertise.withdraw, name="withdraw"),
    path("expertise/<uuid:pk>/sheet/", expertise.sheet, name="sheet"),
]
