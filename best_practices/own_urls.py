"""Addresses at which a person follows the bank, in the city: the same ones from whichever school."""

from django.urls import path

from best_practices.views import catalogues, collections, comments, feed, followed, saved, thanks

app_name = "own_bank"
urlpatterns = [
    path("me/feed/", feed.own, name="feed"),
    path("me/searches/", saved.searches, name="searches"),
    path("me/searches/new/", saved.search_new, name="search_new"),
    path("me/searches/<uuid:pk>/", saved.search, name="search"),
    path("me/searches/<uuid:pk>/delete/", saved.search_delete, name="search_delete"),
    path("me/catalogues/", catalogues.catalogues, name="catalogues"),
    path("me/catalogues/new/", catalogues.catalogue_new, name="catalogue_new"),
    path("me/catalogues/<uuid:pk>/", catalogues.catalogue, name="catalogue"),
    path("me/catalogues/<uuid:pk>/file/", catalogues.catalogue_file, name="catalogue_file"),
    path("me/comments/", comments.comments, name="comments"),
    path("me/comments/about/<uuid:pk>/", comments.comment_new, name="comment_new"),
    path("me/comments/<uuid:pk>/", comments.comment, name="comment"),
    path("me/comments/<uuid:pk>/withdraw/", comments.comment_withdraw, name="comment_withdraw"),
    path("me/comments/<uuid:pk>/answer/", comments.comment_answer, name="comment_answer"),
    path("me/thanks/", thanks.thanks, name="thanks"),
    path("me/thanks/about/<uuid:pk>/", thanks.thank, name="thank"),
    path("me/thanks/<uuid:pk>/back/", thanks.thanks_back, name="thanks_back"),
    path("me/collections/", collections.collections, name="collections"),
    path("me/collections/new/", collections.collection_new, name="collection_new"),
    path("me/collections/about/<uuid:pk>/", collections.collect, name="collect"),
    path("me/collections/<uuid:pk>/", collections.collection, name="collection"),
    path("me/collections/<uuid:pk>/edit/", collections.collection_edit, name="collection_edit"),
    path("me/collections/<uuid:pk>/delete/", collections.collection_delete, name="collection_delete"),
    path("me/collections/<uuid:pk>/arrange/", collections.collection_arrange, name="collection_arrange"),
    path("me/collections/<uuid:pk>/show/", collections.collection_show, name="collection_show"),
    path("me/followed/", followed.followed, name="followed"),
    path("me/followed/about/<uuid:pk>/", followed.follow, name="follow"),
    path("me/followed/<uuid:pk>/stop/", followed.follow_stop, name="follow_stop"),
    path("searches/stop/<str:key>/", saved.stop, name="stop"),
    path("feed/<str:key>/", feed.read, name="read_feed"),
]
