"""Names of the pages on principles. `place` is a school's number, or "common"."""

from django.urls import path

from principles import views
from principles.adoption.urls import urlpatterns as adoption
from principles.confided import views as confided
from principles.cooperation.urls import urlpatterns as cooperation
from principles.descent.urls import urlpatterns as descent
from principles.guide import views as guide
from principles.hearings.urls import urlpatterns as hearings
from principles.inquiries import views as inquiries
from principles.library.urls import urlpatterns as library
from principles.life.urls import urlpatterns as life
from principles.matrix.urls import urlpatterns as matrix
from principles.printed.urls import urlpatterns as printed
from principles.references.urls import urlpatterns as references
from principles.supervision.urls import urlpatterns as supervision
from principles.wheel.urls import urlpatterns as wheel

app_name = "principles"

urlpatterns = [
    *hearings,
    *matrix,
    *adoption,
    *cooperation,
    *printed,
    *references,
    *supervision,
    *wheel,
    *life,
    *descent,
    *library,
    path("guide/children/<uuid:key>/", guide.guide_show, name="guide_show"),
    path("guide/children/<uuid:key>/management/", guide.guide_management, name="guide_management"),
    path("guide/children/<uuid:key>/conflict/", guide.conflict_show, name="conflict_show"),
    path("guide/children/<uuid:key>/conflict/<int:place>/", guide.conflict_call, name="conflict_call"),
    path("guide/first/", guide.guide_first, name="guide_first"),
    path("guide/conflicts/", guide.conflict_choose, name="conflict_choose"),
    path("guide/children/<uuid:key>/stages/", guide.stage_show, name="stage_show"),
    path("guide/stages/", guide.stage_list, name="stage_list"),
    path("inquiries/", inquiries.inquiry_list, name="inquiry_list"),
    path("inquiries/children/<uuid:key>/", inquiries.inquiry_write, name="inquiry_write"),
    path("inquiries/<int:pk>/", inquiries.inquiry_show, name="inquiry_show"),
    path("inquiries/<int:pk>/send/", inquiries.inquiry_send, name="inquiry_send"),
    path("inquiries/<int:pk>/take-back/", inquiries.inquiry_take_back, name="inquiry_take_back"),
    path("inquiries/<int:pk>/answer/", inquiries.inquiry_answer, name="inquiry_answer"),
    path("inquiries/<int:pk>/hand-over/", inquiries.inquiry_hand, name="inquiry_hand"),
    path("inquiries/<int:pk>/not-satisfied/", inquiries.inquiry_dispute, name="inquiry_dispute"),
    path("confided/", confided.confidence_received, name="confidence_received"),
    path("confided/<int:pk>/", confided.confidence_read, name="confidence_read"),
    path("confided/<int:pk>/take-back/", confided.confidence_take_back, name="confidence_take_back"),
    path("confided/children/<uuid:key>/", confided.confidence_list, name="confidence_list"),
    path("confided/children/<uuid:key>/new/", confided.confidence_write, name="confidence_write"),
    path("principles/", views.principle_list, name="principle_list"),
    path("schools/<slug:place>/principles/", views.principle_list, name="principle_list"),
    path("schools/<slug:place>/principles/from-file/", views.principle_import, name="principle_import"),
    path("schools/<slug:place>/principles/from-file/<int:pk>/", views.text_read, name="text_read"),
    path("schools/<slug:place>/principles/from-file/<int:pk>/parts/", views.text_correct, name="text_correct"),
    path("schools/<slug:place>/principles/<slug:slug>/", views.principle_detail, name="principle_detail"),
    path("schools/<slug:place>/principles/<slug:slug>/changes/", views.principle_changes, name="principle_changes"),
    path("schools/<slug:place>/principles/<slug:slug>/keep/", views.principle_keep, name="principle_keep"),
    path("schools/<slug:place>/principles/<slug:slug>/repeal/", views.principle_repeal, name="principle_repeal"),
    path("schools/<slug:place>/principles/<slug:slug>/draft/", views.draft_detail, name="draft_detail"),
    path("schools/<slug:place>/principles/<slug:slug>/draft/start/", views.draft_start, name="draft_start"),
    path("schools/<slug:place>/principles/<slug:slug>/draft/about/", views.draft_describe, name="draft_describe"),
    path("schools/<slug:place>/principles/<slug:slug>/draft/publish/", views.draft_publish, name="draft_publish"),
    path("schools/<slug:place>/principles/<slug:slug>/draft/discard/", views.draft_discard, name="draft_discard"),
    path("schools/<slug:place>/principles/<slug:slug>/draft/section/", views.section_add, name="section_add"),
    path("principles/sections/<int:pk>/", views.section_edit, name="section_edit"),
    path("principles/sections/<int:pk>/remove/", views.section_remove, name="section_remove"),
    path("principles/sections/<int:pk>/clause/", views.clause_add, name="clause_add"),
    path("principles/clauses/<int:pk>/", views.clause_edit, name="clause_edit"),
    path("principles/clauses/<int:pk>/move/", views.clause_move, name="clause_move"),
    path("principles/clauses/<int:pk>/remove/", views.clause_remove, name="clause_remove"),
    path(
        "schools/<slug:place>/principles/<slug:slug>/versions/<int:number>/",
        views.version_detail,
        name="version_detail",
    ),
]
