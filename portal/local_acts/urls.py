"""Addresses of local acts and orders, below `/s/<code>/`."""

from django.urls import path

from portal.local_acts.views import acts, orders

app_name = "local_acts"
urlpatterns = [
    path("acts/", acts.acts, name="acts"),
    path("acts/prepare/", acts.prepare, name="act_prepare"),
    path("acts/own/", acts.own, name="act_own"),
    path("acts/<uuid:pk>/", acts.act, name="act"),
    path("acts/<uuid:pk>/chapters/", acts.chapters, name="act_chapters"),
    path("acts/<uuid:pk>/approve/", acts.approve, name="act_approve"),
    path("acts/<uuid:pk>/register/", acts.register, name="act_register"),
    path("acts/<uuid:pk>/word/", acts.act_word, name="act_word"),
    path("acts/<uuid:pk>/pdf/", acts.act_pdf, name="act_pdf"),
    path("acts/<uuid:pk>/pdf/file/", acts.act_pdf_file, name="act_pdf_file"),
    path("acts/<uuid:pk>/scan/", acts.act_scan, name="act_scan"),
    path("curator/", orders.curator, name="curator"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<uuid:pk>/", orders.order, name="order"),
    path("orders/<uuid:pk>/register/", orders.order_register, name="order_register"),
    path("orders/<uuid:pk>/move/", orders.order_move, name="order_move"),
    path("orders/<uuid:pk>/amend/", orders.order_amend, name="order_amend"),
    path("orders/<uuid:pk>/word/", orders.order_word, name="order_word"),
    path("orders/<uuid:pk>/scan/", orders.order_scan, name="order_scan"),
]
