"""What parents and staff are asked: the same on both sides, in two minutes."""

from django.utils.translation import gettext_lazy as _

from portal.surveys.questions import Ask, Option

ANSWERS = (Option(_("Yes")), Option(_("Mostly")), Option(_("Hardly")), Option(_("No")))
GOOD = (0, 1)  # places of the answers that are glad
WELL = 3  # place of the question that says most

ASKS = (
    Ask(_("Do school and home meet as equals?"), ANSWERS),
    Ask(_("Are you met with respect when you are in touch with each other?"), ANSWERS),
    Ask(_("Do you know in time what you need to know?"), ANSWERS),
    Ask(_("Does the cooperation help the children?"), ANSWERS),
)
