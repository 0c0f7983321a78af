import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FREEZE = """
CREATE FUNCTION networks_fund_row_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a row of a class fund is never deleted' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'fund_row_is_frozen';
    END IF;
    IF OLD.state <> 'waiting' OR to_jsonb(NEW) - '{state,settled_by_id,settled_at}'::text[]
            <> to_jsonb(OLD) - '{state,settled_by_id,settled_at}'::text[] THEN
        RAISE EXCEPTION 'a row of a class fund is never changed' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'fund_row_is_frozen';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER fund_row_is_frozen BEFORE UPDATE OR DELETE ON networks_fundrow
    FOR EACH ROW EXECUTE FUNCTION networks_fund_row_is_frozen();
"""

THAW = """
DROP TRIGGER fund_row_is_frozen ON networks_fundrow;
DROP FUNCTION networks_fund_row_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("networks", "0013_class_digests"),
        ("people", "0009_names_may_be_shared"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Birthday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "circle",
                    models.CharField(
                        choices=[("class", "The whole class"), ("grade", "The whole grade")], max_length=5
                    ),
                ),
                ("ceiling", models.PositiveIntegerField(null=True)),
                ("is_shared", models.BooleanField(default=False, verbose_name="It is the shared party of the quarter")),
                ("starts_at", models.DateTimeField(verbose_name="Starts")),
                ("ends_at", models.DateTimeField(verbose_name="Ends")),
                ("answer_by", models.DateTimeField(verbose_name="Answer by")),
                ("place", models.CharField(max_length=200, verbose_name="Where?")),
                ("words", models.TextField(blank=True, max_length=500, verbose_name="What should the guests know?")),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                ("called_off_at", models.DateTimeField(null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.household"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="birthdays", to="people.schoolclass"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.schoolyear"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="BirthdayAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(choices=[("yes", "Yes, we are coming"), ("no", "We cannot come")], max_length=3),
                ),
                ("answered_at", models.DateTimeField(auto_now=True)),
                (
                    "birthday",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="networks.birthday"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.household"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BirthdayMute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "birthday",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mutes", to="networks.birthday"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BirthdayRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "circle",
                    models.CharField(
                        choices=[("class", "The whole class"), ("grade", "The whole grade")],
                        default="class",
                        max_length=5,
                        verbose_name="Who is invited?",
                    ),
                ),
                ("ceiling", models.PositiveIntegerField(null=True, verbose_name="What may a present cost at most?")),
                ("set_at", models.DateTimeField(auto_now=True)),
                (
                    "school_class",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="birthday_rule",
                        to="people.schoolclass",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClassFund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("balance", models.PositiveBigIntegerField(default=0)),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                (
                    "cohort",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="fund", to="people.cohort"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="funds", to="people.schoolclass"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FundHandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("balance", models.PositiveBigIntegerField()),
                ("elected_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Waits for signatures"), ("done", "Handed over"), ("dropped", "Dropped")],
                        default="open",
                        max_length=7,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hand_overs", to="networks.classfund"
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="FundKeeper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seat", models.PositiveSmallIntegerField()),
                ("elected_on", models.DateField(verbose_name="At the meeting of which day were they elected?")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keepers", to="networks.classfund"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FundRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bazaar", "Collected at a bazaar or a sale"),
                            ("grant", "A grant"),
                            ("gifts", "Voluntary gifts, together"),
                            ("expense", "Paid for something"),
                        ],
                        max_length=7,
                        verbose_name="What is it?",
                    ),
                ),
                ("amount", models.IntegerField(verbose_name="How much?")),
                ("on", models.DateField(verbose_name="On which day?")),
                ("what", models.CharField(max_length=120, verbose_name="In a few words")),
                (
                    "receipt",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="Receipt: its number, and where the paper is"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for the other keeper"),
                            ("counts", "Counts"),
                            ("aside", "Set aside"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="networks.classfund"
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversals",
                        to="networks.fundrow",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settled",
                        to="networks.fundkeeper",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="written", to="networks.fundkeeper"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="FundSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "hand_over",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="networks.fundhandover",
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="networks.fundkeeper"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="QuarterChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quarter_children",
                        to="people.schoolclass",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="birthday",
            constraint=models.UniqueConstraint(
                condition=models.Q(("called_off_at", None)),
                fields=("child", "year"),
                name="one_birthday_of_a_child_in_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="birthday",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="birthday_ends_after_it_starts"
            ),
        ),
        migrations.AddConstraint(
            model_name="birthday",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer_by__lte", models.F("starts_at"))), name="birthday_answered_before_it_starts"
            ),
        ),
        migrations.AddConstraint(
            model_name="birthdayanswer",
            constraint=models.UniqueConstraint(fields=("birthday", "household"), name="a_home_answers_a_birthday_once"),
        ),
        migrations.AddConstraint(
            model_name="birthdaymute",
            constraint=models.UniqueConstraint(fields=("birthday", "person"), name="a_birthday_is_muted_once"),
        ),
        migrations.AddConstraint(
            model_name="classfund",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cohort", None)), fields=("school_class",), name="one_fund_for_a_class_of_no_cohort"
            ),
        ),
        migrations.AddConstraint(
            model_name="classfund",
            constraint=models.CheckConstraint(condition=models.Q(("balance__gte", 0)), name="fund_is_never_below_zero"),
        ),
        migrations.AddConstraint(
            model_name="fundhandover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("fund",), name="one_hand_over_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="fundhandover",
            constraint=models.CheckConstraint(
                condition=models.Q(("one", models.F("other")), _negated=True), name="handed_over_to_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="fundhandover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("state", "done")),
                    models.Q(models.Q(("state", "done"), _negated=True), ("done_at", None)),
                    _connector="OR",
                ),
                name="hand_over_says_when_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundkeeper",
            constraint=models.UniqueConstraint(fields=("fund", "person"), name="keeper_once_of_a_fund"),
        ),
        migrations.AddConstraint(
            model_name="fundkeeper",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("fund", "seat"), name="one_keeper_in_a_seat"
            ),
        ),
        migrations.AddConstraint(
            model_name="fundkeeper",
            constraint=models.CheckConstraint(condition=models.Q(("seat__in", [1, 2])), name="fund_has_two_seats"),
        ),
        migrations.AddConstraint(
            model_name="fundrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__lt", 0), ("kind", "expense"), ("reverses", None)),
                    models.Q(("amount__gt", 0), ("kind", "expense"), ("reverses__isnull", False)),
                    models.Q(models.Q(("kind", "expense"), _negated=True), ("amount__gt", 0), ("reverses", None)),
                    models.Q(
                        models.Q(("kind", "expense"), _negated=True), ("amount__lt", 0), ("reverses__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="income_adds_and_expense_takes",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", -10000000), ("amount__lte", 10000000)), name="fund_row_within_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="fundrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True), name="fund_row_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="fundrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "expense"), _negated=True),
                    ("reverses__isnull", False),
                    models.Q(("receipt", ""), _negated=True),
                    _connector="OR",
                ),
                name="expense_has_a_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("settled_by", None), ("state", "waiting")),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True),
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="settled_fund_row_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "counts"), _negated=True),
                    models.Q(("settled_by", models.F("written_by")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_confirms_their_own_fund_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "aside"), _negated=True),
                fields=("reverses",),
                name="a_fund_row_is_reversed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundsignature",
            constraint=models.UniqueConstraint(fields=("hand_over", "keeper"), name="a_keeper_signs_once"),
        ),
        migrations.AddConstraint(
            model_name="quarterchild",
            constraint=models.UniqueConstraint(
                fields=("school_class", "child"), name="a_child_celebrates_with_a_quarter_once"
            ),
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
