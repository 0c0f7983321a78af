"""Words to begin with, for a parent who has to call another."""

from django.utils.translation import gettext_lazy as _

STARTERS = (
    _("“Hello, this is … We have children in the same class. Do you have ten minutes, now or tonight?”"),
    _("“I only know what my child told me at home. I would like to hear how yours tells it.”"),
    _("“I am not calling to find out whose fault it is. I would like the two of them to get on again.”"),
    _("“Has yours said anything? Is there something I should know about mine?”"),
    _("“What can you and I do this week, so that it is easier on Monday?”"),
    _("“Shall we talk again on Friday and see if it is better?”"),
)
