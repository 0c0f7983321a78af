"""Of each doubtful point of a text that was brought in: where does it come from?"""

import re
from dataclasses import dataclass
from hashlib import sha256
from json import dumps

from django.utils.translation import gettext as _

from portal.text import forms
from principles.descent.likeness import NEW, Descends, settled
from principles.descent.models import NotThatText, SaidTwice, refuse_wrong
from principles.descent.queries import Laid, laid_beside

OTHER, PART = "other", "part"
MOST_ASKED = 450  # of one form; the rest stand as proposed


@dataclass(frozen=True)
class Asked:
    fields: list
    under: str
    laid: Laid


class MatchForm(forms.Form):
    """What is word for word the same is listed, and asked about once it is ticked."""

    def __init__(self, *args, newest, read, points, proposals, **kwargs):
        super().__init__(*args, **kwargs)
        self.newest, self.proposals = newest, proposals
        self.texts = {point.number: point.text for point in points}
        told = sha256(dumps(read.as_dict(), sort_keys=True).encode()).hexdigest()[:16]
        self.mark = f"{newest.pk}-{told}"
        self.fields["of"] = forms.CharField(widget=forms.HiddenInput, initial=self.mark)
        doubtful = [place for place, one in enumerate(proposals) if not one.sure][:MOST_ASKED]
        ticked = [int(place) for place in self.data.getlist("again") if place.isdecimal()] if self.is_bound else []
        again = [place for place in ticked if place < len(proposals) and place not in doubtful]
        self.again = sorted(set(again))[: MOST_ASKED - len(doubtful)]
        self.asked = sorted([*doubtful, *self.again])
        self.choices = {place: _choices(proposals[place]) for place in self.asked}
        for place in self.asked:
            self._ask(place)
        self._ask_more()

    def _ask(self, place):
        several = {"number": self.newest.number}
        self.fields[f"point-{place}"] = forms.ChoiceField(
            label=_("Which point is it?"),
            choices=[
                *((_code(one), _said(one)) for one in self.choices[place]),
                (OTHER, _("The same as another point")),
                (PART, _("Split off from another point")),
            ],
            initial=_code(self.proposals[place].proposed),
            widget=forms.RadioSelect,
        )
        self.fields[f"number-{place}"] = forms.CharField(
            label=_("The number of the other point in version %(number)s; several, with a comma, when they were merged")
            % several,
            required=False,
            max_length=40,
        )

    def _ask_more(self):
        """What was just ticked is shown with what is proposed, and saved by the next press."""
        more = [place for place in self.again if f"point-{place}" not in self.data]
        self.asks_more = bool(more)
        if more:
            self.data = self.data.copy()
            for place in more:
                self.data[f"point-{place}"] = _code(self.proposals[place].proposed)

    def questions(self):
        """Those that are asked about, for the page."""
        return [
            Asked(
                [self[f"point-{place}"], self[f"number-{place}"]],
                self.proposals[place].under,
                laid_beside(self.proposals[place], self.texts),
            )
            for place in self.asked
        ]

    def sure(self):
        """[(place, proposal)] of those that are only listed."""
        asked = set(self.asked)
        return [(place, one) for place, one in enumerate(self.proposals) if place not in asked]

    def struck(self):
        """[(number, text)] of the earlier points that nothing goes on from, as it is chosen now."""
        chosen = getattr(self, "descents", None) or [one.proposed for one in self.proposals]
        going = {number for one in chosen for number in (one.same, one.split, *one.takes)}
        return [(number, text) for number, text in self.texts.items() if number not in going]

    def clean(self):
        if self.cleaned_data.get("of") != self.mark:
            raise forms.ValidationError(_("The text was corrected in another window. Open this page anew."))
        self.descents = settled([self._chosen(place) for place in range(len(self.proposals))])
        if self.asks_more and not self.errors:
            raise forms.ValidationError(_("Say what the points are that you have ticked, and save once more."))
        if not self.errors:
            try:
                refuse_wrong(self.descents, self.texts.keys())
            except (NotThatText, SaidTwice) as wrong:
                raise forms.ValidationError(str(wrong)) from wrong
        return self.cleaned_data

    def _chosen(self, place):
        if place not in self.choices:
            return self.proposals[place].proposed
        chosen = self.cleaned_data.get(f"point-{place}", "")
        if chosen not in (OTHER, PART):
            return {_code(one): one for one in self.choices[place]}.get(chosen, NEW)
        typed = self.cleaned_data.get(f"number-{place}", "")
        numbers = [int(each) for each in re.findall(r"\d{1,9}", typed)]
        if not numbers or not self.texts.keys() >= set(numbers) or (chosen == PART and len(numbers) > 1):
            self.add_error(
                f"number-{place}",
                _("Write the number of a point of version %(number)s.") % {"number": self.newest.number},
            )
            return NEW
        return Descends(split=numbers[0]) if chosen == PART else Descends(same=numbers[0], takes=tuple(numbers[1:]))


def _choices(proposal):
    """Of a sure one besides: that it is a part of the one whose words it has."""
    likest = proposal.proposed.same
    part = [Descends(split=likest)] if likest is not None else []
    return list(dict.fromkeys([*proposal.options, *part, NEW]))


def _code(one):
    if one.split is not None:
        return f"part-{one.split}"
    return "-".join(["same", *map(str, (one.same, *one.takes))]) if one.same is not None else "new"


def _said(one):
    if one.split is not None:
        return _("Split off from point %(number)s") % {"number": one.split}
    if one.takes:
        others = ", ".join(str(number) for number in one.takes)
        return _("Point %(number)s, with point %(others)s merged into it") % {"number": one.same, "others": others}
    if one.same is not None:
        return _("The same as point %(number)s") % {"number": one.same}
    return _("A new point")
