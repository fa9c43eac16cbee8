"""Addresses of certificates and permits."""

from django.urls import path

from nastavnik.learning.web import certificates, permits, verification

urlpatterns = [
    path("certificates/", certificates.certificate_list, name="certificate-list"),
    path("certificates/award/", certificates.certificate_award, name="certificate-award"),
    path("certificates/kinds/", certificates.kind_list, name="certificate-kind-list"),
    path("certificates/kinds/new/", certificates.kind_edit, name="certificate-kind-create"),
    path("certificates/kinds/<str:public_id>/", certificates.kind_edit, name="certificate-kind-edit"),
    path("certificates/of/<str:public_id>/", certificates.certificate_detail, name="certificate-detail"),
    path("certificates/of/<str:public_id>/print/", certificates.certificate_print, name="certificate-print"),
    path("certificates/of/<str:public_id>/revoke/", certificates.certificate_revoke, name="certificate-revoke"),
    path("certificates/person/<str:public_id>/panel/", certificates.person_panel, name="awards-panel"),
    path("check/", verification.check, name="certificate-checks"),
    path("check/<str:number>/", verification.check, name="certificate-check"),
    path("permits/", permits.permit_list, name="permit-list"),
    path("permits/give/", permits.permit_grant, name="permit-grant"),
    path("permits/types/", permits.contact_type_list, name="contact-type-list"),
    path("permits/types/new/", permits.contact_type_edit, name="contact-type-create"),
    path("permits/types/<str:public_id>/", permits.contact_type_edit, name="contact-type-edit"),
    path("permits/of/<str:public_id>/withdraw/", permits.permit_withdraw, name="permit-withdraw"),
]
