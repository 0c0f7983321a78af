"""What a school has chosen for its talks, or what is usual in its country."""

from django.utils.translation import gettext as _

from conferences.models import ConferenceSetting
from portal.people.models import School

DANISH_PLAN = "Meddelelsesbog"  # the word of the law, in every language
USUAL = {
    School.Country.NORWAY: {"minutes": 30, "gap_minutes": 5},
    School.Country.DENMARK: {"minutes": 20, "gap_minutes": 5},
}


def setting_of(school):
    chosen = ConferenceSetting.objects.filter(school=school).first()
    return chosen or ConferenceSetting(school=school, **USUAL[school.country])


def plan_label_of(school: School):
    setting = getattr(school, "conference_setting", None)
    if setting and setting.plan_label:
        return setting.plan_label
    return DANISH_PLAN if school.country == School.Country.DENMARK else _("Assessment and goals")
