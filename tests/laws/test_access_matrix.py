"""Law: every page, those of the trees that are not ours too, has a row that says what each kind of person gets, reading and
writing.

A letter for each kind of person, in the order of `world.KINDS`:
L to the sign-in · 2 the page · R done, and on to another page · 3 not yours · 4 not found · 5 not this way · G worn out
"""

import logging
import textwrap
from itertools import zip_longest

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils import translation

from portal import doors
from tests import make
from tests.laws.verdict import allow_none
from tests.laws.world import KINDS, world
from tests.pages import as_

MATRIX = {
    "home": ("L2222222222", "L5555555555"),
    "hat_wear": ("L5555555555", "LRRRRRRRRRR"),
    "help": ("22222222222", "55555555555"),
    "accessibility": ("22222222222", "55555555555"),
    "privacy_seen": ("L2222222222", "L5555555555"),
    "demo": ("44444444444", "44444444444"),
    "people:profile": ("L2222222222", "L2222222222"),
    "people:needs_edit": ("L2232333333", "LRR3R333333"),
    "people:ways_choose": ("L3333222233", "L3333RRRR33"),
    "people:away_say": ("L3333222233", "L3333RRRR33"),
    "people:care_children": ("L3333333333", "L3333333333"),
    "people:care_list": ("L3333322233", "L3333355533"),
    "people:care_choose": ("L3333322433", "L33333RR433"),
    "people:directory": ("L2232333333", "LRR3R333333"),
    "people:child_list": ("L2232333333", "L5535333333"),
    "people:child_show": ("L2444444444", "L5555555555"),
    "people:child_file": ("L2444444444", "L5555555555"),
    "people:class_show": ("L2442242444", "L5555555555"),
    "people:class_list": ("L3332333333", "L3335333333"),
    "people:office_home": ("L3333322233", "L3333355533"),
    "people:year_roll_over": ("L3333322433", "L3333322433"),
    "people:person_list": ("L3333222232", "L3333555535"),
    "people:person_welcome": ("L3333322232", "L3333322232"),
    "people:person_detail": ("L3333222434", "L3333555535"),
    "people:person_contact": ("L3333322433", "L33333RR433"),
    "people:person_email": ("L3333355533", "L33333RR433"),
    "people:person_home": ("L3333322433", "L33333RR433"),
    "people:person_protect": ("L3333322433", "L3333322433"),
    "people:relation_propose": ("L3333322433", "L3333322433"),
    "people:role_give": ("L3333322434", "L3333322434"),
    "people:restriction_set": ("L3333322432", "L3333322432"),
    "people:protection_end": ("L3333322433", "L33333RR433"),
    "people:relation_list": ("L3333322233", "L3333355533"),
    "people:relations_confirm": ("L3333322433", "L3333322433"),
    "people:relation_confirm": ("L3333322433", "L3333322433"),
    "people:relation_end": ("L3333322433", "L33333RR433"),
    "people:relation_take_up": ("L3333355533", "L33333RR433"),
    "people:restriction_list": ("L3333322232", "L3333355535"),
    "people:restriction_settle": ("L3333355535", "L33333RR43R"),
    "people:role_list": ("L3333322232", "L3333355535"),
    "people:role_confirm": ("L3333355535", "L33333RR434"),
    "people:role_end": ("L3333422434", "L33334RR434"),
    "people:role_take_up": ("L3333555535", "L33334RR434"),
    "people:roles_confirm": ("L3333355533", "L33333RR433"),
    "people:contact_elect": ("L3333222434", "L3333222434"),
    "rosters:roster_list": ("L3333322232", "L3333355535"),
    "rosters:roster_upload": ("L3333322232", "L3333322232"),
    "rosters:doubt_list": ("L3333322232", "L3333355535"),
    "rosters:doubt_judge": ("L3333322432", "L33333RR43R"),
    "rosters:roster_detail": ("L3333344434", "L3333355535"),
    "rosters:roster_confirm": ("L3333355535", "L3333344434"),
    "rosters:roster_undo": ("L3333344434", "L3333344434"),
    "rosters:roster_discard": ("L3333355535", "L3333344434"),
    "schoolyear:event_list": ("L2222222222", "L5555555555"),
    "schoolyear:event_show": ("L2442222444", "L5555555555"),
    "schoolyear:event_add": ("L3333222433", "L3333222433"),
    "schoolyear:event_edit": ("L3333222433", "L3333222433"),
    "schoolyear:event_call_off": ("L3333222433", "L3333RRR433"),
    "schoolyear:setting_list": ("L33333RRR33", "L3333355533"),
    "schoolyear:setting_show": ("L3333322433", "L3333355533"),
    "schoolyear:promises_set": ("L3333322433", "L33333RR433"),
    "schoolyear:terms_set": ("L3333322433", "L3333322433"),
    "schoolyear:holiday_list": ("L3333322433", "L3333322433"),
    "schoolyear:holidays_read": ("L3333322433", "L3333322433"),
    "schoolyear:holidays_choose": ("L3333355533", "L33333RR433"),
    "schoolyear:holiday_remove": ("L3333355533", "L33333RR433"),
    "messaging:message_list": ("L2222222222", "L5555555555"),
    "messaging:message_show": ("L4444444444", "L5555555555"),
    "messaging:message_read": ("L5555555555", "L4444444444"),
    "messaging:preference_edit": ("L2222222222", "L2222222222"),
    "messaging:preference_link": ("44444444444", "44444444444"),
    "messaging:morning_mute": ("44444444444", "44444444444"),
    "messaging:link_opened": ("44444444444", "44444444444"),
    "messaging:calendar_show": ("L2222222222", "L5555555555"),
    "messaging:calendar_open": ("L5555555555", "LRRRRRRRRRR"),
    "messaging:calendar_stop": ("L5555555555", "LRRRRRRRRRR"),
    "messaging:calendar_feed": ("44444444444", "44444444444"),
    "messaging:address_list": ("L3333322233", "L3333355533"),
    "messaging:message_told": ("L3333355533", "L33333RR433"),
    "principles:guide_show": ("L2444444444", "L5555555555"),
    "principles:guide_management": ("L2444444444", "L5555555555"),
    "principles:conflict_choose": ("LRR3R333333", "L5535333333"),
    "principles:conflict_show": ("L2444444444", "L5555555555"),
    "principles:conflict_call": ("L2444444444", "LR444444444"),
    "principles:stage_show": ("L2444444444", "L5555555555"),
    "principles:stage_list": ("22222222222", "55555555555"),
    "principles:inquiry_write": ("L2444444444", "L2444444444"),
    "principles:inquiry_show": ("L2444244444", "L5555555555"),
    "principles:inquiry_send": ("L5555555555", "LR444444444"),
    "principles:inquiry_take_back": ("L5555555555", "LR444444444"),
    "principles:inquiry_answer": ("L3333234433", "L3333234433"),
    "principles:inquiry_hand": ("L3333234433", "L3333234433"),
    "principles:inquiry_dispute": ("L5555555555", "LR444344444"),
    "principles:inquiry_list": ("L3333232233", "L3333535533"),
    "principles:matrix_show": ("L2442222444", "L5555555555"),
    "principles:matrix_edit": ("L3333233333", "L3333R33333"),
    "principles:matrix_publish": ("L3333533333", "L3333R33333"),
    "principles:guide_first": ("L3333322233", "L33333RRR33"),
    "principles:matrix_usual": ("L3333322233", "L33333RRR33"),
    "principles:system_list": ("L3333322233", "L3333322233"),
    "principles:system_edit": ("L3333322433", "L3333322433"),
    "principles:system_remove": ("L3333355533", "L33333RR433"),
    "principles:confidence_received": ("L3333222233", "L3333555533"),
    "principles:confidence_read": ("L3333244433", "L3333555533"),
    "principles:confidence_take_back": ("L5555555555", "LR444444444"),
    "principles:confidence_list": ("L2444444444", "L5555555555"),
    "principles:confidence_write": ("L2444444444", "L2444444444"),
    "principles:supervision_list": ("L3333332223", "L3333335553"),
    "principles:supervision_show": ("L3333332423", "L3333335553"),
    "principles:supervision_start": ("L3333332323", "L3333332323"),
    "principles:supervision_hand": ("L3333335553", "L333333R433"),
    "principles:supervision_measure": ("L3333335553", "L333333R4R3"),
    "principles:supervision_drop": ("L3333335553", "L333333R4R3"),
    "principles:supervision_conclude": ("L33333334R3", "L3333333423"),
    "principles:supervision_publish": ("L33333334R3", "L3333333423"),
    "principles:point_figures": ("L3333332423", "L333333R4R3"),
    "principles:point_state": ("L3333332433", "L3333332433"),
    "principles:point_assess": ("L33333334R3", "L3333333423"),
    "principles:point_ask": ("L33333334R3", "L3333333423"),
    "principles:point_done": ("L3333335553", "L333333R4R3"),
    "principles:further_tell": ("L3333334443", "L3333334443"),
    "principles:result_show": ("44444444444", "55555555555"),
    "principles:result_download": ("44444444444", "55555555555"),
    "principles:wheel_show": ("L3333322223", "L3333322223"),
    "principles:wheel_remove": ("L3333355553", "L33333RR4R3"),
    "principles:version_adopt": ("L3333344444", "L3333332424"),
    "principles:adoption_show": ("L3333322323", "L3333355555"),
    "principles:decision_correct": ("L3333332323", "L3333332323"),
    "principles:step_hand": ("L3333322424", "L3333322424"),
    "principles:step_add": ("L3333322323", "L3333322323"),
    "principles:audience_tell": ("L3333332424", "L3333332424"),
    "principles:step_finish": ("L4444422424", "L4444422424"),
    "principles:cooperation_list": ("L3333332223", "L3333332223"),
    "principles:cooperation_show": ("L3333332423", "L3333335553"),
    "principles:cooperation_download": ("L3333334443", "L3333335553"),
    "principles:cooperation_answer": ("L2242444444", "L2242444444"),
    "principles:cooperation_work": ("L4444222444", "L4444222444"),
    "principles:tie_list": ("L3333322323", "L3333355555"),
    "principles:tie_add": ("L3333322323", "L3333322323"),
    "principles:tie_remove": ("L3333355555", "L33333RR4R4"),
    "principles:tie_look": ("L3333355555", "L33333RR4R4"),
    "principles:reference_add": ("L3333322323", "L3333322323"),
    "principles:reference_edit": ("L3333322424", "L3333322424"),
    "principles:reference_remove": ("L3333355555", "L33333RR4R4"),
    "principles:principle_list": ("2RR2RRRRRRR", "55555555555"),
    "principles:principle_import": ("L3333322323", "L3333322323"),
    "principles:text_read": ("L3333342444", "L3333342444"),
    "principles:inspiration_list": ("L3333322323", "L3333355555"),
    "principles:inspiration_show": ("L3333322323", "L33333RR3R3"),
    "principles:inspiration_changes": ("22222222222", "55555555555"),
    "principles:text_correct": ("L3333342444", "L3333342444"),
    "principles:version_match": ("L3333342444", "L3333342444"),
    "principles:principle_detail": ("22222222222", "55555555555"),
    "principles:principle_changes": ("44444444444", "55555555555"),
    "principles:principle_keep": ("L3333322323", "L3333322323"),
    "principles:principle_repeal": ("L3333332323", "L3333332323"),
    "principles:draft_detail": ("L4444444444", "L5555555555"),
    "principles:draft_start": ("L3333355555", "L33333RR3R3"),
    "principles:draft_describe": ("L3333344444", "L3333322424"),
    "principles:draft_publish": ("L3333344444", "L3333332424"),
    "principles:draft_discard": ("L3333344444", "L33333RR4R4"),
    "principles:hearing_prepare": ("L3333344444", "L3333322424"),
    "principles:hearing_list": ("22222222222", "55555555555"),
    "principles:hearing_show": ("L2242222424", "L5555555555"),
    "principles:hearing_answer": ("L2242222434", "L2242222434"),
    "principles:hearing_result": ("22222222222", "55555555555"),
    "principles:hearing_arrange": ("L3333322424", "L3333355555"),
    "principles:hearing_edit": ("L3333322424", "L3333322424"),
    "principles:council_name": ("L3333322434", "L33333RR434"),
    "principles:alternative_write": ("L3333322424", "L33333RR4R4"),
    "principles:hearing_call_off": ("L3333355555", "L333333R4R4"),
    "principles:answer_list": ("L3333322424", "L3333322424"),
    "principles:theme_add": ("L3333322424", "L3333322424"),
    "principles:theme_reply": ("L3333322424", "L3333322424"),
    "principles:theme_remove": ("L3333355555", "L33333RR4R4"),
    "principles:hearing_close": ("L3333355555", "L333333R4R4"),
    "principles:pack_pdf": ("L3333322424", "L3333355555"),
    "principles:pack_xlsx": ("L3333322424", "L3333355555"),
    "principles:idea_note": ("L3333322323", "L3333322323"),
    "principles:version_move": ("L3333355555", "L3333344444"),
    "principles:section_add": ("L3333344444", "L3333322424"),
    "principles:section_edit": ("L3333344444", "L3333322424"),
    "principles:section_remove": ("L3333355555", "L33333RR4R4"),
    "principles:clause_add": ("L3333344444", "L3333322424"),
    "principles:clause_edit": ("L3333344444", "L3333322424"),
    "principles:clause_move": ("L3333355555", "L33333RR4R4"),
    "principles:clause_remove": ("L3333355555", "L33333RR4R4"),
    "principles:version_detail": ("22222222222", "55555555555"),
    "principles:version_download": ("22222222222", "55555555555"),
    "grants:application_list": ("L2222222222", "L5555555555"),
    "grants:application_start": ("L333R333333", "L3332333333"),
    "grants:application_show": ("L4442242444", "L5555555555"),
    "grants:application_edit": ("L3332333333", "L3332333333"),
    "grants:application_check": ("L333R333333", "L333R333333"),
    "grants:application_withdraw": ("L3332333333", "L333R333333"),
    "grants:application_answer": ("L333R333333", "L333R333333"),
    "grants:application_open": ("L3333332434", "L3333332434"),
    "grants:application_decide": ("L333333R434", "L3333332434"),
    "grants:application_ask": ("L3333332434", "L3333332434"),
    "grants:application_number": ("L3333335535", "L3333332434"),
    "grants:decision_show": ("L4444444444", "L5555555555"),
    "grants:decision_file": ("L4444444444", "L5555555555"),
    "grants:decision_correct": ("L3333334434", "L3333334434"),
    "grants:co_applicant_invite": ("L3332333333", "L3332333333"),
    "grants:co_applicant_answer": ("L2433333333", "LR433333333"),
    "grants:co_applicant_end": ("L5535333333", "LR43R333333"),
    "grants:application_delay": ("L3333332434", "L3333332434"),
    "grants:application_move": ("L3333332434", "L3333332434"),
    "grants:application_replace": ("L3332333333", "L3332333333"),
    "grants:award_lapse": ("L444R343444", "L444R343444"),
    "grants:batch_approve": ("L3333332232", "L3333332232"),
    "grants:reason_list": ("L3333333332", "L3333333335"),
    "grants:reason_add": ("L3333333332", "L3333333332"),
    "grants:reason_change": ("L3333333332", "L3333333332"),
    "grants:reason_end": ("L3333333335", "L333333333R"),
    "grants:decision_told": ("L3333334434", "L3333334434"),
    "grants:reasons_ask": ("L3335333333", "L3334333333"),
    "grants:reasons_give": ("L3333334434", "L3333334434"),
    "grants:reasons_told": ("L3333334434", "L3333334434"),
    "grants:reasons_file": ("L4444444444", "L5555555555"),
    "grants:appeal_write": ("L3334333333", "L3334333333"),
    "grants:appeal_show": ("L4444444444", "L5555555555"),
    "grants:appeal_file": ("L4444444444", "L5555555555"),
    "grants:appeal_withdraw": ("L3335333333", "L3334333333"),
    "grants:appeal_review": ("L3333334434", "L3333334434"),
    "grants:appeal_settle": ("L3333333334", "L3333333334"),
    "grants:archive_list": ("L3333332232", "L3333335535"),
    "grants:archive_file": ("L3333335535", "L333333R434"),
    "grants:register_show": ("L3333332232", "L3333335535"),
    "grants:register_file": ("L3333332232", "L3333335535"),
    "grants:register_sheet": ("L3333332232", "L3333335535"),
    "grants:award_list": ("L3333332222", "L3333335555"),
    "grants:award_file": ("L3333332222", "L3333335555"),
    "grants:payment_list": ("L3333332232", "L3333335535"),
    "grants:payment_csv": ("L3333333335", "L3333333332"),
    "grants:payment_xlsx": ("L3333333335", "L3333333332"),
    "grants:paying_edit": ("L3333333332", "L3333333332"),
    "grants:payment_file_make": ("L3333333332", "L3333333332"),
    "grants:payment_file_show": ("L3333333332", "L3333333335"),
    "grants:payment_file_take": ("L3333333335", "L3333333332"),
    "grants:payment_file_paid": ("L3333333335", "L3333333332"),
    "grants:payment_file_drop": ("L3333333335", "L333333333R"),
    "grants:payee_answer": ("L3333332432", "L333333R43R"),
    "grants:repayment_returned": ("L3333335535", "L3333332432"),
    "grants:repayment_drop": ("L3333335535", "L333333R43R"),
    "grants:money_show": ("L4442442442", "L5555555555"),
    "grants:money_paid": ("L3333335535", "L3333333432"),
    "grants:account_look": ("L3333335535", "L3333333432"),
    "grants:payee_change": ("L3332333333", "L3332333333"),
    "grants:repayment_ask": ("L3333332432", "L3333332432"),
    "grants:result_show": ("L3333332222", "L3333335555"),
    "grants:payout_take_back": ("L3333333432", "L333333343R"),
    "grants:attachment_add": ("L3332333333", "L3332333333"),
    "grants:attachment_open": ("L4442242444", "L5555555555"),
    "grants:attachment_remove": ("L3335333333", "L333R333333"),
    "grants:receipt_open": ("L5555555555", "L4442242442"),
    "grants:receipt_remove": ("L3335333333", "L333R333333"),
    "grants:report_show": ("L4442242442", "L5555555555"),
    "grants:report_write": ("L3332333333", "L3332333333"),
    "grants:case_close": ("L3333335535", "L333333R43R"),
    "grants:scheme_list": ("L3333333332", "L3333333335"),
    "grants:scheme_add": ("L3333333332", "L3333333332"),
    "grants:scheme_show": ("L3333333332", "L3333333335"),
    "grants:scheme_copy": ("L3333333332", "L3333333332"),
    "grants:scheme_edit": ("L3333333332", "L3333333332"),
    "grants:scheme_close": ("L3333333332", "L333333333R"),
    "grants:scheme_shares": ("L3333333332", "L333333333R"),
    "grants:scheme_try": ("L3333333332", "L3333333332"),
    "grants:paper_list": ("L3333322233", "L3333355533"),
    "grants:paper_enter": ("L3333322433", "L3333322433"),
    "grants:form_list": ("22222222222", "55555555555"),
    "grants:form_file": ("22222222222", "55555555555"),
    "mail_list": ("44444444444", "55555555555"),
    "mail_show": ("44444444444", "55555555555"),
    "conferences:summary_write": ("L3333R33333", "L3333233333"),
    "conferences:summary_share": ("L3333R33333", "L3333233333"),
    "conferences:summary_show": ("L2444242444", "L5555555555"),
    "conferences:summary_file": ("L2444242444", "L5555555555"),
    "conferences:summary_answer": ("L2444343444", "L2444343444"),
    "conferences:summary_correct": ("L3333233333", "L3333233333"),
    "conferences:summary_reply": ("L3333233333", "L3333233333"),
    "conferences:agreement_status": ("L5555555555", "LR444343444"),
    "conferences:tip_list": ("L3333222233", "L3333555533"),
    "conferences:tip_add": ("L3333222233", "L3333222233"),
    "conferences:tips_begin": ("L3333555533", "L33333RRR33"),
    "conferences:tip_edit": ("L3333222433", "L3333222433"),
    "conferences:tip_retire": ("L3333555533", "L3333RRR433"),
    "conferences:feedback_give": ("L2444233444", "L2444233444"),
    "networks:gathering_list": ("L2222222222", "L5555555555"),
    "networks:gathering_answer": ("44444444444", "44444444444"),
    "networks:answer_calendar": ("44444444444", "44444444444"),
    "networks:gathering_wall": ("44444444444", "55555555555"),
    "networks:gathering_mute": ("44444444444", "44444444444"),
    "networks:gathering_show": ("L2442242444", "L2442343444"),
    "networks:gathering_calendar": ("L2442242444", "L5555555555"),
    "networks:gathering_edit": ("L3332333333", "L3332333333"),
    "networks:gathering_tie": ("L3332333333", "L333R333333"),
    "networks:inclusion_check": ("L3332333333", "L333R333333"),
    "networks:ways_set": ("L3333322233", "L3333322233"),
    "networks:reason_add": ("L3335333333", "L333R333333"),
    "networks:inclusion_mend": ("L3335333333", "L333R333333"),
    "networks:gathering_send": ("L333R333333", "L333R333333"),
    "networks:gathering_stop": ("L3335333333", "L333R333333"),
    "networks:gathering_organise": ("L3332333333", "L3335333333"),
    "networks:gathering_reach": ("L3332333333", "L3335333333"),
    "networks:answers_csv": ("L3332333333", "L3335333333"),
    "networks:answers_xlsx": ("L3332333333", "L3335333333"),
    "networks:home_reach": ("L3332333333", "L3332333333"),
    "networks:home_answer": ("L3335333333", "L333R333333"),
    "networks:gathering_tasks": ("L3332333333", "L3335333333"),
    "networks:gathering_remind": ("L3335333333", "L333R333333"),
    "networks:gathering_cancel": ("L3332333333", "L3332333333"),
    "networks:gathering_hold": ("L3335333333", "L333R333333"),
    "networks:helper_add": ("L3335333333", "L333R333333"),
    "networks:helper_remove": ("L3335333333", "L333R333333"),
    "networks:class_show": ("L3332333333", "L3335333333"),
    "networks:gathering_draft": ("L3332333333", "L3332333333"),
    "networks:gathering_again": ("L3335333333", "L3334333333"),
    "networks:idea_list": ("L3332333333", "L3335333333"),
    "networks:coverage_show": ("L3333332233", "L3333335533"),
    "networks:coverage_totals": ("L3333333332", "L3333333335"),
    "networks:bring_list": ("L3332333333", "L3332333333"),
    "networks:suggestion_take": ("L3335333333", "L333R333333"),
    "networks:bring_lock": ("L3332333333", "L3332333333"),
    "networks:item_remove": ("L3335333333", "L333R333333"),
    "networks:programme_show": ("L3332333333", "L3332333333"),
    "networks:icebreaker_take": ("L3335333333", "L333R333333"),
    "networks:tag_sheet": ("L3332333333", "L3335333333"),
    "networks:activity_change": ("L3332333333", "L3332333333"),
    "networks:activity_move": ("L3335333333", "L333R333333"),
    "networks:activity_remove": ("L3335333333", "L333R333333"),
    "networks:rota_show": ("L3332333333", "L3335333333"),
    "networks:rota_draw": ("L3335333333", "L333R333333"),
    "networks:turn_ask": ("L3335333333", "L333R333333"),
    "networks:turn_move": ("L3332333333", "L3332333333"),
    "networks:turn_answer": ("L5535333333", "LR433333333"),
    "networks:gathering_groups": ("L3332333333", "L3335333333"),
    "networks:apart_list": ("L3333233333", "L3333233333"),
    "networks:apart_remove": ("L3333533333", "L3333R33333"),
    "networks:report_write": ("L3332333333", "L3332333333"),
    "networks:thanks_send": ("L333R333333", "L3332333333"),
    "networks:pulse_answer": ("L2443343444", "L2443343444"),
    "networks:children_in": ("22222222222", "22222222222"),
    "networks:children_show": ("L2432233333", "L2432233333"),
    "networks:children_ask": ("L5535533333", "L343RR33333"),
    "networks:code_renew": ("L5535533333", "L343RR33333"),
    "networks:ballot_list": ("L343RR33333", "L5535533333"),
    "networks:vote_open": ("L3432233333", "L3432233333"),
    "networks:vote_close": ("L5535533333", "L343RR33333"),
    "networks:committee_choose": ("L3333233333", "L3333R33333"),
    "networks:vote_gather": ("L3332333333", "L3332333333"),
    "networks:letter_enter": ("22222222222", "22222222222"),
    "networks:letters_due": ("L3333322233", "L3333355533"),
    "networks:letter_list": ("L3332322433", "L3335355533"),
    "networks:letters_print": ("L3335355533", "L333R3RR433"),
    "networks:letter_print": ("L3335355533", "L33333RR433"),
    "networks:home_told": ("L3335355533", "L33333RR433"),
    "networks:office_answer": ("L3333355533", "L33333RR433"),
    "networks:lift_list": ("L3332333333", "L3332333333"),
    "networks:lift_withdraw": ("L3335333333", "L333R333333"),
    "networks:fund_open": ("LR43R333333", "L3432333333"),
    "networks:fund_show": ("L2432333333", "L5535333333"),
    "networks:fund_print": ("L2432333333", "L5535333333"),
    "networks:fund_csv": ("L2432333333", "L5535333333"),
    "networks:fund_xlsx": ("L2432333333", "L5535333333"),
    "networks:fund_row_write": ("L3432333333", "L3432333333"),
    "networks:fund_row_confirm": ("L5535333333", "L443R333333"),
    "networks:fund_row_aside": ("L5535333333", "L443R333333"),
    "networks:fund_row_reverse": ("L3432333333", "L3432333333"),
    "networks:fund_hand_over": ("L3332333333", "L3332333333"),
    "networks:hand_over_sign": ("L5535333333", "L343R333333"),
    "networks:hand_over_drop": ("L3335333333", "L333R333333"),
    "networks:birthday_list": ("L2432333333", "L5535333333"),
    "networks:birthday_rule": ("L3332333333", "L3332333333"),
    "networks:birthday_invite": ("L2432333333", "L2432333333"),
    "networks:quarter_join": ("L5535333333", "LR43R333333"),
    "networks:birthday_show": ("L2432333333", "LR43R333333"),
    "networks:birthday_call_off": ("L5535333333", "L343R333333"),
    "networks:birthday_answer": ("44444444444", "44444444444"),
    "networks:birthday_mute": ("44444444444", "44444444444"),
    "networks:poll_draft": ("L3332333333", "L3332333333"),
    "networks:poll_show": ("L2442444444", "LR44R444444"),
    "networks:poll_times": ("L3332333333", "L3332333333"),
    "networks:poll_drop": ("L3335333333", "L333R333333"),
    "networks:poll_organise": ("L3332333333", "L3335333333"),
    "networks:poll_send": ("L3335333333", "L333R333333"),
    "networks:poll_fix": ("L3335333333", "L333R333333"),
    "networks:poll_call_off": ("L3332333333", "L3332333333"),
    "networks:poll_fix_other": ("L3332333333", "L3332333333"),
    "networks:home_suits": ("L3332344433", "L3332344433"),
    "networks:faith_day_list": ("L3333322233", "L3333322233"),
    "networks:faith_day_remove": ("L3333355533", "L33333RR433"),
    "networks:topic_list": ("L2432233333", "L5535533333"),
    "networks:topic_show": ("L2432233333", "L5535533333"),
    "networks:topic_home": ("L2432233333", "L5535533333"),
    "networks:topic_wish": ("L5535533333", "LR43R333333"),
    "networks:experience_offer": ("L5535533333", "L343R333333"),
    "networks:theme_draft": ("L3332333333", "L3332333333"),
    "networks:proposal_list": ("L2432233333", "L5535533333"),
    "networks:proposal_add": ("L2432333333", "L2432333333"),
    "networks:proposal_support": ("L5535533333", "LR43R333333"),
    "networks:proposal_take_back": ("L5535533333", "LR43R333333"),
    "networks:proposal_answer": ("L3432333333", "L3432333333"),
    "networks:proposal_gather": ("L3332333333", "L3332333333"),
    "networks:network_start": ("L3332232433", "L3332232433"),
    "networks:hand_over": ("L3332333333", "L3335333333"),
    "networks:newcomer_list": ("L3332333333", "L3335333333"),
    "networks:newcomer_welcome": ("L3335333333", "L333R333333"),
    "networks:buddy_offer": ("L5535333333", "L343R333333"),
    "networks:start_close": ("L3335535533", "L333RR3R433"),
    "networks:start_elect": ("L3333242434", "L3333242434"),
    "networks:start_enter": ("L2222222222", "L2222222222"),
    "networks:start_link": ("44444444444", "44444444444"),
    "networks:start_confirm": ("L2442444444", "LR44R444444"),
    "networks:agreement_list": ("L2442222444", "L5555555555"),
    "networks:agreement_start": ("L3332333333", "L3332333333"),
    "networks:agreement_show": ("L2442444444", "L5555555555"),
    "networks:survey_answer": ("L2442444444", "L2442444444"),
    "networks:survey_close": ("L3335333333", "L333R333333"),
    "networks:agreement_adopt": ("L3332333333", "L3332333333"),
    "networks:agreement_review": ("L3332333333", "L3332333333"),
    "networks:agreement_end": ("L3332333333", "L333R333333"),
    "networks:agreement_card": ("L2442242444", "L5555555555"),
    "networks:digest_list": ("L2442242444", "L5555555555"),
    "networks:digest_show": ("L2442242444", "L5555555555"),
    "networks:digest_edit": ("L3332333333", "L333R333333"),
    "networks:digest_ask": ("L3332333333", "L3332333333"),
    "networks:digest_send": ("L3332333333", "L333R333333"),
    "networks:digest_paragraph": ("L3333233333", "L3333R33333"),
    "networks:digest_take_back": ("L3442242444", "L344RR4R444"),
    "networks:digest_choose": ("L2232333333", "LRR3R333333"),
    "networks:digest_mute": ("44444444444", "44444444444"),
    "networks:weekly_write": ("L3333233333", "L3333233333"),
    "networks:weekly_take_back": ("L3333533333", "L3333R33333"),
    "networks:bulletin_list": ("L2442242444", "L5555555555"),
    "networks:bulletin_write": ("L3332233333", "L3332233333"),
    "networks:bulletin_new_adult": ("L3332233333", "L3332233333"),
    "networks:bulletin_show": ("L2442242444", "L5555555555"),
    "networks:bulletin_edit": ("L3332433333", "L3332433333"),
    "networks:bulletin_send": ("L3332433333", "L333R433333"),
    "networks:bulletin_release": ("L3333535533", "L3333R3R433"),
    "networks:bulletin_return": ("L3333232433", "L3333232433"),
    "networks:question_ask": ("L2433333333", "L2433333333"),
    "networks:question_answer": ("L3332433333", "L3332433333"),
    "networks:answer_release": ("L3333535533", "L3333R3R433"),
    "networks:answer_drop": ("L3333535533", "L3333R3R433"),
    "networks:bulletin_take_back": ("L3332232433", "L333RR3R433"),
    "conferences:round_list": ("L3333222233", "L3333555533"),
    "conferences:coverage_show": ("L3333332223", "L3333335553"),
    "conferences:round_draft": ("L3333322233", "L3333322233"),
    "conferences:late_list": ("L3333322223", "L3333355553"),
    "conferences:round_show": ("L3333222433", "L3333555533"),
    "conferences:round_edit": ("L3333322433", "L3333322433"),
    "conferences:round_publish": ("L3333322433", "L33333RR433"),
    "conferences:round_copy": ("L3333355533", "L33333RR433"),
    "conferences:round_close": ("L3333355533", "L33333RR433"),
    "conferences:round_cancel": ("L3333322433", "L3333322433"),
    "conferences:round_times": ("L33332RR433", "L3333555533"),
    "conferences:times_add": ("L3333233433", "L3333233433"),
    "conferences:times_clear": ("L3333555533", "L3333R33433"),
    "conferences:round_sick": ("L3333222433", "L3333222433"),
    "conferences:round_grid": ("L3333322433", "L3333355533"),
    "conferences:timetable_start": ("L3333322433", "L3333322433"),
    "conferences:timetable_show": ("L3333322433", "L3333355533"),
    "conferences:timetable_replan": ("L3333355533", "L33333RR433"),
    "conferences:timetable_publish": ("L3333355533", "L33333RR433"),
    "conferences:timetable_drop": ("L3333355533", "L33333RR433"),
    "conferences:placement_move": ("L3333322433", "L33333RR433"),
    "conferences:placement_pin": ("L3333355533", "L33333RR433"),
    "conferences:slot_block": ("L3333555533", "L3333RRR433"),
    "conferences:slot_remove": ("L3333555533", "L3333RRR433"),
    "conferences:setting_edit": ("L3333322233", "L3333322233"),
    "conferences:room_list": ("L3333322233", "L3333322233"),
    "conferences:room_remove": ("L3333355533", "L33333RR433"),
    "conferences:teacher_day": ("L3333222233", "L3333555533"),
    "conferences:day_door": ("L3333222233", "L3333555533"),
    "conferences:talk_late": ("L3333555533", "L3333RRRR33"),
    "conferences:talk_show": ("L3333222433", "L3333555533"),
    "conferences:talk_shared": ("L3333232433", "L3333555533"),
    "conferences:talk_attend": ("L3333232433", "L3333232433"),
    "conferences:talk_wanted": ("L3333232433", "L3333232433"),
    "conferences:participant_add": ("L3333555533", "L3333222433"),
    "conferences:participant_remove": ("L3333555533", "L3333RRR433"),
    "conferences:book_behalf": ("L3333222433", "L3333222433"),
    "conferences:time_assign": ("L3333555533", "L3333RRR433"),
    "conferences:times_offer": ("L3333222433", "L3333222433"),
    "conferences:round_unbooked": ("L3333222433", "L3333555533"),
    "conferences:unbooked_remind": ("L3333555533", "L3333RRR433"),
    "conferences:interpreter_list": ("L3333322233", "L3333355533"),
    "conferences:interpreter_file": ("L3333322233", "L3333355533"),
    "conferences:interpreter_order": ("L3333355533", "L33333RR433"),
    "conferences:extra_list": ("L2232222233", "L5535555533"),
    "conferences:extra_ask": ("L2434232433", "L2434232433"),
    "conferences:extra_schedule": ("L3333242433", "L3333242433"),
    "conferences:extra_close": ("L4434242433", "L4434242433"),
    "conferences:extra_prompt": ("L3333233333", "L3333R33333"),
    "conferences:class_take_over": ("L3333232433", "L3333535533"),
    "conferences:class_taken_over": ("L3333535533", "L3333R3R433"),
    "conferences:plan_list": ("L3333233333", "L3333533333"),
    "conferences:plans_add": ("L3333233333", "L3333233333"),
    "conferences:plans_send": ("L3333233333", "L3333R33333"),
    "conferences:plan_add": ("L3333233333", "L3333233333"),
    "conferences:plan_open": ("L2444242444", "L2444242444"),
    "conferences:plan_remove": ("L3333533333", "L3333R33333"),
    "conferences:prepare": ("L2434333333", "LR434333333"),
    "conferences:prepare_share": ("L2434333333", "L2434333333"),
    "conferences:prepare_pupil": ("L2434333333", "L2434333333"),
    "conferences:pupil_talk": ("L3333233333", "L3333233333"),
    "conferences:agenda_show": ("L2444232444", "L3444233444"),
    "conferences:point_take": ("L3333533333", "L3333R33333"),
    "conferences:subject_list": ("L3333322233", "L3333322233"),
    "conferences:subjects_begin": ("L3333355533", "L33333RRR33"),
    "conferences:subject_edit": ("L3333322433", "L3333322433"),
    "conferences:subject_remove": ("L3333355533", "L33333RR433"),
    "conferences:subject_inputs": ("L3333232433", "L3333555533"),
    "conferences:subject_write": ("L3333233333", "L3333R33333"),
    "conferences:conference_list": ("L2222RRRR22", "L5555555555"),
    "conferences:family_book": ("L2444444444", "L4444444444"),
    "conferences:wish_edit": ("L2444444444", "L2444444444"),
    "conferences:book_link": ("44444444444", "44444444444"),
    "conferences:wish_link": ("44444444444", "44444444444"),
    "conferences:show_link": ("44444444444", "44444444444"),
    "conferences:calendar_link": ("44444444444", "44444444444"),
    "conferences:cancel_link": ("44444444444", "44444444444"),
    "conferences:none_link": ("44444444444", "44444444444"),
    "conferences:separate_link": ("44444444444", "44444444444"),
    "conferences:swap_link": ("44444444444", "44444444444"),
    "conferences:conference_show": ("L2444RRR444", "L2444RRR444"),
    "conferences:conference_time": ("LR444444444", "LR444444444"),
    "conferences:conference_calendar": ("L4444444444", "L5555555555"),
    "conferences:booking_cancel": ("LR444444444", "LR444444444"),
    "conferences:none_fit": ("L2444444444", "L2444444444"),
    "conferences:separate_ask": ("L2444444444", "LR444444444"),
    "conferences:swap_ask": ("LR444444444", "LR444444444"),
    "conferences:swap_answer": ("L4444444444", "L4444444444"),
    "healthz": ("22222222222", "22222222222"),
    "gallery": ("44444444444", "44444444444"),
    "account_login": ("2RRRRRRRRRR", "2RRRRRRRRRR"),
    "account_email": ("LRRRRRRRRRR", "LRRRRRRRRRR"),
    "account_confirm_login_code": ("LRRRRRRRRRR", "LRRRRRRRRRR"),
    "account_confirm_email": ("22222222222", "44444444444"),
    "account_request_login_code": ("2RRRRRRRRRR", "2RRRRRRRRRR"),
    "mfa_index": ("L2222222222", "L5555555555"),
    "mfa_authenticate": ("LRRRRRRRRRR", "LRRRRRRRRRR"),
    "mfa_reauthenticate": ("L3333333333", "L3333333333"),
    "mfa_activate_totp": ("L2222222222", "L2222222222"),
    "mfa_deactivate_totp": ("LRRRRRRRRRR", "LRRRRRRRRRR"),
    "mfa_view_recovery_codes": ("LRRRRRRRRRR", "LRRRRRRRRRR"),
    "mfa_generate_recovery_codes": ("LRRRRRRRRRR", "LRRRRRRRRRR"),
    "mfa_download_recovery_codes": ("LRRRRRRRRRR", "LRRRRRRRRRR"),
    "mfa_list_webauthn": ("L2222222222", "L5555555555"),
    "mfa_add_webauthn": ("L2222222222", "L2222222222"),
    "mfa_reauthenticate_webauthn": ("L3333333333", "L3333333333"),
    "mfa_remove_webauthn": ("LRRRRRRRRRR", "LRRRRRRRRRR"),
    "mfa_edit_webauthn": ("LRRRRRRRRRR", "LRRRRRRRRRR"),
    "mfa_login_webauthn": ("LRRRRRRRRRR", "LRRRRRRRRRR"),
    "usersessions_list": ("L2222222222", "LRRRRRRRRRR"),
    "account_signup": ("2RRRRRRRRRR", "2RRRRRRRRRR"),
    "set_language": ("55555555555", "RRRRRRRRRRR"),
    "people:prove": ("L2222222222", "LRRRRRRRRRR"),
    "people:move_answer": ("44444444444", "44444444444"),
    "people:move_list": ("L3333322232", "L3333355535"),
    "people:move_settle": ("L3333355535", "L3333344434"),
    "people:move_offices": ("L3333355533", "L3333344433"),
    **{f"admin:{name}": ("L3333333333", "L3333333333") for name in doors.ADMIN},  # the operator's alone
    "account_logout": ("R2222222222", "RRRRRRRRRRR"),  # the last: nobody is signed in any more
}
WHERE = "say in tests/laws/world.py, in _args or what it calls, which thing of the town the page is about"
SIGNS = {200: "2", 403: "3", 404: "4", 405: "5", 410: "G", 503: "2"}
WORDS = {"L": "sign-in", "R": "302", "2": "200", "3": "403", "4": "404", "5": "405", "G": "410"}


