"""Persons and their homes. Rights are not here: they sit on relations and roles, with dates."""

import uuid
from functools import lru_cache

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db.models import F, ForeignObject, Func, Lookup, Q, Value
from django.db.models.functions import Concat, Lower, Replace
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.ages import age_on
from portal.people.models import keys_of
from portal.people.models.places import Source
from portal.text import models

WORKING = [
    "contact_teacher",
    "subject_teacher",
    "principal",
    "deputy",
    "office",
    "after_school",
    "board_member",
    "municipality_officer",
]


def nordic(*names):
    """Sort key for a name: æ ø å after z, aa as å, whatever the server's collation."""
    key = Replace(Lower(Concat(*names)), Value("aa"), Value("}"))
    return Func(key, Value("æäøöåÆÄØÖÅ"), Value("{{||}{{||}"), function="translate")


def nordic_key(name):
    return name.lower().replace("aa", "}").translate(str.maketrans("æäøöåÆÄØÖÅ", "{{||}{{||}"))


class Household(models.Model):
    """One home: the guardians who answer together. A child with two homes has two, and neither sees the other. What the
    home needs is said once, here; the rooms keep it."""

    interpreter_language = models.CharField(_("interpreter language"), max_length=8, blank=True)
    prefers_call = models.BooleanField(_("please call, do not write"), default=False)
    easy_text = models.BooleanField(_("easy words"), default=False)
    step_free = models.BooleanField(_("a place without stairs"), default=False)
    food = models.EncryptedCharField(_("food or allergies"), max_length=300, null=True, blank=True)
    free_days = ArrayField(models.DateField(), verbose_name=_("days that we keep free"), default=list, blank=True)

    class Privacy:
        personal = {"interpreter_language", "prefers_call", "easy_text", "step_free", "food", "free_days"}
        plain = {"id"}

    def __str__(self):
        return f"household {self.pk}"


class PersonQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def in_name_order(self):
        return self.order_by("sort_name", "pk")

    def at(self, schools, *, ended=False):
        """Pupils with a place at these schools, now or to come, their guardians, and the staff.

        A class contact is there as a guardian. A school no longer follows those whose child has left, or whose relation
        or role is over or was ended by hand; `ended` includes the latter, who are known but not followed.
        """
        pupils = _pupils(enrolments__school_class__school__in=schools)
        guarded = pupils if ended else pupils.filter(_open("guardian_relations"))
        staff = _staff(Q(roles__school__in=schools) | Q(roles__school_class__school__in=schools), ended=ended)
        return self.filter(
            pk__in=either(pupils.values("pk"), guarded.values("guardian_relations__guardian"), staff.values("pk"))
        )

    def unrestricted_for(self, person):
        """Without the pupils whom the person must know nothing about, and their other guardians, whose address would
        reveal where the child is, whatever else they are at the school."""
        return self.exclude(pk__in=keys_of.restricted(person)).exclude(pk__in=keys_of.guardians_restricted(person))

    def restricted_for(self, person):
        """(those pupils, their other guardians), as keys for a `__in`."""
        restricted = person.restrictions.against(person).values("pupil")
        others = person.pupil_relations.model.objects.filter(pupil__in=restricted).exclude(guardian_id=person.pk)
        return restricted, others.values("guardian")

    def pupils_served_by(self, person):
        return self.unrestricted_for(person).filter(
            Q(pk__in=_pupils(enrolments__school_class__school__in=keys_of.schools_run(person)).values("pk"))
            | Q(
                pk__in=_pupils(
                    enrolments__school_class__school__municipality__in=keys_of.municipalities_served(person)
                ).values("pk")
            )
        )

    def visible_to(self, person):
        """Themselves and their own children; a teacher's pupils and their guardians; everybody at a school whose office
        they run; the staff of their municipality. Never a pupil they must know nothing about. Families of a class are
        read through `families_of`, never here."""
        taught, served = keys_of.classes_taught(person), keys_of.municipalities_served(person)
        pupils = _pupils(enrolments__school_class__in=taught)
        guardians = person.pupil_relations.model.objects.live().filter(pupil__in=pupils.values("pk"))
        staff = _staff(Q(roles__school__municipality__in=served) | Q(roles__municipality__in=served))
        return self.unrestricted_for(person).filter(
            pk__in=either(
                Person.objects.filter(pk=person.pk).values("pk"),
                Person.objects.filter(pk__in=keys_of.children(person)).values("pk"),
                pupils.values("pk"),
                guardians.values("guardian"),
                Person.objects.at(keys_of.schools_run(person)).values("pk"),
                staff.values("pk"),
            ),
            is_portal=False,
        )

    def known_to(self, person):
        """The same, and by name alone those whose role at the person's schools was ended and can be taken up again."""
        run, served = keys_of.schools_run(person), keys_of.municipalities_served(person)
        scope = Q(roles__school__in=run) | Q(roles__school_class__school__in=run)
        scope |= Q(roles__school__municipality__in=served)
        left = _staff(scope, ended=True).filter(is_portal=False)
        seen = Person.objects.visible_to(person).values("pk")
        return self.filter(Q(pk__in=seen) | Q(pk__in=left.unrestricted_for(person).values("pk")))


