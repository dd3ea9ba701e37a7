"""What each step of the scenarios writes into its thing beside the state: the columns, in words of the table.
A step that is not here writes nothing. Where a step writes this or that, each is said.

A pause is not only a state: its first day is kept, and taken away when it is over.
"""

WRITTEN: dict[str, dict[str, tuple[str, ...]]] = {
    "campaign": {
        "cancel draft": ("note turn",),
        "cancel open": ("note turn",),
        "close open": ("closed_at turn",),
        "extend closed": ("closed_at due_school turn",),
        "open draft": ("opened_at",),
    },
    "certificate": {
        "revoke valid": ("revoked_because revoked_on",),
    },
    "local_act": {
        "approve draft": ("minutes_number minutes_on union_on",),
        "register approved": ("approved_on in_force_from number scan_id",),
    },
    "meeting": {
        "accept disputed": ("confirmed_by_mentee_at",),
        "confirm held_unconfirmed": ("confirmed_by_mentee_at feedback_mentee",),
        "dispute held_unconfirmed": ("answer",),
        "move planned": ("moved_to_id",),
        "record disputed": ("answer duration_min", "answer duration_min task"),
        "record planned": ("confirmed_by_mentor_at duration_min recorded_at recorded_by started_at task",),
    },
    "mentor_card": {
        "confirm recommended": ("curator_word_by curator_word_on",),
        "endorse confirmed": ("principal_word_by principal_word_on",),
        "reconfirm active": ("curator_word_on",),
        "reconfirm confirmed": ("curator_word_on",),
    },
    "mentoring_consent": {
        "give draft": (
            "answered_on given_on method scan_id",
            "answered_on given_on method scan_id shows_profile",
        ),
        "refuse draft": ("answered_on",),
        "withdraw given": ("withdrawn_on",),
    },
    "order": {
        "register draft": ("number registered_at registered_by scan_id signed_on year",),
        "take_back registered": ("number registered_at registered_by scan_id signed_on year",),
    },
    "pair": {
        "activate order_draft": ("started_on",),
        "complete active": ("closing_reason ended_on",),
        "conclude psych_check": ("order_id",),
        "end_by_dismissal active": ("closing_reason ended_on",),
        "end_suspension suspended": ("closing_reason ended_on",),
        "extend active": ("extended_by planned_to",),
        "give_notice active": ("closing_reason ends_on notice_by notice_on notice_side",),
        "give_notice suspended": ("closing_reason ends_on notice_by notice_on notice_side",),
        "hand_on replacing": ("closing_reason ended_on",),
        "override psych_check": ("order_id",),
        "resume suspended": ("suspended_on",),
        "skip_psychologist psych_check": ("order_id",),
        "stop_replacing replacing": ("closing_reason ended_on waiver",),
        "suspend active": ("suspended_on",),
        "take_back active": ("started_on",),
        "terminate termination_notice": ("ended_on waiver",),
    },
    "personal_consent": {
        "give draft": ("given_on", "given_on scan_id"),
        "withdraw given": ("withdrawn_on",),
    },
    "practice": {
        "archive published": ("remarks", "decided_on remarks"),
        "archive submitted_municipal": ("ahead ahead_on remarks", "ahead ahead_on decided_on remarks"),
        "arbitrate municipal_review": ("ahead_on",),
        "go_without_third arbitration": ("ahead ahead_on without_third",),
        "keep_former municipal_review": ("ahead ahead_on remarks",),
        "publish recommended": ("ahead ahead_on code",),
        "recall published": ("remarks",),
        "receive submitted_municipal": ("ahead",),
        "recommend arbitration": ("ahead ahead_on decided_on",),
        "recommend municipal_review": ("ahead ahead_on decided_on",),
        "reject municipal_review": ("ahead ahead_on decided_on remarks",),
        "reject_copied formal_check": ("ahead ahead_on decided_on remarks",),
        "resubmit archived": ("ahead ahead_on",),
        "resubmit published": ("ahead ahead_on",),
        "resubmit returned_municipal": ("ahead ahead_on",),
        "return municipal_review": ("ahead ahead_on decided_on remarks",),
        "return_incomplete formal_check": ("ahead ahead_on remarks",),
        "return_unreviewed municipal_review": ("ahead ahead_on remarks",),
        "start_review formal_check": ("ahead ahead_on", "ahead"),  # the days may be the same
    },
    "programme": {
        "approve curator_review": ("agreed_revisions approved_by approved_on",),
        "ask_changes agreed_by_pair": ("answer",),
        "ask_changes correction": ("answer submitted_on",),
        "confirm correction": ("agreed_revisions marks_before",),
        "continue correction": ("agreed_revisions marks_before",),
        "correct in_progress": ("answer marks_before submitted_on",),
        "enter_agreement correction": ("agreed_revisions marks_before",),
        "recommend smo_review": ("recommended_on",),
        "return curator_review": ("answer",),
        "return smo_review": ("answer",),
        "submit draft": ("revision submitted_on",),
        "submit returned": ("answer revision",),
        "submit_correction correction": ("answer revision submitted_on",),
        "withdraw_correction correction": (
            "answer marks_before submitted_on",
            "answer marks_before submitted_on year",
            "marks_before revision",
        ),
    },
    "received_form": {
        "accept late_submitted": ("checked_at",),
        "accept submitted": ("checked_at",),
        "in_time late_submitted": ("is_late",),
        "return submitted": ("checked_at comment",),
    },
    "review": {
        "close invited": ("gone_because",),
        "decline assigned": ("", "refusal"),
        "decline invited": ("", "refusal"),
        "prolong assigned": ("due_on",),
        "prolong invited": ("answer_due_on",),
        "replace invited": ("gone_because",),
        "replace_silent invited": ("gone_because",),
        "set_aside submitted": ("gone_because",),
        "submit assigned": ("comment recommendation scores submitted_at total",),
        "withdraw invited": ("gone_because",),
    },
    "school": {
        "resume suspended": ("suspended_because",),
        "sign_docs draft": ("agreed_counters agreement_number agreement_on",),
        "suspend active": ("suspended_because",),
    },
    "school_form": {
        "accept submitted": ("answered_at",),
        "cancel late_submitted": ("answer answered_at",),
        "in_time late_submitted": ("was_late",),
        "mark_late submitted": ("was_late",),
        "return submitted": ("answer answered_at returned_at revision",),
        "sign in_work": ("signed_at signed_by",),
        "submit director_signed": ("submitted_at",),
        "submit_late director_signed": ("late_reason submitted_at was_late",),
    },
    "school_practice": {
        "accept school_review": ("school_reviewed_on school_total",),
        "city_formal_check submitted_municipal": ("mirror_ahead mirror_ahead_on",),
        "city_published submitted_municipal": ("mirror_ahead mirror_ahead_on",),
        "city_returned_municipal submitted_municipal": (
            "mirror_ahead mirror_ahead_on mirror_comment remarks_waiting",
        ),
        "hand_over school_bank": ("city_submissions mirror_ahead mirror_ahead_on",),
        "renew published": ("", "city_submissions"),
        "resubmit renewing": ("city_submissions mirror_ahead mirror_ahead_on revision",),
        "resubmit returned_municipal": ("city_submissions mirror_ahead mirror_ahead_on revision",),
        "again recalled": ("city_submissions",),
        "submit draft": ("revision",),
        "submit returned_school": ("revision",),
    },
    "staff_import": {
        "columns columns": ("layout",),
        "confirm ready": ("", "changed_on"),
        "columns ready": ("bad checked total",),
        "cancel uploaded": ("finished_at",),
        "fail checking": ("finished_at trouble",),
        "finish accepting": ("finished_at good",),
        "ready checking": ("bad checked total",),
    },
}
"""Workflow → «verb state» → the columns that are another afterwards."""


def allowed(workflow: str, verb: str, state: str) -> tuple[str, ...]:
    return WRITTEN.get(workflow, {}).get(f"{verb} {state}", ("",))
