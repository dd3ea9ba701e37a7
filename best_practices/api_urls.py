"""Reads of the expertise, in the city."""

from django.urls import path

from best_practices import (
    api,
    api_catalogues,
    api_certificates,
    api_experts,
    api_orders,
    api_reviews,
)

app_name = "expertise_api"
urlpatterns = [
    path("me/expert/certificate/", api_certificates.ExpertCertificate.as_view(), name="certificate"),
    path("me/catalogues/", api_catalogues.OwnCatalogues.as_view(), name="catalogues"),
    path("me/catalogues/<uuid:pk>/", api_catalogues.OwnCatalogue.as_view(), name="catalogue"),
    path("me/catalogues/<uuid:pk>/file/", api_catalogues.CatalogueFile.as_view(), name="catalogue_file"),
    path("practices/", api.Practices.as_view(), name="practices"),
    path("practices/<uuid:pk>/", api.PracticeRead.as_view(), name="practice"),
    path("practices/<uuid:pk>/move/", api_reviews.PracticeMove.as_view(), name="practice_move"),
    path("practices/<uuid:pk>/reserve/", api_reviews.PracticeReserve.as_view(), name="reserve"),
    path("practices/<uuid:pk>/reviews/", api_reviews.ReviewsOfPractice.as_view(), name="practice_reviews"),
    path("sheets/<uuid:pk>/", api_reviews.Sheet.as_view(), name="sheet"),
    path("sheets/<uuid:pk>/move/", api_reviews.SheetMove.as_view(), name="sheet_move"),
    path("search-words/", api.SearchWords.as_view(), name="search_words"),
    path("practice-orders/", api_orders.Orders.as_view(), name="orders"),
    path("practice-orders/<uuid:pk>/", api_orders.Order.as_view(), name="order"),
    path("practice-orders/<uuid:pk>/answer/", api_orders.OrderAnswer.as_view(), name="order_answer"),
    path("practices/<uuid:pk>/experts/", api_experts.ExpertsOfPractice.as_view(), name="practice_experts"),
    path("me/expert/", api_experts.OwnPlace.as_view(), name="own_expert"),
    path("me/expert/leave/", api_experts.OwnLeave.as_view(), name="own_expert_leave"),
    path("me/expert/pause/", api_experts.OwnPause.as_view(), name="own_expert_pause"),
    path("me/expert/pause/end/", api_experts.OwnPauseEnd.as_view(), name="own_expert_pause_end"),
    path("me/expert/proposals/", api_experts.OwnProposals.as_view(), name="own_expert_proposals"),
    path(
        "me/expert/proposals/<uuid:pk>/answer/",
        api_experts.OwnProposalAnswer.as_view(),
        name="own_expert_answer",
    ),
    path("reviews/", api_reviews.OwnReviews.as_view(), name="reviews"),
    path("reviews/<uuid:pk>/", api_reviews.OwnReview.as_view(), name="review"),
    path("reviews/<uuid:pk>/move/", api_reviews.OwnReviewMove.as_view(), name="review_move"),
]
