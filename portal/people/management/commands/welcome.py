"""The first people of an installation, whom nobody inside could have added."""

from django.core.management.base import BaseCommand, CommandError

from portal.actions import Refusal
from portal.people import actions
from portal.people.models import Municipality, Role, School, the_portal
from portal.people.models.roles import MUNICIPALITY_KINDS

KINDS = (Role.Kind.MUNICIPALITY_OFFICER, Role.Kind.PRINCIPAL, Role.Kind.OFFICE)


class Command(BaseCommand):
    help = "Bring in the first case officer, principal or office. They sign in with a code sent to the address."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("number", help="the municipality's number for a case officer, else the school's")
        parser.add_argument("given_name")
        parser.add_argument("family_name")
        parser.add_argument("email")
        parser.add_argument("--staff", action="store_true", help="may also look into the operator's admin")

    def handle(self, *, kind, number, staff, given_name, family_name, email, **options):
        places = Municipality if kind in MUNICIPALITY_KINDS else School
        scope = places.objects.filter(number=number).first()
        if not places.objects.exists():
            raise CommandError(f"There is no {places.__name__.lower()} yet. Import a roster first, or start the demo.")
        if scope is None:
            raise CommandError(f"No {places.__name__.lower()} has the number {number}.")
        name = {"given_name": given_name, "family_name": family_name, "email": email}
        try:
            person = actions.welcome(scope, by=the_portal(), kind=kind, **name)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if staff:
            actions.name_operator(person, by=the_portal())
        if person.emailaddress_set.filter(verified=True).exists():
            self.stdout.write(f"{person} is {kind} of {scope} and signs in with {email}.")
        else:
            self.stdout.write(f"{person} is {kind} of {scope} and cannot sign in: somebody else does with {email}.")
