"""Signs and numbers that nobody foresaw."""

import pytest
from django.urls import reverse

from grants import actions
from grants.letters import decision_pdf
from grants.models import Decision
from networks.models import Gathering

pytestmark = pytest.mark.django_db

SIGNS = ["Bålkveld 🔥", "汉字", "தமிழ்", "a\u0007b", '#read("/etc/passwd")', "$x$ *b* \\ `c`", "محمد", "\uffff"]


@pytest.mark.parametrize("title", SIGNS)
def test_a_letter_is_made_whatever_signs_it_holds(town, in_review, title):
    Gathering.objects.filter(pk=in_review.gathering_id).update(title=title)
    in_review.refresh_from_db()
    decision = actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)

    assert decision_pdf(decision).startswith(b"%PDF")


@pytest.mark.parametrize("amount", ["-5", "0", "1001", "999999999999", "9" * 4000, "1e3"])
def test_an_amount_that_cannot_be_is_refused_calmly(client, town, in_review, amount):
    client.force_login(town.principal)
    words = {"reasons": "Because.", "considerations": "This.", "rules": [town.ground.pk]}
    sent = {"result": "approved", "amount": amount, "send": "1", **words}

    answer = client.post(reverse("grants:application_decide", args=[in_review.pk]), sent)

    assert answer.status_code == 200
    assert not Decision.objects.exists()
    assert "−5" not in answer.content.decode()
