"""Law: a page that changes what somebody else may have open says whose version it would replace, or says here why not.

A page is told by the functions that it reaches: one of them says what its form shows (`Shown`), and calls its action
within `refusals_as`, where the action looks under its lock.
"""

import ast
from functools import cache
from inspect import unwrap

import pytest
from django.urls import URLPattern, get_resolver

from tests.laws.code import PACKAGES, files, tree_of
from tests.laws.verdict import allow_none

NOT_NEEDED = {
    "It makes something new, and what stands is left as it is.": """
        principles:confidence_write
        people:person_welcome people:relation_propose people:role_give people:contact_elect people:restriction_set
        rosters:roster_upload principles:principle_import principles:text_read principles:text_correct
        principles:version_match
        principles:inspiration_show principles:section_add principles:clause_add
        principles:draft_start grants:application_ask conferences:round_draft
        grants:scheme_add grants:scheme_copy grants:paper_enter
        grants:co_applicant_invite grants:reason_add grants:attachment_add
        grants:appeal_write
        conferences:round_copy conferences:room_list conferences:subject_list conferences:subjects_begin
        conferences:tip_add conferences:tips_begin conferences:times_add conferences:participant_add
        conferences:plan_add conferences:plans_add conferences:agenda_show conferences:extra_ask
        conferences:timetable_start networks:gathering_draft networks:gathering_again networks:helper_add
        networks:home_reach networks:bring_list networks:suggestion_take networks:theme_draft networks:proposal_add
        networks:reason_add
        networks:agreement_start
        networks:bulletin_write networks:bulletin_new_adult
        networks:lift_list networks:children_in networks:children_show networks:children_ask networks:vote_gather
        networks:network_start networks:start_elect networks:start_enter networks:poll_draft networks:faith_day_list
        networks:apart_list
        networks:programme_show networks:icebreaker_take networks:rota_draw
        networks:question_ask principles:inquiry_write
        networks:birthday_invite
        networks:fund_open networks:fund_row_write networks:fund_row_reverse networks:fund_hand_over
        networks:letter_enter
        principles:conflict_call principles:system_list principles:idea_note
        grants:payment_file_make grants:payee_change
        principles:hearing_prepare principles:theme_add
        principles:supervision_start principles:point_ask principles:supervision_publish
        principles:wheel_show principles:step_add principles:cooperation_list
        principles:tie_add principles:reference_add
        schoolyear:event_add schoolyear:holiday_list schoolyear:holidays_read
        schoolyear:holidays_choose
    """,
    "It is done once: whoever comes second is refused in words, and nothing is replaced.": """
        principles:confidence_take_back
        people:person_protect people:protection_end people:relation_confirm people:relations_confirm people:relation_end
        people:relation_take_up people:restriction_settle people:role_confirm people:roles_confirm people:role_end
        people:role_take_up people:year_roll_over rosters:roster_confirm rosters:roster_undo rosters:roster_discard
        rosters:doubt_judge people:move_answer people:move_settle people:move_offices messaging:message_told
        principles:version_move principles:hearing_call_off principles:hearing_close principles:theme_remove
        principles:draft_publish principles:draft_discard principles:principle_repeal principles:section_remove
        principles:clause_remove grants:application_check grants:application_withdraw grants:application_answer
        grants:application_open grants:application_decide grants:decision_correct conferences:round_publish
        grants:scheme_close
        grants:co_applicant_answer grants:co_applicant_end grants:award_lapse grants:batch_approve grants:reason_end
        grants:decision_told grants:reasons_ask grants:reasons_give grants:reasons_told grants:appeal_withdraw grants:appeal_review
        grants:appeal_settle grants:archive_file
        conferences:round_close conferences:round_cancel conferences:room_remove conferences:subject_remove
        conferences:tip_retire conferences:times_clear conferences:slot_remove conferences:round_sick
        conferences:unbooked_remind conferences:times_offer conferences:participant_remove conferences:plans_send
        conferences:plan_remove conferences:point_take conferences:extra_schedule conferences:extra_close
        conferences:extra_prompt conferences:summary_correct conferences:summary_reply conferences:feedback_give
        conferences:booking_cancel conferences:separate_ask conferences:swap_ask conferences:swap_answer
        conferences:cancel_link conferences:separate_link conferences:swap_link
        conferences:timetable_replan conferences:timetable_publish conferences:timetable_drop networks:gathering_send
        networks:gathering_stop networks:gathering_remind networks:gathering_cancel networks:gathering_hold
        networks:inclusion_mend networks:helper_remove networks:proposal_answer networks:proposal_gather
        networks:survey_answer networks:survey_close networks:thanks_send networks:pulse_answer
        networks:item_remove networks:agreement_adopt networks:agreement_end
        networks:bulletin_send networks:bulletin_release networks:bulletin_return networks:bulletin_take_back
        networks:weekly_take_back conferences:class_taken_over
        networks:lift_withdraw networks:code_renew networks:vote_open networks:vote_close
        networks:start_close networks:letters_print
        networks:apart_remove
        networks:birthday_call_off
        networks:fund_row_confirm networks:fund_row_aside networks:hand_over_sign networks:hand_over_drop
        networks:activity_remove networks:turn_ask networks:turn_answer
        networks:digest_send networks:digest_take_back
        networks:question_answer networks:answer_release networks:answer_drop
        principles:inquiry_send principles:inquiry_take_back principles:inquiry_answer principles:inquiry_hand
        principles:inquiry_dispute
        networks:home_told networks:poll_drop networks:poll_send networks:poll_fix networks:poll_fix_other
        networks:poll_call_off networks:faith_day_remove
        schoolyear:event_call_off schoolyear:holiday_remove
        principles:matrix_publish principles:system_remove
        grants:payment_file_paid grants:payment_file_drop grants:money_paid grants:payee_answer grants:repayment_ask
        grants:repayment_returned grants:repayment_drop grants:receipt_remove grants:case_close grants:attachment_remove
        grants:payout_take_back
        principles:supervision_hand principles:supervision_conclude principles:supervision_drop principles:point_done
        principles:further_tell principles:wheel_remove principles:version_adopt
        principles:step_finish principles:cooperation_answer principles:cooperation_work
        principles:tie_remove principles:reference_remove
    """,
    "One press sets one value that the page shows, and the next press sets it again: nothing typed can be lost.": """
        grants:application_replace grants:application_move
        principles:answer_list principles:council_name
        people:person_email people:person_home principles:clause_move conferences:slot_block conferences:talk_late
        conferences:interpreter_order conferences:agreement_status conferences:placement_pin networks:home_answer
        networks:digest_choose networks:digest_mute messaging:morning_mute
        networks:gathering_mute networks:topic_wish networks:experience_offer networks:proposal_support networks:proposal_take_back
        networks:buddy_offer networks:newcomer_welcome
        networks:birthday_show networks:birthday_answer networks:birthday_mute networks:quarter_join
        networks:activity_move
        networks:letter_print networks:office_answer
        networks:poll_show networks:home_suits principles:supervision_measure principles:tie_look
    """,
    "A time is chosen by a press; one that is taken is answered with those that are free.": """
        conferences:family_book conferences:conference_time conferences:book_link conferences:book_behalf conferences:time_assign
        conferences:placement_move
    """,
    "It has marks of its own: a draft that was saved meanwhile is laid beside what was typed.": """
        conferences:summary_write conferences:summary_share
    """,
    "It changes nothing that anybody writes: reading, signing in, choosing for oneself.": """
        set_language account_logout hat_wear demo people:prove messaging:message_read messaging:link_opened
        messaging:calendar_open messaging:calendar_stop conferences:plan_open grants:scheme_try
        grants:payment_csv grants:payment_xlsx grants:payment_file_take grants:account_look grants:receipt_open
    """,
}
TELL = "give the form shown=Shown(row, read) (portal/people/overtaken.py), or put the name under a reason in NOT_NEEDED"
REASON = {name: reason for reason, names in NOT_NEEDED.items() for name in names.split()}


