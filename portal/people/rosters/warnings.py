"""Warnings that need the portal's own knowledge. They point at what a person must look at; they give no reasons."""

from django.utils.translation import gettext as _

from portal.people.rosters.staging import ask

MOST = 200


def pupils_elsewhere(notes):
    """Pupils whom the file places here although they have a place at another school."""
    count = ask("SELECT count(DISTINCT pupil_id) FROM r_place WHERE refused")[0][0]
    if count:
        text = _("%(count)s pupils have a place at another school, and were not given one here.")
        notes.warn("", 0, text % {"count": count})


def birth_dates(notes, adult_since):
    """Birth dates that would make somebody who is grown a child again, and give the guardians back their rights."""
    held = ask(
        """SELECT p.given_name, p.family_name FROM r_person s JOIN people_person p ON p.id = s.id
           WHERE p.born_on <= %s AND s.born_on > p.born_on LIMIT %s""",
        adult_since,
        MOST,
    )
    for given, family in held:
        text = _("The new date of birth of %(name)s was held back: it would make a grown person a child again.")
        notes.warn("", 0, text % {"name": f"{given} {family}".strip()})


def kept_addresses(notes):
    """Persons who can sign in, whose address or phone in the file is another than theirs here."""
    kept = ask(
        """SELECT concat_ws(' ', p.given_name, p.family_name) FROM r_person s JOIN people_person p ON p.id = s.id
           WHERE (s.email <> p.email OR s.phone <> p.phone) AND NOT s.elsewhere
             AND EXISTS (SELECT 1 FROM account_emailaddress a WHERE a.user_id = p.id AND a.verified) LIMIT %s""",
        MOST,
    )
    for (name,) in kept:
        text = _("%(name)s can sign in, so the e-mail address and phone they have here were kept.")
        notes.warn("", 0, text % {"name": name})


def restricted(notes, today):
    """Proposed guardians who are, or resemble, somebody who must not know anything about the pupil."""
    found = ask(
        """SELECT DISTINCT concat_ws(' ', g.given_name, g.family_name), concat_ws(' ', p.given_name, p.family_name)
           FROM people_accessrestriction a
           JOIN r_new n ON n.pupil_id = a.pupil_id
           JOIN people_person r ON r.id = a.guardian_id
           JOIN people_person g ON g.id = n.guardian_id
           JOIN people_person p ON p.id = n.pupil_id
           WHERE a.lift_confirmed_by_id IS NULL AND (a.valid_to IS NULL OR a.valid_to >= %s)
             AND (g.id = r.id
               OR (lower(g.given_name), lower(g.family_name)) = (lower(r.given_name), lower(r.family_name))
               OR (g.email <> '' AND lower(g.email) = lower(r.email))
               OR (g.phone <> '' AND right(regexp_replace(g.phone, '\\D', '', 'g'), 8)
                                   = right(regexp_replace(r.phone, '\\D', '', 'g'), 8)))
           LIMIT %s""",
        today,
        MOST,
    )
    for guardian, pupil in found:
        text = _(
            "%(guardian)s is proposed as guardian of %(pupil)s, and resembles somebody who must not know anything "
            "about the pupil. Ask the principal before anybody confirms this."
        )
        notes.warn("", 0, text % {"guardian": guardian, "pupil": pupil})
