"""Warnings that need what the portal already knows. They point at what a person must look at, and give no reasons."""

from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.rosters.staging import ask

MOST = 200


def pupils_elsewhere(notes):
    count = ask("SELECT count(DISTINCT pupil_id) FROM r_place WHERE refused")[0][0]
    if count:
        text = _("%(count)s pupils have a place at another school, and were not given one here.")
        notes.warn("", 0, text % {"count": count})


def birth_dates(notes, adult_since):
    """A grown person who became a child again would give the guardians their rights back."""
    found = ask(
        """SELECT p.given_name, p.family_name FROM r_person s JOIN people_person p ON p.id = s.id
           WHERE p.born_on <= %s AND s.born_on > p.born_on LIMIT %s""",
        adult_since,
        MOST,
    )
    for given, family in found:
        text = _("The new date of birth of %(name)s was held back: it would make a grown person a child again.")
        notes.warn("", 0, text % {"name": f"{given} {family}".strip()})


def spared_addresses(notes):
    spared = ask(
        """SELECT concat_ws(' ', s.given_name, s.family_name), a.user_id IS NOT NULL
           FROM r_person s JOIN people_person p ON p.id = s.id
           LEFT JOIN (SELECT DISTINCT user_id FROM account_emailaddress WHERE verified) a ON a.user_id = p.id
           WHERE NOT s.is_new AND (s.email <> p.email OR s.phone <> p.phone)
             AND (s.elsewhere OR EXISTS (SELECT 1 FROM r_own o WHERE o.id = p.id)) LIMIT %s""",
        MOST,
    )
    for name, signs_in in spared:
        text = _("The e-mail address and phone of %(name)s were kept as they are here.")
        if signs_in:
            text = _("%(name)s can sign in, so the e-mail address and phone they have here were kept.")
        notes.warn("", 0, text % {"name": name})


def shared_addresses(notes):
    shared = ask(
        """SELECT string_agg(concat_ws(' ', given_name, family_name) || ' (' || key || ')', ', ' ORDER BY key),
                  lower(trim(email))
           FROM r_person WHERE email <> '' GROUP BY lower(trim(email)) HAVING count(*) > 1 ORDER BY 2 LIMIT %s""",
        MOST,
    )
    for names, address in shared:
        text = _("%(names)s share the e-mail address %(address)s. Only one of them can sign in with it.")
        notes.warn("", 0, text % {"names": names, "address": address})


def taken_addresses(notes):
    """It is not said whose address it is."""
    found = ask(
        """SELECT DISTINCT concat_ws(' ', s.given_name, s.family_name), lower(s.email)
           FROM r_person s JOIN account_emailaddress a ON lower(a.email) = lower(s.email) AND a.user_id <> s.id
           WHERE NOT EXISTS (SELECT 1 FROM r_person o WHERE o.id = a.user_id AND lower(o.email) = lower(s.email))
           LIMIT %s""",
        MOST,
    )
    for name, address in found:
        text = _("Somebody else signs in here with %(address)s, which the file gives for %(name)s.")
        notes.warn("", 0, text % {"name": name, "address": address})


def too_young(notes, adult_since):
    found = ask(
        """SELECT concat_ws(' ', g.given_name, g.family_name), concat_ws(' ', p.given_name, p.family_name), g.born_on
           FROM r_new n JOIN people_person g ON g.id = n.guardian_id JOIN people_person p ON p.id = n.pupil_id
           WHERE g.born_on > %s LIMIT %s""",
        adult_since,
        MOST,
    )
    for guardian, pupil, born_on in found:
        text = _("%(guardian)s is proposed as guardian of %(pupil)s, and was born on %(date)s. Is it the right person?")
        notes.warn("", 0, text % {"guardian": guardian, "pupil": pupil, "date": born_on})


def named_no_more(notes, source):
    """For a partial file that names other guardians of the pupil; another file may name these."""
    found = ask(
        """SELECT concat_ws(' ', w.given_name, w.family_name), concat_ws(' ', p.given_name, p.family_name)
           FROM people_guardianrelation g JOIN r_person s ON s.id = g.pupil_id
           JOIN people_person w ON w.id = g.guardian_id JOIN people_person p ON p.id = g.pupil_id
           WHERE g.source = %s AND g.state <> 'ended'
             AND EXISTS (SELECT 1 FROM r_relation r WHERE r.pupil_id = g.pupil_id)
             AND NOT EXISTS (SELECT 1 FROM r_relation r WHERE r.pupil_id = g.pupil_id
                             AND r.guardian_id = g.guardian_id)
           ORDER BY p.sort_name, w.sort_name LIMIT %s""",
        source,
        MOST,
    )
    for guardian, pupil in found:
        text = _(
            "%(guardian)s is not among the guardians of %(pupil)s in the file, and stays here. If they are no "
            "guardian any more, end it by hand."
        )
        notes.warn("", 0, text % {"guardian": guardian, "pupil": pupil})


