"""What a report of an import says to somebody of the office who must know nothing about one of the pupils in it."""

from portal.people.models import RosterImport
from portal.rosters.queries import report_of
from tests import make
from tests.portal.rosters.town import called, confirm_all, family, said, shut_out


def everything(report):
    return "\n".join([*report.warnings, *report.errors, *report.brake, *(str(one) for one in report.examples)])


def test_who_is_kept_out_reads_no_line_about_the_pupil_and_the_others_of_the_office_do(read):
    read(family())
    confirm_all()
    shut_out()
    rolf, school = called("Rolf Berg"), called("Ask Moe").enrolments.first().school_class.school
    make.role(rolf, "office", school)
    entry, _warnings = read(family(ask="E77"))
    entry = RosterImport.objects.get(pk=entry.pk)
    entry.difference["examples"] = {"persons": {"updated": ["Ask Moe", "Ole Hansen"]}}
    entry.warnings.append({"file": "", "row": 0, "text": "Ole Hansen can sign in."})

    his, others = report_of(entry, rolf), report_of(entry, make.holder("office", school))

    assert said(others.warnings, "1 blocked link kept", "Rolf Berg for Ask Moe")
    assert "Ask Moe" in everything(others)
    for word in ("Ask Moe", "Rolf", "blocked", "Siv"):
        assert word not in everything(his)
    assert said(his.warnings, "Ole Hansen can sign in.")
    assert [names for _kind, _verb, names, _more in his.examples] == [["Ole Hansen"]]
    assert his.more_warnings == others.more_warnings


def test_the_link_of_somebody_who_works_here_stands_on_a_line_of_its_own(read):
    read(family())
    confirm_all()
    shut_out()
    shut_out("Siv Moe")
    make.role(called("Rolf Berg"), "office", called("Ask Moe").enrolments.first().school_class.school)

    _entry, warnings = read(family(ask="E77"))

    lines = [line for line in warnings if "blocked" in line]
    assert len(lines) == 2
    assert not any("Rolf" in line and "Siv" in line for line in lines)