def url_names(resolver=None, namespaces=()):
    names = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            names += url_names(pattern, inner)
        else:
            names.append(":".join([*namespaces, pattern.name]))
    return list(dict.fromkeys(names))


def sign_of(answer):
    if answer.status_code in (301, 302):
        return "L" if answer.url.startswith("/account/login/") else "R"
    return SIGNS.get(answer.status_code, "?")


def table(wrong):
    """{(how, name): {kind: what came, and what the row says}}, to read in a terminal: the kinds of people are the
    headings."""
    kinds = [kind for kind in KINDS if any(kind in cells for cells in wrong.values())]
    above = [textwrap.wrap(kind, 13) for kind in kinds]
    lines = [["", *line] for line in zip_longest(*above, fillvalue="")]
    lines += [[f"{how:4} {name}", *(cells.get(kind, "") for kind in kinds)] for (how, name), cells in wrong.items()]
    wide = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, wide)).rstrip() for line in lines)


def test_what_differs_is_shown_as_a_table():
    wrong = {
        ("GET", "home"): {"nobody": "200≠sign-in"},
        ("POST", "people:profile"): {"restricted guardian": "404≠200", "nobody": "500≠200"},
    }

    assert table(wrong).splitlines() == [
        "                     nobody       restricted",
        "                                  guardian",
        "GET  home            200≠sign-in",
        "POST people:profile  500≠200      404≠200",
    ]


