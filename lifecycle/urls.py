from django.urls import path

from lifecycle.views import cases, commitments, dossiers, models, plans, requirements, visibility, waivers

app_name = "lifecycle"
urlpatterns = [
    path("models/", models.model_list, name="models"),
    path("models/new/", models.register, name="model-new"),
    path("models/<uuid:ai_model_id>/", models.model, name="model-record"),
    path("models/<uuid:ai_model_id>/edit/", models.edit, name="model-edit"),
    path("models/<uuid:ai_model_id>/state/", models.state, name="model-state"),
    path("models/<uuid:ai_model_id>/visibility/", visibility.of_model, name="model-visibility"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/new/", cases.open_new, name="case-new"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/plan/", plans.plan, name="case-plan"),
    path("cases/<uuid:case_id>/dossiers/<int:round>/", dossiers.dossier, name="dossier"),
    path("cases/<uuid:case_id>/dossiers/<int:round>/export/", dossiers.export, name="dossier-export"),
    path("cases/<uuid:case_id>/edit/", cases.edit, name="case-edit"),
    path("cases/<uuid:case_id>/freeze/", cases.freeze, name="case-freeze"),
    path("cases/<uuid:case_id>/propose/", cases.propose, name="case-propose"),
    path("cases/<uuid:case_id>/waive/", waivers.waive, name="case-waive"),
    path("cases/<uuid:case_id>/withdraw/", cases.withdraw, name="case-withdraw"),
    path("cases/<uuid:case_id>/close/", cases.close, name="case-close"),
    path("cases/<uuid:case_id>/visibility/", visibility.of_case, name="case-visibility"),
    path("commitments/", commitments.commitment_list, name="commitments"),
    path("commitments/<uuid:commitment_id>/keep/", commitments.keep, name="commitment-keep"),
    path("commitments/<uuid:commitment_id>/bind/", commitments.bind, name="commitment-bind"),
    path("commitments/<uuid:commitment_id>/break/", commitments.break_, name="commitment-break"),
    path("commitments/<uuid:commitment_id>/release/", commitments.release, name="commitment-release"),
    path("requirements/", requirements.requirements, name="requirements"),
]
