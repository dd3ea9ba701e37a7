"""The table of `test_every_url.py`: the name of each address and what GET answers to the people above the
columns.

Objects are unknown ones, so an address of an object answers 404; what only POST does, 405; another's office,
403.
"""

CITY_PEOPLE = ("", "zoya", "semyon", "darya", "nina")
CITY = """
bank_api:practice 401 404 404 404 404
bank_api:search 401 403 200 200 403
expertise_api:practice_experts 401 404 404 404 404
expertise_api:own_expert 401 404 404 404 404
expertise_api:own_expert_leave 401 405 405 405 405
expertise_api:own_expert_pause 401 405 405 405 405
expertise_api:own_expert_pause_end 401 405 405 405 405
expertise_api:own_expert_proposals 401 200 200 200 200
expertise_api:own_expert_answer 401 405 405 405 405
expertise_api:review 401 404 404 404 404
expertise_api:review_move 401 405 405 405 405
expertise_api:sheet 401 404 404 404 404
expertise_api:sheet_move 401 405 405 405 405
expertise_api:practice_move 401 405 405 405 405
expertise_api:reserve 401 405 405 405 405
expertise_api:reviews 401 200 200 200 200
expertise_api:practice_reviews 401 404 404 404 404
expertise_api:practice 401 404 404 404 404
expertise_api:practices 401 403 200 200 403
expertise_api:order_answer 401 405 405 405 405
expertise_api:order 401 404 404 404 404
expertise_api:orders 401 403 403 200 403
expertise_api:search_words 401 200 200 200 200
oversight_api:city 401 403 200 200 403
municipality_api:reference 401 200 200 200 200
municipality_api:counters 401 403 200 200 403
municipality_api:received_form 401 404 404 404 404
municipality_api:received_forms 401 403 200 200 403
municipality_api:campaign 401 404 404 404 404
municipality_api:campaigns 401 403 200 200 403
municipality_api:school 401 404 404 404 404
municipality_api:schools 401 403 200 200 403
accounts_api:next_steps 401 200 200 200 200
accounts_api:me 401 200 200 200 200
expertise:word_use 302 405 405 405 405
expertise:word 302 404 404 404 404
expertise:word_new 302 403 403 200 403
expertise:recheck 302 404 404 404 404
expertise:order 302 404 404 404 404
expertise:orders 302 403 403 200 403
expertise:asked 302 403 403 200 403
expertise:words 302 403 403 200 403
oversight:school 302 403 404 404 403
oversight:city 302 403 200 200 403
municipality:retry 302 405 405 405 405
municipality:withdraw 302 405 405 405 405
municipality:invite_again 302 405 405 405 405
municipality:last_day 302 404 404 404 404
municipality:person_new 302 403 200 403 403
municipality:people 302 403 200 403 403
municipality:department 302 403 200 403 403
municipality:calendar 302 403 200 403 403
municipality:reference 302 200 200 200 200
municipality:reference_list 302 404 404 404 404
municipality:reference_new 302 403 404 403 403
municipality:reference_file 302 404 404 404 404
municipality:reference_entry 302 404 404 404 404
municipality:reference_offer 302 405 405 405 405
municipality:post 302 403 200 403 403
municipality:received_form 302 404 404 404 404
municipality:campaign_remind 302 405 405 405 405
municipality:campaign_term 302 404 404 404 404
municipality:campaign_edit 302 404 404 404 404
municipality:campaign_move 302 405 405 405 405
municipality:campaign 302 404 404 404 404
municipality:campaign_new 302 403 200 403 403
municipality:campaigns 302 403 200 200 403
municipality:school_move 302 405 405 405 405
municipality:school_edit 302 404 404 404 404
municipality:invite 302 404 404 404 404
municipality:progress 302 404 404 404 404
municipality:opening 302 405 405 405 405
municipality:school_names 302 404 404 404 404
municipality:agreement 302 404 404 404 404
municipality:school 302 404 404 404 404
municipality:set_aside 302 404 404 404 404
municipality:school_new 302 403 200 403 403
municipality:schools 302 403 200 200 403
ui_prefs 200 200 200 200 200
ui 200 200 200 200 200
own_name 302 200 200 200 200
own_name_answer 302 405 405 405 405
agreement 302 404 404 404 404
own_address 302 200 200 200 200
own_address_new 302 200 200 200 200
own_address_cancel 302 405 405 405 405
address_stop 410 410 410 410 410
address_link 410 410 410 410 410
key_revoke 302 405 405 405 405
keys 302 200 200 200 200
invitation_link 410 410 410 410 410
invitation 410 410 410 410 410
mfa_download_recovery_codes 302 404 404 404 404
mfa_generate_recovery_codes 302 200 200 200 200
mfa_view_recovery_codes 302 404 404 404 404
mfa_deactivate_totp 302 404 404 404 404
mfa_activate_totp 302 200 200 200 200
mfa_reauthenticate 302 403 403 403 403
mfa_authenticate 302 302 302 302 302
mfa_index 302 200 200 200 200
account_reset_password_done 200 200 200 200 200
account_reset_password_from_key 200 200 200 200 200
account_reset_password_from_key_done 200 200 200 200 200
account_confirm_email 404 404 404 404 404
account_confirm_login_code 404 404 404 404 404
account_reset_password 200 200 200 200 200
account_set_password 404 404 404 404 404
account_change_password 302 302 302 302 302
account_email_verification_sent 404 404 404 404 404
account_email 404 404 404 404 404
account_reauthenticate 302 403 403 403 403
account_signup 404 404 404 404 404
account_inactive 200 200 200 200 200
account_logout 302 200 200 200 200
account_login 200 302 302 302 302
resume 404 404 404 404 404
ready 200 200 200 200 200
alive 200 200 200 200 200
demo:letters 404 404 404 404 404
demo:become 405 405 405 405 405
demo:people 404 404 404 404 404
bank:pdf 302 403 404 404 302
bank:practice 302 403 404 404 302
bank:find 302 403 200 200 302
certificates_api:revoke 401 405 405 405 405
certificates_api:certificate 401 404 404 404 404
certificates_api:register 401 403 200 200 403
certificates_api:mine 401 200 200 200 200
certificates:pdf 302 404 404 404 404
certificates:move 302 405 405 405 405
certificates:certificate 302 404 404 404 404
certificates:register 302 403 200 200 403
certificates:mine 302 200 200 200 200
certificates:check 404 404 404 404 404
certificates:verify 200 200 200 200 200
expertise:certificate 302 405 405 405 405
expertise_api:certificate 401 405 405 405 405
own_bank:feed 302 403 200 200 200
own_bank:read_feed 404 404 404 404 404
own_bank:searches 302 200 200 200 200
own_bank:search_new 302 403 200 200 200
own_bank:search 302 404 404 404 404
own_bank:search_delete 302 405 405 405 405
own_bank:stop 404 404 404 404 404
bank:suggest 302 403 200 200 302
papers:pdf_file 302 404 404 404 404
papers:pdf 302 404 404 404 404
papers:word 302 404 404 404 404
expertise:sheet 302 404 404 404 404
expertise:accept 302 405 405 405 405
expertise:replace 302 404 404 404 404
expertise:prolong 302 404 404 404 404
expertise:reserve 302 404 404 404 404
expertise:decline 302 405 405 405 405
expertise:withdraw 302 404 404 404 404
expertise:me 302 200 200 200 200
expertise:leave 302 405 405 405 405
expertise:pause 302 404 404 404 404
expertise:pause_end 302 405 405 405 405
expertise:answer 302 405 405 405 405
expertise:review 302 404 404 404 404
expertise:reviews 302 200 200 200 200
expertise:protocol 302 404 404 404 404
expertise:move 302 405 405 405 405
expertise:practice 302 404 404 404 404
expertise:pool 302 403 403 200 403
expertise:practices 302 403 200 200 403
me 302 200 200 200 200
notices 302 200 200 200 200
accessibility 200 200 200 200 200
personal_data 200 200 200 200 200
help 200 200 200 200 200
places 302 200 200 200 200
more 302 200 200 200 200
find 302 403 200 200 403
home 302 200 200 200 302
api_schema 200 200 200 200 200
api_docs_start 200 200 200 200 200
api_docs 200 200 200 200 200
"""