def test_every_page_has_a_row():
    allow_none(set(url_names()) - MATRIX.keys(), "{} has no row: add one to MATRIX")


def test_every_row_has_a_page():
    allow_none(MATRIX.keys() - set(url_names()), "{} is no address any more: take its row out of MATRIX")


def test_every_address_finds_its_arguments(db):
    args = world().args

    allow_none([name for name in url_names() if not fits(name, args.get(name, []))], f"{{}} takes arguments: {WHERE}")


def fits(name, arguments):
    try:
        return bool(reverse(name, args=arguments))
    except NoReverseMatch:
        return False


def test_every_name_of_a_foreign_tree_is_declared_where_it_is_or_shut():
    """What is declared and is no longer there would hide that a library has renamed it."""
    declared = doors.ACCOUNT.keys() | {f"admin:{name}" for name in doors.ADMIN}

    allow_none(declared - set(url_names()), "{} is no address any more: take it out of portal/doors.py")


@pytest.mark.parametrize("name", [name for name in doors.ADMIN if name.endswith("_changelist")])
def test_the_operator_looks_into_the_admin_with_a_second_factor_alone(client, db, name):
    operator = make.person()
    type(operator).objects.filter(pk=operator.pk).update(is_staff=True)
    client.force_login(operator)
    assert client.get(reverse(f"admin:{name}")).status_code == 200

    alone = Client()
    alone.force_login(operator)

    assert alone.get(reverse(f"admin:{name}")).url == "/account/2fa/"


