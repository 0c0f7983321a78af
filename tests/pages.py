"""What the tests of pages share: an address by its name, a person's browser, and the text of a page."""

import re

from django.urls import reverse

from portal.people.models import Person
from portal.todos import todos_of_each
from tests.conftest import Browser


def address(room, name, *args):
    return reverse(f"{room}:{name}", args=args)


def as_(person):
    Person.objects.filter(pk=person.pk).update(language="en")
    client = Browser()
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


def todos_of(hat):
    return todos_of_each([hat])[0]


def markup(answer):
    return " ".join(answer.content.decode().split())


def text(answer):
    without = re.sub(r"</?bdi>", "", answer.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", without).split())
