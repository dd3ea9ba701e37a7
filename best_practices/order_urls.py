"""The address at which a school orders a practice; the city has none."""

from django.urls import path

from best_practices.views import orders

app_name = "practice_orders"
urlpatterns = [path("", orders.order, name="new")]
