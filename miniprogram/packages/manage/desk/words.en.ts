// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.desk': 'Manage',

  'desk.dashboard': 'Dashboard',
  'desk.dashboard_note': 'States, twelve weeks, and what is left to do where',
  'desk.approvals': 'Requests to close',
  'desk.approvals_note': 'What waits for me, and what was decided',
  'desk.portal_list': 'Console list',
  'desk.portal_list_note': 'What the console shows, many shops at once',
  'desk.rollouts': 'Rollouts',
  'desk.rollouts_note': 'A dry run first, then in stages',
  'desk.loads': 'Receipt loading',
  'desk.loads_note': 'How fast the receipt opens after a payment',
  'desk.staff': 'Staff',
  'desk.staff_note': 'Invites, roles, regions, leavers and workload',
  'desk.audit': 'Changes',
  'desk.audit_note': 'Who changed what, and when',
  'desk.observations': 'WeChat Pay as seen',
  'desk.observations_note': 'Open questions, and errors that nobody knew',
  'desk.appids': 'Register of appids',
  'desk.appids_note': 'Which are official accounts, which mini programs',
  'desk.checklist_template': 'Checklist',
  'desk.checklist_template_note': 'What a visit asks; published when it is ready',
  'desk.readiness': 'Setting up',
  'desk.readiness_note': 'What is still to do, and whether keys and links are right',
  'desk.provider': 'Provider settings',
  'desk.provider_note': 'Receipt links, opening by default, rules',
}
