from django.urls import include, path

from networks.after.urls import urlpatterns as after
from networks.agreements.urls import urlpatterns as agreements
from networks.birthdays.urls import urlpatterns as birthdays
from networks.bring.urls import urlpatterns as bring
from networks.bulletins.urls import urlpatterns as bulletins
from networks.children.urls import urlpatterns as children
from networks.cohort.urls import urlpatterns as cohort
from networks.digests.urls import urlpatterns as digests
from networks.fund.urls import urlpatterns as fund
from networks.groups.urls import urlpatterns as groups
from networks.letters.urls import urlpatterns as letters
from networks.lifts.urls import urlpatterns as lifts
from networks.polls.urls import urlpatterns as polls
from networks.programme.urls import urlpatterns as programme
from networks.rota.urls import urlpatterns as rota
from networks.topics.urls import urlpatterns as topics
from networks.views import answers, board, classes, coverage, gatherings, lists, ties, wall, ways
from networks.weekly.urls import urlpatterns as weekly

app_name = "networks"
urlpatterns = [
    path("gatherings/", answers.gathering_list, name="gathering_list"),
    path("gatherings/a/<str:token>/", answers.gathering_answer, name="gathering_answer"),
    path("gatherings/a/<str:token>/calendar.ics", answers.answer_calendar, name="answer_calendar"),
    path("gatherings/a/<str:token>/quiet/", answers.gathering_mute, name="gathering_mute"),
    path("gatherings/w/<str:token>/", wall.gathering_wall, name="gathering_wall"),
    path("gatherings/<int:pk>/", answers.gathering_show, name="gathering_show"),
    path("gatherings/<int:pk>/calendar.ics", answers.gathering_calendar, name="gathering_calendar"),
    path("gatherings/<int:pk>/edit/", gatherings.gathering_edit, name="gathering_edit"),
    path("gatherings/<int:pk>/tie/", ties.gathering_tie, name="gathering_tie"),
    path("gatherings/<int:pk>/check/", gatherings.inclusion_check, name="inclusion_check"),
    path("gatherings/<int:pk>/check/mend/", board.inclusion_mend, name="inclusion_mend"),
    path("gatherings/<int:pk>/send/", gatherings.gathering_send, name="gathering_send"),
    path("gatherings/<int:pk>/send/reason/", gatherings.reason_add, name="reason_add"),
    path("gatherings/<int:pk>/stop/", gatherings.gathering_stop, name="gathering_stop"),
    path("gatherings/<int:pk>/organise/", board.gathering_organise, name="gathering_organise"),
    path("gatherings/<int:pk>/answers.csv", lists.answers_csv, name="answers_csv"),
    path("gatherings/<int:pk>/answers.xlsx", lists.answers_xlsx, name="answers_xlsx"),
    path("gatherings/<int:pk>/reach/", board.gathering_reach, name="gathering_reach"),
    path("gatherings/<int:pk>/reach/<int:home>/", board.home_reach, name="home_reach"),
    path("gatherings/<int:pk>/reach/<int:home>/answer/", board.home_answer, name="home_answer"),
    path("gatherings/<int:pk>/tasks/", board.gathering_tasks, name="gathering_tasks"),
    path("gatherings/<int:pk>/remind/", board.gathering_remind, name="gathering_remind"),
    path("gatherings/<int:pk>/cancel/", gatherings.gathering_cancel, name="gathering_cancel"),
    path("gatherings/<int:pk>/held/", gatherings.gathering_hold, name="gathering_hold"),
    path("gatherings/<int:pk>/helpers/", board.helper_add, name="helper_add"),
    path("gatherings/helpers/<int:pk>/remove/", board.helper_remove, name="helper_remove"),
    path("gatherings/classes/<int:pk>/", classes.class_show, name="class_show"),
    path("gatherings/classes/<int:pk>/new/", classes.gathering_draft, name="gathering_draft"),
    path("gatherings/classes/<int:pk>/again/<int:earlier>/", classes.gathering_again, name="gathering_again"),
    path("gatherings/classes/<int:pk>/ideas/", classes.idea_list, name="idea_list"),
    path("gatherings/ways/", ways.ways_set, name="ways_set"),
    path("gatherings/map/", coverage.coverage_show, name="coverage_show"),
    path("gatherings/totals/", coverage.coverage_totals, name="coverage_totals"),
    *agreements,
    path("gatherings/", include(bulletins)),
    *cohort,
    *letters,
    path("gatherings/", include(topics)),
    path("gatherings/", include(bring)),
    path("gatherings/", include(after)),
    path("gatherings/", include(children)),
    path("gatherings/", include(lifts)),
    path("gatherings/", include(groups)),
    path("gatherings/", include(fund)),
    path("gatherings/", include(birthdays)),
    path("gatherings/", include(programme)),
    path("gatherings/", include(rota)),
    path("gatherings/", include(digests)),
    path("gatherings/", include(polls)),
    path("gatherings/", include(weekly)),
]
