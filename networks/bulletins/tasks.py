"""What the clock does for notices."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from networks.bulletins import actions
from networks.models import BulletinQuestion, QuestionOver
from portal.clock import DAY, every
from portal.people.models import the_portal


@shared_task(ignore_result=True)
@every(DAY)
def forget_questions():
    for question in BulletinQuestion.objects.to_forget(timezone.now()):
        with suppress(QuestionOver):
            actions.forget_question(question, by=the_portal())