def not_proposed(notes):
    """Guardians in the file who are shut out or were turned down. Anyone who works here gets a line of their own, so
    that a report can withhold it from that reader."""
    for table in ("r_shut", "r_down"):
        found = ask(
            f"""SELECT concat_ws(' ', g.given_name, g.family_name), concat_ws(' ', p.given_name, p.family_name),
                  (SELECT o.person_id FROM people_role o WHERE o.person_id = g.id LIMIT 1)
                FROM {table} n JOIN people_person g ON g.id = n.guardian_id JOIN people_person p ON p.id = n.pupil_id
                WHERE '{table}' = 'r_shut' OR NOT EXISTS (SELECT 1 FROM people_guardianrelation o
                  WHERE o.guardian_id = n.guardian_id AND o.pupil_id = n.pupil_id AND o.state <> 'ended')
                ORDER BY p.sort_name, g.sort_name LIMIT %s""",  # noqa: S608
            MOST,
        )
        for _worker, rows in groupby(sorted(found, key=lambda row: row[2] or 0), key=lambda row: row[2]):
            pairs = [_("%(guardian)s for %(pupil)s") % {"guardian": one, "pupil": other} for one, other, _key in rows]
            words = ngettext(
                "%(count)s blocked link kept: %(names)s.", "%(count)s blocked links kept: %(names)s.", len(pairs)
            )
            if table == "r_down":
                words = ngettext(
                    "%(count)s link that somebody turned down or ended stays so: %(names)s.",
                    "%(count)s links that somebody turned down or ended stay so: %(names)s.",
                    len(pairs),
                )
            notes.warn("", 0, words % {"count": len(pairs), "names": ", ".join(pairs)})


def ended_before(notes):
    found = ask(
        """SELECT DISTINCT concat_ws(' ', g.given_name, g.family_name), concat_ws(' ', p.given_name, p.family_name)
           FROM r_new n JOIN people_guardianrelation o ON o.guardian_id = n.guardian_id AND o.pupil_id = n.pupil_id
           JOIN people_person g ON g.id = n.guardian_id JOIN people_person p ON p.id = n.pupil_id LIMIT %s""",
        MOST,
    )
    for guardian, pupil in found:
        text = _("%(guardian)s is proposed again as guardian of %(pupil)s. An earlier relation between the two ended.")
        notes.warn("", 0, text % {"guardian": guardian, "pupil": pupil})


SAME_GUARDIAN = """(g.id = r.id
    OR (lower(g.given_name), lower(g.family_name)) = (lower(r.given_name), lower(r.family_name))
    OR (g.email <> '' AND lower(g.email) = lower(r.email))
    OR (g.phone <> '' AND right(regexp_replace(g.phone, '\\D', '', 'g'), 8)
                        = right(regexp_replace(r.phone, '\\D', '', 'g'), 8)))"""
SAME_PUPIL = """(p.id = q.id OR (lower(p.given_name) = lower(q.given_name) AND (lower(p.family_name) =
    lower(q.family_name) OR p.born_on = q.born_on)))"""


def restricted(notes, today):
    """Every new guardian of a pupil from whom somebody is shut out, since a person may come back under another name;
    those who resemble the one shut out; and those who are shut out from another child."""
    found = ask(
        f"""SELECT concat_ws(' ', g.given_name, g.family_name), concat_ws(' ', p.given_name, p.family_name),
                  bool_or({SAME_GUARDIAN} AND {SAME_PUPIL}), bool_or(g.id = r.id)
           FROM people_accessrestriction a JOIN people_person r ON r.id = a.guardian_id
           JOIN people_person q ON q.id = a.pupil_id
           JOIN r_new n ON TRUE JOIN people_person g ON g.id = n.guardian_id JOIN people_person p ON p.id = n.pupil_id
           WHERE a.lift_confirmed_by_id IS NULL AND (a.valid_to IS NULL OR a.valid_to >= %s)
             AND ({SAME_GUARDIAN} AND {SAME_PUPIL} OR g.id = r.id OR p.id = q.id)
           GROUP BY n.guardian_id, n.pupil_id, 1, 2 LIMIT %s""",  # noqa: S608
        today,
        MOST,
    )
    for guardian, pupil, same, shut_out in found:
        text = _(
            "%(guardian)s is proposed as guardian of %(pupil)s, about whom somebody must not know anything. Make sure "
            "that it is not that person before anybody confirms this."
        )
        if shut_out:
            text = _(
                "%(guardian)s is proposed as guardian of %(pupil)s, and must not know anything about another child. "
                "Ask the principal before anybody confirms this."
            )
        if same:
            text = _(
                "%(guardian)s is proposed as guardian of %(pupil)s, and resembles somebody who must not know anything "
                "about the pupil. Ask the principal before anybody confirms this."
            )
        notes.warn("", 0, text % {"guardian": guardian, "pupil": pupil})


def restricted_staff(notes, today):
    """People proposed for a role at the school of a pupil they must know nothing about."""
    found = ask(
        """SELECT DISTINCT concat_ws(' ', g.given_name, g.family_name) FROM r_role o
           JOIN people_accessrestriction a ON a.guardian_id = o.person_id
           JOIN people_person g ON g.id = o.person_id
           JOIN people_enrolment e ON e.pupil_id = a.pupil_id AND (e.valid_to IS NULL OR e.valid_to >= %s)
           JOIN people_schoolclass c ON c.id = e.school_class_id
           LEFT JOIN people_schoolclass k ON k.id = o.class_id
           WHERE COALESCE(o.school_id, k.school_id) = c.school_id AND a.lift_confirmed_by_id IS NULL
             AND (a.valid_to IS NULL OR a.valid_to >= %s)
             AND NOT EXISTS (SELECT 1 FROM people_role t WHERE t.person_id = o.person_id AND t.kind = o.kind
               AND t.state = 'confirmed' AND t.school_id IS NOT DISTINCT FROM o.school_id
               AND t.school_class_id IS NOT DISTINCT FROM o.class_id) LIMIT %s""",
        today,
        today,
        MOST,
    )
    for (name,) in found:
        text = _(
            "%(name)s is proposed for a role at the school, and must not know anything about one of its pupils. Ask "
            "the principal before anybody confirms this."
        )
        notes.warn("", 0, text % {"name": name})
