"""The demo city: becoming any of its people in one click."""

from portal.ui.addresses import IN_CITY, Addresses

GIVES = (IN_CITY.give(Addresses("portal.demo.urls", "demo/")),)