SCHOOL_PEOPLE = ("anna", "zhanna", "boris")
SCHOOL = """
bank_api:practice 404 404 404
bank_api:search 200 200 200
school_practices_api:practice 404 404 404
school_practices_api:finds 404 404 404
school_practices_api:practices 200 200 200
monitoring_api:disclosure 200 200 403
monitoring_api:form 404 404 404
monitoring_api:forms 200 200 403
monitoring:seen 405 405 405
monitoring:disclosure 200 200 403
monitoring:hand_over 404 404 403
monitoring:recount 405 405 405
monitoring:fill 404 404 403
monitoring:form 404 404 403
monitoring:forms 200 200 403
bank:pdf 404 404 404
bank:practice 404 404 404
bank:find 200 200 200
practice_orders:new 200 200 200
practice_orders_api:orders 200 200 200
bank:suggest 200 200 200
school_practices:word 404 404 404
school_practices:attachment 404 404 404
school_practices:attach 405 405 405
school_practices:remove_attachment 405 405 405
school_practices:discard 405 405 405
school_practices:hand_over 404 404 404
school_practices:check 404 404 404
school_practices:review 404 404 404
school_practices:move 405 405 405
school_practices:edit 404 404 404
school_practices:save 405 405 405
school_practices:save_new 405 405 405
school_practices:writing 404 404 404
school_practices:practice 404 404 404
school_practices:new 200 200 200
school_practices:experts 200 200 403
school_practices:practices 200 200 200
school_practices:suggest 200 200 200
accounts_api:next_steps 200 200 200
accounts_api:me 200 200 200
me 200 200 200
notices 200 200 200
more 200 200 200
find 200 200 200
home 200 200 200
local_acts_api:order 404 404 404
local_acts_api:orders 200 200 200
local_acts_api:act 404 404 404
local_acts_api:acts 200 200 200
staff_api:consent 404 404 404
staff_api:consents 200 200 200
staff_api:import_rows 404 404 404
staff_api:import 404 404 404
staff_api:imports 200 403 403
staff_api:person 404 404 404
staff_api:people 200 200 200
cabinet:advice_later 405 405 405
cabinet:settings 200 200 403
cabinet:year 200 200 403
cabinet:of_day 200 200 403
cabinet:year_confirm 405 405 405
pair_work:adoption_send 405 405 405
pair_work:adoption_drop 405 405 405
pair_work:adoption_outcome 404 404 404
pair_work:adoption 404 404 404
pair_work:take_into 404 404 404
pair_work:take_practice 404 404 404
pair_work:meeting_note 405 405 405
pair_work:meeting_cancel 405 405 405
pair_work:meeting_move 404 404 404
pair_work:meeting_dispute 404 404 404
pair_work:meeting_confirm 404 404 404
pair_work:meeting_record 404 404 404
pair_work:meeting 404 404 404
pair_work:meetings 200 200 200
pair_work:programme_practice 405 405 405
pair_work:programme_paper 404 404 404
pair_work:activity_mark 404 404 404
pair_work:programme_goals 405 405 405
pair_work:programme_move 405 405 405
pair_work:programme_edit 404 404 404
pair_work:programme 404 404 404
pair_work:programmes 200 200 200
papers:pdf_file 404 404 404
papers:pdf 404 404 404
papers:word 404 404 404
mentoring:consent_choice 405 405 405
mentoring:pair_pay 404 404 404
mentoring:consent_scan 404 404 404
mentoring:consent_paper 404 404 404
mentoring:consent_withdraw 404 404 404
mentoring:consent_refuse 404 404 404
mentoring:consent 404 404 404
pair_work:meeting_log 404 404 404
pair_work:meeting_new 404 404 404
pair_work:programme_new 404 404 404
cabinet:pair_folder 404 404 404
pair_work:pair_meetings_table 404 404 404
mentoring:pair_scan 404 404 404
mentoring:pair_paper 404 404 404
cabinet:pair_journal 404 404 404
mentoring:pair_replace 404 404 404
mentoring:pair_extend 404 404 404
mentoring:pair_notice 404 404 404
mentoring:pair_register 404 404 404
mentoring:pair_conclude 404 404 404
mentoring:pair_move 405 405 405
cabinet:pair 404 404 404
mentoring:propose_group 200 403 403
mentoring:pairs 200 200 200
mentor_bank:card_move 405 405 405
mentor_bank:card_edit 404 404 404
mentor_bank:card 404 404 404
mentor_bank:card_new 200 200 200
mentor_bank:cards 200 200 200
mentoring:propose_terms 404 404 404
mentoring:propose 404 404 404
mentor_bank:need_move 405 405 405
mentor_bank:need_edit 404 404 404
mentor_bank:need 404 404 404
mentor_bank:need_new 200 200 200
mentor_bank:needs 200 200 200
local_acts:order_scan 404 404 404
local_acts:order_word 404 404 404
local_acts:order_move 405 405 405
local_acts:order_amend 404 404 404
local_acts:order_register 404 404 404
local_acts:order 404 404 404
local_acts:orders 200 200 200
local_acts:curator 403 200 403
local_acts:act_scan 404 404 404
local_acts:act_pdf_file 404 404 404
local_acts:act_pdf 404 404 404
local_acts:act_word 404 404 404
local_acts:act_register 404 404 404
local_acts:act_approve 404 404 404
local_acts:act 404 404 404
local_acts:act_prepare 405 405 405
local_acts:act_own 200 200 403
local_acts:act_chapters 404 404 404
local_acts:acts 200 200 200
staff:consent_scan 404 404 404
staff:consent_withdrawal 404 404 404
staff:consent_word 404 404 404
staff:consent_move 405 405 405
staff:consent 404 404 404
staff:let_in 404 404 404
staff:dismissal_back 405 405 405
staff:take_on 404 404 404
staff:merge_choice 404 404 404
staff:merge 404 404 404
staff:merge_undo 405 405 405
staff:own_paper_pdf 404 404 404
staff:own_paper_word 404 404 404
staff:own_paper 404 404 404
staff:own_papers 200 200 200
staff:newcomer 404 404 404
staff:access_question 404 404 404
staff:divide 404 404 404
staff:position_remove 405 405 405
staff:position 404 404 404
staff:position_new 404 404 404
staff:guests 200 200 403
staff:guest_new 200 403 403
staff:stay_new 404 404 404
staff:stay 404 404 404
staff:stay_remove 405 405 405
staff:former_name_remove 405 405 405
staff:former_name 404 404 404
staff:former_name_new 404 404 404
staff:import_rename 404 404 404
staff:absence_remove 405 405 405
staff:absence 404 404 404
staff:absence_new 404 404 404
staff:office_end 404 404 404
staff:office 404 404 404
staff:office_new 403 200 403
staff:offices 200 200 403
staff:consent_new 404 404 404
staff:invite 404 404 404
staff:dismiss 404 404 404
staff:name 404 404 404
staff:edit 404 404 404
staff:person 404 404 404
staff:import_columns 404 404 404
staff:import_decide 405 405 405
staff:import_mend 404 404 404
staff:import_row 404 404 404
staff:import 404 404 404
staff:import_sample 200 403 403
staff:import_new 200 403 403
staff:invite_all 405 405 405
staff:deputy 403 200 403
staff:new 200 403 403
staff:people 200 200 200
pair_work_api:adoption_send 405 405 405
pair_work_api:adoption_drop 405 405 405
pair_work_api:adoption_outcome 405 405 405
pair_work_api:adoption 404 404 404
pair_work_api:adoptions 404 404 404
pair_work_api:meeting_move 405 405 405
pair_work_api:meeting_confirm 405 405 405
pair_work_api:meeting_record 405 405 405
pair_work_api:meeting 404 404 404
pair_work_api:programme_move 405 405 405
pair_work_api:programme_practice 405 405 405
pair_work_api:meetings 200 200 200
mentoring_api:consent 404 404 404
mentoring_api:consents 200 200 200
pair_work_api:programme 404 404 404
pair_work_api:programmes 200 200 200
pair_work_api:pair_meetings 404 404 404
pair_work_api:pair_programmes 405 405 405
mentoring_api:pair_move 405 405 405
mentoring_api:pair 404 404 404
mentoring_api:pairs 200 200 200
mentoring_api:coverage 200 200 403
mentor_bank_api:card 404 404 404
mentor_bank_api:cards 200 200 200
mentor_bank_api:need 404 404 404
mentor_bank_api:needs 200 200 200
"""
