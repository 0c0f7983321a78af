"""What was read, part by part, to be corrected by hand: kind, party, heading, points; joined, split, left out."""

import re

from django.utils.translation import gettext_lazy as _

from portal.text import forms
from principles.forms import LONGEST_PART, MOST_POINTS, BroughtForm
from principles.headings import kind_of, party_of
from principles.models import Clause, PrincipleSection, PrincipleVersion
from principles.outline import LONGEST_HEADING, Outline, SectionRead

KEEP, JOIN, LEAVE = "keep", "join", "leave"
FATES = [(KEEP, _("Keep it")), (JOIN, _("Join it to the part above")), (LEAVE, _("Leave it out"))]
SPLIT = re.compile(r"^##\s*(?P<heading>\S.*)$")
FEW_ROWS, MOST_ROWS = 3, 24


class PartsForm(BroughtForm):
    """Each point is a paragraph: an empty line taken away joins two, an empty line put in splits one, and a line that
    begins with ## begins a new part."""

    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("The language of the text"), choices=PrincipleVersion.Language)
    introduction = forms.CharField(
        label=_("Introduction"), required=False, max_length=LONGEST_PART, widget=forms.Textarea(attrs={"rows": 3})
    )

    field_order = ["title", "language", "introduction"]

    def __init__(self, *args, read, **kwargs):
        self.read = read
        given = {"title": read.title, "language": read.language, "introduction": read.introduction}
        kwargs["initial"] = given | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["of"] = forms.CharField(widget=forms.HiddenInput, initial=str(len(read.sections)))
        for at, section in enumerate(read.sections):
            for name, field in _fields(section).items():
                self.fields[f"{name}-{at}"] = field

    def parts(self):
        """The fields of each part, for the page."""
        return [[self[f"{name}-{at}"] for name in _fields(section)] for at, section in enumerate(self.read.sections)]

    def ends(self):
        return [self[name] for name in ("version_of", "binding_kind", "owner_role", "review_on") if name in self.fields]

    def begins(self):
        return [self[name] for name in ("title", "language", "introduction")]

    def clean(self):
        if self.cleaned_data.get("of") != str(len(self.read.sections)):
            raise forms.ValidationError(_("The text was corrected in another window. Open this page anew."))
        self.outline = self._corrected()
        if sum(len(section.clauses) for section in self.outline.sections) > MOST_POINTS:
            raise forms.ValidationError(
                _("The text is longer than a principle can be. Save only the principle itself, and try again.")
            )
        return self.cleaned_data | {"outline": self.outline}

    def wanted(self):
        return {name: self.cleaned_data[name] for name in ("outline", "binding_kind", "owner_role", "review_on")}

    def _corrected(self):
        sections, gone = [], list(self.read.left_out)
        for at in range(len(self.read.sections)):
            name = {key: self.cleaned_data.get(f"{key}-{at}", "") for key in _fields(self.read.sections[at])}
            texts = paragraphs(name["points"])
            if name["fate"] == LEAVE:
                gone.append("\n\n".join([name["heading"], name["lead"], *texts, name["closing"]]).strip())
            elif name["fate"] == JOIN and sections:
                gone.append(name["heading"])
                sections[-1].clauses += [*paragraphs(name["lead"]), *texts, *paragraphs(name["closing"])]
            else:
                first = SectionRead(name["kind"], name["heading"], lead=name["lead"], closing="", party=name["party"])
                sections += split(first, texts)
                sections[-1].closing = name["closing"]
        given = {name: self.cleaned_data.get(name, "") for name in ("title", "language", "introduction")}
        kept = {name: getattr(self.read, name) for name in ("updated_on", "notes", "found", "paragraphs")}
        return Outline(sections=sections, left_out=[text for text in gone if text], **given, **kept)


def _fields(section):
    points = "\n\n".join(section.clauses)
    rows = min(MOST_ROWS, max(FEW_ROWS, points.count("\n") + 2))
    text = {"required": False, "max_length": LONGEST_PART}
    few = {"widget": forms.Textarea(attrs={"rows": 2})}
    parties = [("", _("As usual for this kind of section")), *Clause.Party.choices]
    return {
        "heading": forms.CharField(label=_("Heading"), max_length=LONGEST_HEADING, initial=section.heading),
        "kind": forms.ChoiceField(
            label=_("What is the section about?"), choices=PrincipleSection.Kind, initial=section.kind
        ),
        "party": forms.ChoiceField(
            label=_("Whom are the points for?"), required=False, choices=parties, initial=section.party
        ),
        "lead": forms.CharField(label=_("Text above the points"), initial=section.lead, **text, **few),
        "points": forms.CharField(
            label=_("The points, with an empty line between them"),
            initial=points,
            required=False,
            widget=forms.Textarea(attrs={"rows": rows}),
        ),
        "closing": forms.CharField(label=_("Text below the points"), initial=section.closing, **text, **few),
        "fate": forms.ChoiceField(label=_("What becomes of this part?"), choices=FATES, initial=KEEP),
    }


def paragraphs(text):
    return [paragraph.strip() for paragraph in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")) if paragraph.strip()]


def split(first, texts):
    """The part, and one more for each heading that was written among its points."""
    sections = [first]
    for text in texts:
        line, _end, rest = text.partition("\n")
        if heading := SPLIT.match(line):
            kind = kind_of(heading["heading"]) or "other"
            name = heading["heading"][:LONGEST_HEADING]
            sections.append(SectionRead(kind, name, party=party_of(name, kind)))
            text = rest.strip()
        if text:
            sections[-1].clauses.append(text)
    return sections