@pytest.fixture
def _no_log():
    """Some thousand refusals are expected here; logging each would take longer than the requests."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.walk
@pytest.mark.usefixtures("_no_log")
def test_every_kind_of_person_gets_what_the_rows_say(db):
    town, wrong, lent = world(), {}, set()
    for column, kind in enumerate(KINDS):
        for how, name, answer in visit(town, town.people[kind]):
            if "public" in answer.get("Cache-Control", "") and (town.people[kind] or answer.cookies):
                lent.add(f"{how} {name}, {kind}")
            expected, came = MATRIX[name][how == "POST"][column], sign_of(answer)
            if came != expected:
                said = WORDS["L"] if came == "L" else answer.status_code
                wrong.setdefault((how, name), {})[kind] = f"{said}≠{WORDS[expected]}"
    if wrong:
        pytest.fail(f"what came ≠ what the row says\n{table(wrong)}", pytrace=False)
    allow_none(lent, "{}: a proxy may keep it for all, but it is one person's or sets a cookie")


def visit(town, person):
    """(how, name, answer) of every page as this person; whatever is posted is rolled back."""
    cache.clear()
    translation.deactivate()
    client = as_(person) if person else Client()
    names = (set(url_names()) & set(MATRIX)) - ({"healthz"} if person else set())  # it waits for a worker
    for name in sorted(names, key=list(MATRIX).index):
        address = reverse(name, args=town.args.get(name, []))
        if town.args.get(name) == ["forged"]:
            cache.clear()  # so many forged links from one address are refused unread
        if "forged" in town.args.get(name, []):
            cache.clear()  # the town has more pages of links than one address may try in an hour
        for how, send in (("GET", client.get), ("POST", client.post)):
            with transaction.atomic():
                answer = send(address)
                transaction.set_rollback(True)
            yield how, name, answer
