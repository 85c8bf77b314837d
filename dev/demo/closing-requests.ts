// Requests to close a gold plan (product.md M10, M22), and what became of them. What waits still does for days after the fill.
import type { Role } from '../../backend/http/schema.ts'
import type { ChangeRequestStatus } from '../../backend/controls/closing/schema.ts'
import { day, hour } from './history.ts'

export interface DemoClosingRequest {
  id: string
  sub_mchid: string
  by: Role
  /** before the fill, milliseconds */
  ago: number
  reason: string
  status: Extract<ChangeRequestStatus, 'pending' | 'rejected' | 'executed'>
  decided?: { by: Role; ago: number; comment: string | null }
}

const id = (number: number) => `00000000-0000-4000-8004-${String(number).padStart(12, '0')}`

export const closingRequests: readonly DemoClosingRequest[] = [
  { id: id(1), sub_mchid: '1900000119', by: 'field_agent', ago: 2 * hour, reason: '店铺下周停业，店主要求关闭', status: 'pending' },
  { id: id(2), sub_mchid: '1900000115', by: 'region_lead', ago: 26 * hour, reason: '店主换了服务商，不再使用', status: 'pending' },
  {
    id: id(3),
    sub_mchid: '1900000121',
    by: 'field_agent',
    ago: 3 * day,
    reason: '顾客说付款后页面太慢',
    status: 'rejected',
    decided: { by: 'region_lead', ago: 3 * day - hour, comment: '先排查商家小票，慢的是小票链接' },
  },
  // the shop whose 24 h lock runs
  {
    id: id(4),
    sub_mchid: '1900000108',
    by: 'field_agent',
    ago: 5 * hour,
    reason: '收银系统改造，店主要求先关闭',
    status: 'executed',
    decided: { by: 'region_lead', ago: 3 * hour, comment: null },
  },
]
