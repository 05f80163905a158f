from django.urls import path

from subsidies.views import finance, own, papers, staff

app_name = "subsidies"
urlpatterns = [
    path("me/claims/", own.own_claim_list, name="own_claim_list"),
    path("me/claims/make/<int:enrolment_id>/<int:version_id>/", own.claim_make, name="claim_make"),
    path("me/claims/<int:pk>/", own.claim_detail, name="claim_detail"),
    path("me/claims/<int:pk>/submit/", own.claim_submit, name="claim_submit"),
    path("me/claims/<int:pk>/withdraw/", own.claim_withdraw, name="claim_withdraw"),
    path("me/claims/<int:pk>/form/", papers.application_request, name="application_request"),
    path("me/claims/papers/<int:pk>/", papers.document_download, name="document_download"),
    path("me/claims/dossiers/<int:pk>/", papers.dossier_download, name="dossier_download"),
    path("hr/claims/", staff.claim_list, name="claim_list"),
    path("hr/claims/<int:pk>/decide/", staff.claim_decide, name="claim_decide"),
    path("hr/claims/batches/", staff.batch_file, name="batch_file"),
    path("hr/claims/batches/<int:pk>/", staff.batch_detail, name="batch_detail"),
    path("hr/claims/batches/<int:pk>/roster/", papers.roster_request, name="roster_request"),
    path("hr/finance/", finance.finance_overview, name="finance_overview"),
    path("hr/finance/<int:pk>/", finance.receivable_detail, name="receivable_detail"),
    path("hr/finance/<int:pk>/waiver/", finance.waiver_request, name="waiver_request"),
    path("hr/finance/waivers/<int:pk>/", finance.waiver_decide, name="waiver_decide"),
]
