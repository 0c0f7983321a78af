from django.urls import path

from conferences.after.views import coverage, summaries, tips

urlpatterns = [
    path("<int:pk>/write/", summaries.summary_write, name="summary_write"),
    path("<int:pk>/share/", summaries.summary_share, name="summary_share"),
    path("<int:pk>/summary/", summaries.summary_show, name="summary_show"),
    path("tips/", tips.tip_list, name="tip_list"),
    path("tips/new/", tips.tip_add, name="tip_add"),
    path("tips/begin/", tips.tips_begin, name="tips_begin"),
    path("tips/<int:pk>/", tips.tip_edit, name="tip_edit"),
    path("tips/<int:pk>/retire/", tips.tip_retire, name="tip_retire"),
    path("<int:pk>/feedback/", summaries.feedback_give, name="feedback_give"),
    path("summaries/<int:pk>/file/", summaries.summary_file, name="summary_file"),
    path("summaries/<int:pk>/answer/", summaries.summary_answer, name="summary_answer"),
    path("summaries/<int:pk>/correct/", summaries.summary_correct, name="summary_correct"),
    path("comments/<int:pk>/reply/", summaries.summary_reply, name="summary_reply"),
    path("agreements/<int:pk>/", summaries.agreement_status, name="agreement_status"),
    path("coverage/", coverage.coverage_show, name="coverage_show"),
]
