"""Orders of practices, in a school."""

from django.urls import path

from best_practices import api_orders

app_name = "practice_orders_api"
urlpatterns = [path("practice-orders/", api_orders.OrdersOfSchool.as_view(), name="orders")]
