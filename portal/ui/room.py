"""The page of components, and how a page looks for whoever reads it."""

from portal.ui.addresses import IN_CITY, Addresses

GIVES = (IN_CITY.give(Addresses("portal.ui.urls", "ui/")),)
