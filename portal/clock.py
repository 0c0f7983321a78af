"""What the clock does, and how often in seconds. A run that comes too late is dropped: the next one is due."""

CELERY_BEAT_SCHEDULE = {
    "events": {"task": "portal.ledger.tasks.sweep", "schedule": 60, "options": {"expires": 55}},
    "rosters": {"task": "portal.people.tasks.sweep_rosters", "schedule": 120, "options": {"expires": 115}},
    "texts": {"task": "principles.tasks.sweep_texts", "schedule": 60, "options": {"expires": 55}},
    "moves": {"task": "portal.people.tasks.tell_of_moves", "schedule": 60, "options": {"expires": 55}},
    "forgetting_ways_in": {
        "task": "portal.people.tasks.forget_ways_in",
        "schedule": 86_400,
        "options": {"expires": 80_000},
    },
    "notices": {"task": "portal.messaging.tasks.sweep", "schedule": 60, "options": {"expires": 55}},
    "newcomers": {"task": "networks.tasks.welcome_newcomers", "schedule": 3600, "options": {"expires": 3500}},
    "rounds": {"task": "conferences.tasks.follow_roster", "schedule": 600, "options": {"expires": 590}},
    "ended_rounds": {"task": "conferences.tasks.close_rounds", "schedule": 86_400, "options": {"expires": 80_000}},
    "timetables": {"task": "conferences.tasks.sweep_timetables", "schedule": 30, "options": {"expires": 25}},
    "forgetting": {"task": "networks.tasks.forget", "schedule": 86_400, "options": {"expires": 80_000}},
    "forgetting_talks": {"task": "conferences.tasks.forget_talks", "schedule": 86_400, "options": {"expires": 80_000}},
    "reminders": {"task": "portal.messaging.tasks.remind", "schedule": 300, "options": {"expires": 290}},
}
