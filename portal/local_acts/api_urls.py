"""Addresses of local acts and orders, below `/s/<code>/api/v1/`."""

from django.urls import path

from portal.local_acts import api

app_name = "local_acts_api"
urlpatterns = [
    path("local-acts/", api.Acts.as_view(), name="acts"),
    path("local-acts/<uuid:pk>/", api.ActRead.as_view(), name="act"),
    path("orders/", api.Orders.as_view(), name="orders"),
    path("orders/<uuid:pk>/", api.OrderRead.as_view(), name="order"),
]
