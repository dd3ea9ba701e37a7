"""Reads of the expertise, in the city."""

from django.urls import path

from best_practices import (
    api,
    api_catalogues,
    api_certificates,
    api_collections,
    api_comments,
    api_experts,
    api_followed,
    api_orders,
    api_reviews,
    api_thanks,
)

app_name = "expertise_api"
urlpatterns = [
    path("me/comments/", api_comments.OwnComments.as_view(), name="own_comments"),
    path("me/comments/asked/", api_comments.AskedOfAuthor.as_view(), name="asked_of_author"),
    path("me/comments/<uuid:pk>/", api_comments.OwnComment.as_view(), name="own_comment"),
    path("me/comments/<uuid:pk>/withdraw/", api_comments.OwnWithdraw.as_view(), name="own_comment_withdraw"),
    path("me/comments/<uuid:pk>/answer/", api_comments.AuthorAnswer.as_view(), name="comment_answer"),
    path("me/collections/", api_collections.OwnCollections.as_view(), name="own_collections"),
    path("me/collections/<uuid:pk>/", api_collections.OwnCollection.as_view(), name="own_collection"),
    path(
        "me/collections/<uuid:pk>/delete/",
        api_collections.OwnCollectionDelete.as_view(),
        name="own_collection_delete",
    ),
    path(
        "me/collections/<uuid:pk>/show/", api_collections.CollectionShow.as_view(), name="own_collection_show"
    ),
    path("me/followed/", api_followed.Followed.as_view(), name="own_followed"),
    path("me/followed/<uuid:pk>/stop/", api_followed.FollowStop.as_view(), name="own_follow_stop"),
    path("me/thanks/", api_thanks.OwnThanks.as_view(), name="own_thanks"),
    path("me/thanks/to-me/", api_thanks.ThanksToMe.as_view(), name="thanks_to_me"),
    path("me/thanks/<uuid:pk>/back/", api_thanks.OwnThanksBack.as_view(), name="own_thanks_back"),
    path("practice-comments/", api_comments.Comments.as_view(), name="comments"),
    path("practice-comments/<uuid:pk>/", api_comments.Comment.as_view(), name="comment"),
    path("practice-comments/<uuid:pk>/judge/", api_comments.CommentJudge.as_view(), name="comment_judge"),
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
