"""Whether a child of the class, as it is today, is named in a notice or can be known from it."""

from networks.bulletins.rules import is_contact_teacher
from networks.models import Bulletin
from networks.names.checking import is_hidden_named, knows_each_child, look_through, look_through_whole
from networks.names.naming import points_at_a_child
from networks.names.unexplained import every_line


def check(bulletin, reader):
    """What is found of the children whose names this reader may know. A text with another child's name is read first by
    whoever knows them, and the reader is not told (`is_read_quietly`)."""
    return check_text(bulletin, reader, _whole(bulletin))


def check_text(bulletin, reader, text):
    """Whoever may not know each child is asked about every word that nothing explains, and the teacher reads it: whether
    it is the name of a child whom they may not know, or nobody's, the way is the same."""
    if knows_each_child(reader, bulletin.school_class):
        return look_through([bulletin.school_class], reader, text)
    return look_through_whole([bulletin.school_class], reader, text, every_line)


def may_be_known_from(bulletin, reader):
    """As far as the writer may know why."""
    if bulletin.kind == Bulletin.Kind.HAPPENED or bulletin.is_knowable:
        return True
    return _may_be_known(bulletin, reader, _whole(bulletin))


def needs_release(bulletin, by):
    """As far as the writer may know. A contact teacher's own judgement is the release."""
    return may_be_known_from(bulletin, by) and not is_contact_teacher(by, bulletin.school_class)


def text_needs_release(bulletin, by, text):
    """Of an answer beneath a notice."""
    return _may_be_known(bulletin, by, text) and not is_contact_teacher(by, bulletin.school_class)


def is_read_quietly(bulletin, by):
    """Whether a child of whom the writer must know nothing may be named: read first, and the writer is told nothing that
    they would not be told otherwise."""
    return text_is_read_quietly(bulletin, by, _whole(bulletin))


def text_is_read_quietly(bulletin, by, text):
    return is_hidden_named([bulletin.school_class], by, text)


def _whole(bulletin):
    return f"{bulletin.title}\n{bulletin.text}"


def _may_be_known(bulletin, reader, text):
    return points_at_a_child(text) or bool(check_text(bulletin, reader, text).capital)
