"""In which language somebody reads who is new in a file: in that of their own school, the newest."""

OWN = """
    SELECT DISTINCT ON (near.id) near.id, s.language_form FROM (
      SELECT p.pupil_id AS id, p.class_id, NULL::bigint AS school_id, 1 AS place, p.valid_to FROM r_place p
      UNION ALL SELECT r.person_id, r.class_id, r.school_id, 2, NULL FROM r_role r
      UNION ALL SELECT r.guardian_id, p.class_id, NULL, 3, p.valid_to FROM r_relation r
        JOIN r_place p ON p.pupil_id = r.pupil_id
      UNION ALL SELECT r.guardian_id, e.school_class_id, NULL, 4, e.valid_to FROM r_relation r
        JOIN people_enrolment e ON e.pupil_id = r.pupil_id
    ) near LEFT JOIN people_schoolclass c ON c.id = near.class_id
      JOIN people_school s ON s.id = COALESCE(near.school_id, c.school_id)
    ORDER BY near.id, near.place, COALESCE(near.valid_to, 'infinity') DESC, s.id"""


def usual(scope):
    """Of whoever the file ties to no school: that of most of its schools."""
    forms = [school.language_form for school in scope.schools.values()]
    return max(sorted(set(forms)), key=forms.count) if forms else "nb"
