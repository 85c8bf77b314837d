// Through which door each column of the database comes to hold what it holds: what a provider does, calls or sets. A new table gets a line here; the check
// then follows the code from the doors to the statements, column by column.
import { controlOf, ordinaryControls } from '../../../miniprogram/packages/merchant/shared/controls.ts'

/**
 * `POST /path` of the contract · `npm run name` · `worker: name of the job` · `start`: the backend puts it there when it starts or is first asked · `trigger`: a function of
 * the database, when something else changes
 */
export type Door = `${'POST' | 'PUT' | 'DELETE' | 'GET'} /${string}` | `npm run ${string}` | `worker: ${string}` | 'start' | 'trigger'

/** Where evidence enters, and with it what is derived of a shop. */
const evidence: Door[] = [
  'POST /sub-merchants/{sub_mchid}/evidence',
  'PUT /sub-merchants/{sub_mchid}/gold-plan/jsapi',
  'POST /sub-merchants/{sub_mchid}/order-queries',
  'PUT /visits/{visit_id}',
  'npm run import',
  'worker: loads of receipts',
]
const controls: Door[] = [
  'PUT /sub-merchants/{sub_mchid}/gold-plan/jsapi',
  ...ordinaryControls.map((id): Door => `PUT /sub-merchants/{sub_mchid}/${controlOf(id).path.join('/')}`),
  'PUT /sub-merchants/{sub_mchid}/ad-filter',
  'worker: lost answers',
]
const closing: Door[] = [
  'POST /change-requests',
  'POST /change-requests/{request_id}/decision',
  'POST /change-requests/{request_id}/cancellation',
  'worker: closing of gold plans',
]

const lists: Door[] = ['POST /portal-check-lists', 'POST /portal-check-lists/{list_id}/apply', 'worker: lists from the console']
const rollouts: Door[] = [
  'POST /rollouts',
  'POST /rollouts/{rollout_id}/start',
  'POST /rollouts/{rollout_id}/resume',
  'POST /rollouts/{rollout_id}/retry-failed',
  'worker: rollouts',
  'worker: lost answers',
  'worker: items of old rollouts',
]

export const DOORS: Readonly<Record<string, readonly Door[]>> = {
  appids: ['PUT /appids/{appid}', 'POST /appid-lists', 'npm run provider', 'worker: verdicts by the register of appids'],
  assignment_runs: ['PUT /sub-merchants/assignments', 'worker: shops that change hands'],
  audit_entries: ['PUT /provider/{sp_mchid}', 'npm run provider', 'npm run import'],
  audit_seals: ['worker: seals of the audit trail'],
  bill_days: ['worker: trade bills', 'npm run import', 'POST /provider/{sp_mchid}/bill-requests'],
  bind_tickets: ['POST /sessions', 'POST /staff-bindings'],
  calls_under_way: controls,
  change_requests: closing,
  checklist_drafts: ['PUT /checklist-templates/draft', 'DELETE /checklist-templates/draft', 'POST /checklist-templates'],
  checklist_templates: ['POST /checklist-templates', 'GET /checklist-templates/current'],
  evidence,
  evidence_withdrawals: ['POST /sub-merchants/{sub_mchid}/evidence/{evidence_id}/withdrawal'],
  export_parts: ['worker: exports'],
  exports: ['POST /exports', 'POST /exports/{export_id}/cancellation', 'worker: exports', 'worker: old exports'],
  idempotency_keys: ['PUT /appids/{appid}'],
  import_runs: ['npm run import'],
  invite_tries: ['POST /staff-bindings'],
  invites: ['POST /staff/{staff_id}/invite', 'PUT /staff/{staff_id}', 'npm run admin', 'npm run import', 'POST /staff-bindings'],
  limitation_pace: ['worker: what WeChat Pay limits'],
  limitation_questions: ['worker: what WeChat Pay limits', 'worker: lost answers'],
  message_quota: ['POST /message-subscriptions', 'worker: messages to staff'],
  message_template_faults: ['worker: messages to staff', 'PUT /provider/{sp_mchid}'],
  notices: ['worker: messages to staff', 'POST /notices/read', ...controls, ...evidence, ...closing],
  operation_attempts: controls,
  operations: controls,
  payment_days: ['worker: trade bills', 'npm run import'],
  payment_region_days: ['worker: trade bills', 'npm run import'],
  photo_attachments: ['PUT /visits/{visit_id}', 'POST /sub-merchants/{sub_mchid}/evidence'],
  photo_link_keys: ['start'],
  photos: ['POST /photos'],
  portal_check_list_rows: lists,
  portal_check_lists: lists,
  provider: ['PUT /provider/{sp_mchid}', 'npm run provider', 'start', ...controls],
  provider_default_open_changes: ['PUT /provider/{sp_mchid}', 'npm run provider'],
  readiness_answers: ['PUT /provider/{sp_mchid}/readiness/{item}'],
  readiness_findings: ['POST /provider/{sp_mchid}/readiness-checks'],
  rebate_figures: ['npm run import'],
  rebate_files: ['npm run import'],
  receipt_code_variants: ['worker: loads of receipts'],
  receipt_contents: ['PUT /sub-merchants/{sub_mchid}/receipt-content'],
  receipt_link_hosts: ['PUT /sub-merchants/{sub_mchid}/receipt-content'],
  receipt_load_days: ['worker: loads of receipts', 'worker: pending receipts'],
  receipt_loads: ['worker: loads of receipts', 'worker: pending receipts'],
  rederive_parts: ['worker: verdicts by the default-open setting', 'npm run provider'],
  rollout_items: rollouts,
  rollout_rate: rollouts,
  rollouts,
  sessions: ['POST /sessions', 'POST /staff-bindings'],
  staff: ['POST /staff', 'PUT /staff/{staff_id}', 'npm run admin', 'npm run import', 'POST /staff-bindings'],
  staff_bindings: ['POST /staff-bindings'],
  staff_scopes: ['trigger'],
  store_codes: ['npm run import'],
  sub_merchant_places: ['trigger'],
  sub_merchants: [
    'npm run import',
    'PUT /sub-merchants/assignments',
    'PUT /staff/{staff_id}',
    'worker: the nightly watch',
    ...evidence,
    ...closing,
  ],
  unlisted_merchants: ['worker: trade bills', 'npm run import', 'PUT /unlisted-merchants/{sub_mchid}/dismissal'],
  visit_plans: ['worker: the plan of visits'],
  visit_stops: ['worker: the plan of visits', 'POST /visit-plan/publication'],
  watch_nights: ['worker: the nightly watch'],
  visit_evidence: ['PUT /visits/{visit_id}'],
  visit_reviews: ['POST /visits/{visit_id}/review'],
  visits: ['PUT /visits/{visit_id}', 'POST /visits/{visit_id}/review'],
  wechat_tokens: ['worker: messages to staff'],
  wx_text_classes: ['PUT /observations/texts/{text_id}/class', 'DELETE /observations/texts/{text_id}/class'],
  wechatpay_notifications: ['POST /wechatpay/notifications/{sp_mchid}'],
}

/** Rules that nothing feeds yet, each with where that is said. */
export const WITHOUT_DOOR: Readonly<Record<string, string>> = {}
