// What is done from the desk: one line for each page that somebody looks for by its name.
import type { Action } from '../../../../typings/api'
import type { MessageKey } from '../../../words/say'
import './words'

export interface Room {
  id: string
  /** who has it sees the room */
  requires: Action
  icon: string
  url: string
  name: MessageKey
  /** what it is for */
  note: MessageKey
}

/** In the order of the page: what waits for a decision, what is seen, what is set. */
const ROOMS: readonly Room[] = [
  {
    id: 'dashboard',
    requires: 'metrics.read',
    icon: 'underway-o',
    url: '/packages/manage/dashboard/index',
    name: 'desk.dashboard',
    note: 'desk.dashboard_note',
  },
  {
    id: 'approvals',
    requires: 'merchant.read',
    icon: 'lock',
    url: '/packages/manage/approvals/index',
    name: 'desk.approvals',
    note: 'desk.approvals_note',
  },
  {
    id: 'notices',
    requires: 'merchant.read',
    icon: 'bullhorn-o',
    url: '/packages/manage/notices/index',
    name: 'desk.notices',
    note: 'desk.notices_note',
  },
  {
    id: 'portal-list',
    requires: 'portal_check.write',
    icon: 'todo-list-o',
    url: '/packages/manage/portal-list/index',
    name: 'desk.portal_list',
    note: 'desk.portal_list_note',
  },
  {
    id: 'rollouts',
    requires: 'rollout.read',
    icon: 'upgrade',
    url: '/packages/manage/rollouts/index',
    name: 'desk.rollouts',
    note: 'desk.rollouts_note',
  },
  {
    id: 'unlisted',
    requires: 'merchant.add',
    icon: 'shop-o',
    url: '/packages/manage/unlisted/index',
    name: 'desk.unlisted',
    note: 'desk.unlisted_note',
  },
  {
    id: 'visit-plan',
    requires: 'visit.review',
    icon: 'location-o',
    url: '/packages/manage/visit-plan/index',
    name: 'desk.visit_plan',
    note: 'desk.visit_plan_note',
  },
  {
    id: 'receipt-loads',
    requires: 'metrics.read',
    icon: 'bill-o',
    url: '/packages/merchant/receipt-health/index',
    name: 'desk.loads',
    note: 'desk.loads_note',
  },
  {
    id: 'payments',
    requires: 'metrics.read',
    icon: 'orders-o',
    url: '/packages/manage/payments/index',
    name: 'desk.payments',
    note: 'desk.payments_note',
  },
  {
    id: 'rebate',
    requires: 'rebate.read',
    icon: 'gold-coin-o',
    url: '/packages/manage/rebate/index',
    name: 'desk.rebate',
    note: 'desk.rebate_note',
  },
  {
    id: 'staff',
    requires: 'staff.manage',
    icon: 'user-o',
    url: '/packages/manage/staff/index',
    name: 'desk.staff',
    note: 'desk.staff_note',
  },
  {
    id: 'audit',
    requires: 'audit.read',
    icon: 'records-o',
    url: '/packages/manage/audit/index',
    name: 'desk.audit',
    note: 'desk.audit_note',
  },
  {
    id: 'exports',
    requires: 'export.write',
    icon: 'notes-o',
    url: '/packages/manage/exports/index',
    name: 'desk.exports',
    note: 'desk.exports_note',
  },
  {
    id: 'observations',
    requires: 'observation.read',
    icon: 'eye-o',
    url: '/packages/manage/observations/index',
    name: 'desk.observations',
    note: 'desk.observations_note',
  },
  {
    id: 'appids',
    requires: 'metrics.read',
    icon: 'qr',
    url: '/packages/manage/appids/index',
    name: 'desk.appids',
    note: 'desk.appids_note',
  },
  {
    id: 'checklist-template',
    requires: 'settings.manage',
    icon: 'todo-list-o',
    url: '/packages/manage/checklist-template/index',
    name: 'desk.checklist_template',
    note: 'desk.checklist_template_note',
  },
  {
    id: 'readiness',
    requires: 'settings.read',
    icon: 'todo-list-o',
    url: '/packages/manage/readiness/index',
    name: 'desk.readiness',
    note: 'desk.readiness_note',
  },
  {
    id: 'provider',
    requires: 'settings.read',
    icon: 'setting-o',
    url: '/packages/manage/provider/index',
    name: 'desk.provider',
    note: 'desk.provider_note',
  },
]

/** The rooms of a person, in the order of the page. */
export const roomsFor = (actions: readonly Action[]): Room[] => ROOMS.filter(room => actions.includes(room.requires))
