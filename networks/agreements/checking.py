"""Whether a child is named in what the families of a class agree."""

from networks.names.checking import look_through_whole


def look_through_agreement(agreement, reader, text):
    """In every class in which the same children are today. The names of the days are nobody's."""
    return look_through_whole(list(agreement.classes_today().select_related("school")), reader, text)