def _open(rows, *, ended=False):
    last = f"{rows}__valid_to"
    still = Q(**{last: None}) | Q(**{f"{last}__gte": timezone.localdate()})
    return still if ended else still & Q(**{f"{rows}__state__in": ["proposed", "confirmed"]})


@ForeignObject.register_lookup
class Among(Lookup):
    """`pupil__among=` a subquery with few keys, which is evaluated first so that the rows are found by them. An `__in`
    becomes a join, and where eight tables are already joined, it comes last: after the rows of the whole town."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, of_column = self.process_lhs(compiler, connection)
        keys, of_keys = self.process_rhs(compiler, connection)
        return f"{column} = ANY(ARRAY{keys})", [*of_column, *of_keys]


def either(first, *others):
    """The union of these keys, for a `__in`: an OR of subqueries would be checked row by row over the whole town."""
    return first.order_by().union(*(one.order_by() for one in others))


def _pupils(**where):
    still = Q(enrolments__valid_to=None) | Q(enrolments__valid_to__gte=timezone.localdate())
    return Person.objects.filter(still, **where)


def _staff(where, *, ended=False):
    """A role that was `ended` by hand can be taken up again within its dates."""
    in_year = Q(roles__school_class=None) | Q(roles__school_class__year__ends_on__gte=timezone.localdate())
    still = _open("roles", ended=ended)
    return Person.objects.filter(where & still & in_year, roles__kind__in=WORKING)


class Person(Source, AbstractBaseUser):
    """Everyone: pupils, guardians, staff; with or without a login. `email` and `phone` are for contact only."""

    class Language(models.TextChoices):
        BOKMAAL = "nb", "Norsk bokmål"
        NYNORSK = "nn", "Norsk nynorsk"
        DANISH = "da", "Dansk"
        ENGLISH = "en", "English"

    class Scheme(models.TextChoices):
        AUTO = "auto", _("As on my device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    given_name = models.CharField(_("first name"), max_length=120)
    family_name = models.CharField(_("last name"), max_length=120, blank=True)
    sort_name = models.GeneratedField(
        expression=nordic("family_name", Value(" "), "given_name"),
        output_field=models.CharField(max_length=260, db_collation="C"),
        db_persist=True,
    )
    email = models.EmailField(_("e-mail"), blank=True)
    email_failed_at = models.DateTimeField(null=True, editable=False)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.BOKMAAL)
    scheme = models.CharField(_("colours"), max_length=5, choices=Scheme, default=Scheme.AUTO)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    national_number = models.EncryptedCharField(max_length=40, null=True, editable=False)
    household = models.ForeignKey(Household, models.SET_NULL, null=True, blank=True, related_name="members")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_portal = models.BooleanField(default=False, editable=False)

    objects = BaseUserManager.from_queryset(PersonQuerySet)()

    USERNAME_FIELD = "key"

    class Meta(Source.Meta):
        ordering = ["sort_name", "pk"]
        constraints = [
            *Source.Meta.constraints,
            models.UniqueConstraint(fields=["is_portal"], condition=Q(is_portal=True), name="one_portal"),
        ]
        indexes = [models.Index(fields=["sort_name"], name="person_by_name")]

    class Privacy:
        personal = {
            "given_name",
            "family_name",
            "sort_name",
            "email",
            "phone",
            "born_on",
            "national_number",
            "source_id",
            "household",
            "language",
            "password",
        }
        plain = {
            "id",
            "key",
            "source",
            "email_failed_at",
            "is_active",
            "is_staff",
            "is_portal",
            "last_login",
            "scheme",
        }

    def __str__(self):
        return self.full_name

    @property
    def full_name(self):
        return f"{self.given_name} {self.family_name}".strip()

    def age_on(self, day):
        return age_on(self.born_on, day)

    @property
    def away_until(self):
        """The last day on which a member of staff is away, None once it is over. Fetch `availability` before a list."""
        until = self.availability.away_until if hasattr(self, "availability") else None
        return until if until and until >= timezone.localdate() else None

    def has_perm(self, perm, obj=None):
        """For the operator's admin alone; pages never use it."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label):
        return self.is_active and self.is_staff


