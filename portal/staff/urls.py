"""Addresses about people, below `/s/<code>/`."""

from django.urls import path

from portal.staff.views import consents, imports, offices, people

app_name = "staff"
urlpatterns = [
    path("employees/", people.employees, name="employees"),
    path("employees/new/", people.new, name="new"),
    path("employees/deputy/", people.deputy, name="deputy"),
    path("employees/invite/", people.invite_all, name="invite_all"),
    path("employees/import/", imports.import_new, name="import_new"),
    path("employees/import/sample/", imports.sample, name="import_sample"),
    path("employees/import/<uuid:pk>/", imports.one_import, name="import"),
    path("employees/import/<uuid:pk>/rows/<int:number>/", imports.row, name="import_row"),
    path("employees/import/<uuid:pk>/mend/", imports.rows_to_mend, name="import_mend"),
    path("employees/<uuid:pk>/", people.employee, name="employee"),
    path("employees/<uuid:pk>/edit/", people.edit, name="edit"),
    path("employees/<uuid:pk>/name/", people.name, name="name"),
    path("employees/<uuid:pk>/dismiss/", people.dismiss, name="dismiss"),
    path("employees/<uuid:pk>/invite/", people.invite, name="invite"),
    path("employees/<uuid:pk>/consent/<slug:kind>/", consents.consent_new, name="consent_new"),
    path("offices/", offices.offices, name="offices"),
    path("offices/new/", offices.office_new, name="office_new"),
    path("offices/<uuid:pk>/", offices.office, name="office"),
    path("offices/<uuid:pk>/end/", offices.office_end, name="office_end"),
    path("consents/<uuid:pk>/", consents.consent, name="consent"),
    path("consents/<uuid:pk>/move/", consents.consent_move, name="consent_move"),
    path("consents/<uuid:pk>/word/", consents.consent_word, name="consent_word"),
    path("consents/<uuid:pk>/withdrawal/", consents.consent_withdrawal, name="consent_withdrawal"),
    path("consents/<uuid:pk>/scan/", consents.consent_scan, name="consent_scan"),
]
