"""Addresses of the bank, the same in a school and in the city."""

from django.urls import path

from best_practices.views import bank, orders, suggesting

app_name = "bank"
urlpatterns = [
    path("", bank.find, name="find"),
    path("suggest/", suggesting.suggest, name="suggest"),
    path("order/", orders.order, name="order"),
    path("<uuid:pk>/", bank.read, name="practice"),
    path("<uuid:pk>/pdf/", bank.download, name="pdf"),
]