def the_portal():
    """The person who acts when the clock does."""
    portal, _made = Person.objects.get_or_create(is_portal=True, defaults={"given_name": "Skolebro", "password": "!"})
    return portal


@lru_cache(maxsize=50)
def within(day):
    return Q(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class DatedQuerySet(models.QuerySet):
    """Rows with `valid_from` and `valid_to`, both inclusive; without an end they stay open."""

    def on(self, day):
        return self.filter(within(day))

    def current(self):
        return self.on(timezone.localdate())


def date_span(start, end):
    return Func(start, end, Value("[]"), function="daterange", output_field=DateRangeField())


class AddressProtectionQuerySet(DatedQuerySet):
    def visible_to(self, person):
        """The office knows who is protected at its own school; nobody else sees the grade."""
        run = keys_of.schools_run(person)
        return self.filter(person__in=Person.objects.at(run).unrestricted_for(person))


class AddressProtection(models.Model):
    """A person whose name and whereabouts are secret: other families see the alias or "+1", never the name."""

    class Grade(models.TextChoices):
        CONFIDENTIAL = "confidential", _("Confidential address")
        STRICT = "strict", _("Strictly confidential address")
        NAME = "name", _("Name and address protection")

    person = models.ForeignKey(Person, models.CASCADE, related_name="protections")
    grade = models.CharField(_("grade"), max_length=12, choices=Grade)
    alias = models.CharField(_("alias"), max_length=60, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = AddressProtectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to=None), name="one_open_protection_per_person"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="protection_ends_after_start"
            ),
        ]

    class Privacy:
        personal = {"person", "grade", "alias"}
        plain = {"id", "valid_from", "valid_to"}

    def __str__(self):
        return f"protection {self.pk}"


class DirectoryChoice(models.Model):
    """One field that a guardian shares with the families of their children's classes. No row, nothing shared. With a
    phone or an e-mail the name is read as well: a number of nobody helps nobody."""

    class Field(models.TextChoices):
        NAME = "name", _("My name, and whose guardian I am")
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")

    person = models.ForeignKey(Person, models.CASCADE, related_name="directory_choices")
    field = models.CharField(max_length=5, choices=Field)
    shared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "field"], name="one_choice_per_field")]

    class Privacy:
        personal = {"person", "field"}
        plain = {"id", "shared_at"}

    def __str__(self):
        return f"{self.person_id} shares {self.field}"
