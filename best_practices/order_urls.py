"""The address at which a school orders a practice, and reads what the city looks for; the city has none."""

from django.urls import path

from best_practices.views import calls, orders

app_name = "practice_orders"
urlpatterns = [
    path("", orders.order, name="new"),
    path("calls/", calls.calls, name="calls"),
    path("<uuid:pk>/stop/", calls.stop_waiting, name="stop"),
]
