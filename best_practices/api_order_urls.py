"""Orders of practices, in a school."""

from django.urls import path

from best_practices import api_calls, api_orders

app_name = "practice_orders_api"
urlpatterns = [
    path("practice-orders/", api_orders.OrdersOfSchool.as_view(), name="orders"),
    path("practice-orders/<uuid:pk>/stop/", api_calls.OrderStop.as_view(), name="stop"),
    path("practice-calls/", api_calls.CallsForSchools.as_view(), name="calls"),
]