def pages(patterns=None, spaces=()):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            found = unwrap(pattern.callback)
            if pattern.name and found.__module__.split(".")[0] in PACKAGES:
                yield ":".join([*spaces, pattern.name]), found
        else:
            space = [pattern.namespace] if pattern.namespace else []
            yield from pages(pattern.url_patterns, (*spaces, *space))


@cache
def named(package):
    """{name: [what it stands for]} of all that the views of a part define."""
    found = {}
    for module in files():
        if module.startswith(package) and ".views" in module:
            for node in tree_of(module).body:
                names = [node.name] if isinstance(node, ast.FunctionDef) else []
                if isinstance(node, ast.Assign):
                    names = [target.id for target in node.targets if isinstance(target, ast.Name)]
                for name in names:
                    found.setdefault(name, []).append(node)
    return found


def reached(function):
    """The function and all that it calls among the views of its part."""
    known = named(function.__module__.partition(".views")[0])
    seen, waiting = {}, [function.__name__]
    while waiting:
        name = waiting.pop()
        if name not in seen and name in known:
            seen[name] = known[name]
            waiting += [node.id for one in known[name] for node in ast.walk(one) if isinstance(node, ast.Name)]
    return [node for nodes in seen.values() for node in nodes]


def writes(function):
    if ".views" not in function.__module__:
        return False
    [*_others, own] = named(function.__module__.partition(".views")[0])[function.__name__]
    said = [ast.unparse(each) for each in own.decorator_list]
    return "require_safe" not in said


def tells(function):
    calls = [node.func for one in reached(function) for node in ast.walk(one) if isinstance(node, ast.Call)]
    return bool({getattr(call, "id", None) or getattr(call, "attr", None) for call in calls} & {"Shown", "shown_of"})


WRITTEN = sorted({name: function for name, function in pages() if writes(function)}.items())


@pytest.mark.parametrize(("name", "function"), WRITTEN, ids=[name for name, _function in WRITTEN])
def test_a_page_that_writes_tells_whose_version_it_replaces_or_says_why_not(name, function):
    allow_none(list(wrong_with(name, function)), f"{name}: {{}}")


def wrong_with(name, function):
    if not tells(function):
        if name not in REASON:
            yield TELL
        return
    if name in REASON:
        yield "it gives its form shown=, so take it out of NOT_NEEDED"
    if not any("refusals_as(" in ast.unparse(one) for one in reached(function)):
        yield "call the action within refusals_as(form)"


def test_no_reason_is_given_for_a_page_that_is_gone():
    assert len(WRITTEN) > 100
    gone = REASON.keys() - {name for name, _function in WRITTEN}

    allow_none(gone, "{} writes nothing any more, or is gone: take it out of NOT_NEEDED")
