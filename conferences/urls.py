from django.urls import path

from conferences.after.urls import urlpatterns as after
from conferences.before.urls import urlpatterns as before
from conferences.taking.urls import urlpatterns as taking
from conferences.timetables.urls import urlpatterns as timetables
from conferences.views import day, extra, family, links, rounds, slots, swaps, unbooked, wishes

app_name = "conferences"
urlpatterns = [
    # family
    path("", family.conference_list, name="conference_list"),
    path("rounds/<int:pk>/book/", family.family_book, name="family_book"),
    path("rounds/<int:pk>/wishes/", wishes.wish_edit, name="wish_edit"),
    path("<int:pk>/", family.conference_show, name="conference_show"),
    path("<int:pk>/time/", family.conference_time, name="conference_time"),
    path("<int:pk>/calendar.ics", family.conference_calendar, name="conference_calendar"),
    path("<int:pk>/cancel/", family.booking_cancel, name="booking_cancel"),
    path("<int:pk>/none/", family.none_fit, name="none_fit"),
    path("<int:pk>/separate/", family.separate_ask, name="separate_ask"),
    path("<int:pk>/swap/", swaps.swap_ask, name="swap_ask"),
    path("swaps/<uuid:key>/", swaps.swap_answer, name="swap_answer"),
    # a family, by personal link
    path("b/<str:token>/", links.book_link, name="book_link"),
    path("b/<str:token>/wishes/", links.wish_link, name="wish_link"),
    path("b/<str:token>/talks/<int:pk>/", links.show_link, name="show_link"),
    path("b/<str:token>/talks/<int:pk>/calendar.ics", links.calendar_link, name="calendar_link"),
    path("b/<str:token>/talks/<int:pk>/cancel/", links.cancel_link, name="cancel_link"),
    path("b/<str:token>/talks/<int:pk>/none/", links.none_link, name="none_link"),
    path("b/<str:token>/talks/<int:pk>/separate/", links.separate_link, name="separate_link"),
    path("b/<str:token>/talks/<int:pk>/swap/", links.swap_link, name="swap_link"),
    # rounds
    path("rounds/", rounds.round_list, name="round_list"),
    path("rounds/new/", rounds.round_draft, name="round_draft"),
    path("rounds/late/", rounds.late_list, name="late_list"),
    path("rounds/<int:pk>/", rounds.round_show, name="round_show"),
    path("rounds/<int:pk>/edit/", rounds.round_edit, name="round_edit"),
    path("rounds/<int:pk>/publish/", rounds.round_publish, name="round_publish"),
    path("rounds/<int:pk>/copy/", rounds.round_copy, name="round_copy"),
    path("rounds/<int:pk>/close/", rounds.round_close, name="round_close"),
    path("rounds/<int:pk>/cancel/", rounds.round_cancel, name="round_cancel"),
    path("rounds/<int:pk>/times/", slots.round_times, name="round_times"),
    path("rounds/<int:pk>/times/add/", slots.times_add, name="times_add"),
    path("rounds/<int:pk>/times/clear/", slots.times_clear, name="times_clear"),
    path("rounds/<int:pk>/sick/", slots.round_sick, name="round_sick"),
    path("rounds/<int:pk>/grid/", slots.round_grid, name="round_grid"),
    path("slots/<int:pk>/block/", slots.slot_block, name="slot_block"),
    path("slots/<int:pk>/remove/", slots.slot_remove, name="slot_remove"),
    path("settings/", rounds.setting_edit, name="setting_edit"),
    path("rooms/", rounds.room_list, name="room_list"),
    path("rooms/<int:pk>/remove/", rounds.room_remove, name="room_remove"),
    # the day of the talks
    path("day/", day.teacher_day, name="teacher_day"),
    path("day/late/", day.talk_late, name="talk_late"),
    path("day/<str:on>/", day.teacher_day, name="teacher_day"),
    path("day/<str:on>/door/", day.day_door, name="day_door"),
    path("<int:pk>/talk/", day.talk_show, name="talk_show"),
    path("<int:pk>/shared/", day.talk_shared, name="talk_shared"),
    path("<int:pk>/attend/", day.talk_attend, name="talk_attend"),
    path("<int:pk>/wanted/", day.talk_wanted, name="talk_wanted"),
    path("<int:pk>/participants/", day.participant_add, name="participant_add"),
    path("participants/<int:pk>/remove/", day.participant_remove, name="participant_remove"),
    path("<int:pk>/book/", unbooked.book_behalf, name="book_behalf"),
    path("<int:pk>/assign/", unbooked.time_assign, name="time_assign"),
    path("<int:pk>/offer/", unbooked.times_offer, name="times_offer"),
    path("rounds/<int:pk>/unbooked/", unbooked.round_unbooked, name="round_unbooked"),
    path("rounds/<int:pk>/remind/", unbooked.unbooked_remind, name="unbooked_remind"),
    path("interpreters/", unbooked.interpreter_list, name="interpreter_list"),
    path("interpreters/file/", unbooked.interpreter_file, name="interpreter_file"),
    path("interpreters/<int:pk>/", unbooked.interpreter_order, name="interpreter_order"),
    # talks outside the rounds
    path("extra/", extra.extra_list, name="extra_list"),
    path("extra/ask/<uuid:pupil>/", extra.extra_ask, name="extra_ask"),
    path("extra/<int:pk>/schedule/", extra.extra_schedule, name="extra_schedule"),
    path("extra/<int:pk>/close/", extra.extra_close, name="extra_close"),
    path("classes/<int:pk>/prompt/", extra.extra_prompt, name="extra_prompt"),
    # its wings
    *before,
    *after,
    *timetables,
    *taking,
]
