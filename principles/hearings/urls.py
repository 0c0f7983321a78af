from django.urls import path

from principles.hearings.views import answering, arranging, replying

urlpatterns = [
    path(
        "schools/<slug:place>/principles/<slug:slug>/draft/hearing/", arranging.hearing_prepare, name="hearing_prepare"
    ),
    path("schools/<slug:place>/hearings/", answering.hearing_list, name="hearing_list"),
    path("hearings/<int:pk>/", answering.hearing_show, name="hearing_show"),
    path("hearings/<int:pk>/points/<int:number>/", answering.hearing_answer, name="hearing_answer"),
    path("hearings/<int:pk>/result/", answering.hearing_result, name="hearing_result"),
    path("hearings/<int:pk>/arrange/", arranging.hearing_arrange, name="hearing_arrange"),
    path("hearings/<int:pk>/edit/", arranging.hearing_edit, name="hearing_edit"),
    path("hearings/<int:pk>/council/", arranging.council_name, name="council_name"),
    path("hearings/<int:pk>/points/<int:number>/b/", arranging.alternative_write, name="alternative_write"),
    path("hearings/<int:pk>/call-off/", arranging.hearing_call_off, name="hearing_call_off"),
    path("hearings/<int:pk>/answers/", replying.answer_list, name="answer_list"),
    path("hearings/<int:pk>/themes/", replying.theme_add, name="theme_add"),
    path("hearings/themes/<int:pk>/", replying.theme_reply, name="theme_reply"),
    path("hearings/themes/<int:pk>/remove/", replying.theme_remove, name="theme_remove"),
    path("hearings/<int:pk>/close/", replying.hearing_close, name="hearing_close"),
    path("hearings/<int:pk>/pack.pdf", replying.pack_pdf, name="pack_pdf"),
    path("hearings/<int:pk>/pack.xlsx", replying.pack_xlsx, name="pack_xlsx"),
]
