"""The way to what families of the class have told somebody who works there: for those who were told something."""

from portal.class_page import Part, stands_on_class_page
from portal.people.models import Enrolment
from principles.confided.models import Confidence


@stands_on_class_page(90)
def confided(school_class, reader):
    places = Enrolment.objects.current().filter(school_class=school_class).values("pupil")
    is_told = Confidence.objects.told_to(reader).filter(pupil__in=places).exists()
    return Part("principles/confided/_confided_on_class_page.html", is_told) if is_told else None
