// Visits of the demo data: one waiting, one returned, two accepted by the lead, and one of the lead's own. What their answers conclude stands in the
// histories of their shops at the same moment (difficulties-verdict.ts), and takes its place.
import type { Role } from '../../backend/http/schema.ts'
import type { Answers } from '../../miniprogram/shared/checklist.ts'
import { day, hour, minute } from './history.ts'

export interface DemoPhoto {
  id: string
  /** in photos/ */
  picture: 'front' | 'sticker' | 'receipt' | 'legacy'
}

export interface DemoVisit {
  id: string
  sub_mchid: string
  by: Role
  /** when it ended */
  ago: number
  lasted: number
  answers: Answers
  photos: readonly DemoPhoto[]
  /** null: it waits */
  review: { by: Role; ago: number; result: 'accepted' | 'returned'; comment: string | null } | null
  /** what it shows, for the table in README.md */
  shows: string
}

const photo = (number: number, picture: DemoPhoto['picture']): DemoPhoto => ({
  id: `00000000-0000-4000-8001-${String(number).padStart(12, '0')}`,
  picture,
})
const visitId = (number: number) => `00000000-0000-4000-8002-${String(number).padStart(12, '0')}`

const common = (front: DemoPhoto, opened: boolean) => ({
  A1: 'same',
  A3: [front.id],
  A4: true,
  C1: opened,
  ...(opened ? { F2: true } : {}),
  D1: 'none',
  E1: true,
  E2: 'not_wanted',
})
const tested = (page: DemoPhoto, after_page: string) => ({
  B1: ['table_sticker', 'payment_code'],
  B2: 'yes',
  C2: 'done',
  C3: 'yes',
  C3b: after_page,
  C4: [page.id],
  C5: true,
  F1: true,
})

const [teaFront, teaSticker] = [photo(1, 'front'), photo(2, 'sticker')]
const [noodleFront, noodlePage] = [photo(3, 'front'), photo(4, 'legacy')]
const soyFront = photo(5, 'front')
const [roastFront, roastPage] = [photo(6, 'front'), photo(7, 'receipt')]
const lobbyFront = photo(8, 'front')

export const visits: readonly DemoVisit[] = [
  {
    id: visitId(1),
    sub_mchid: '1900000104',
    by: 'field_agent',
    ago: 3 * day,
    lasted: 25 * minute,
    answers: {
      ...common(teaFront, false),
      B1: ['table_sticker', 'payment_code'],
      B2: 'yes',
      B4: [teaSticker.id],
      C2: 'refused',
      F1: true,
      F3: '店长',
      F4: '老板在外地，下周再做一笔测试支付',
    },
    photos: [teaFront, teaSticker],
    review: null,
    shows: '已提交，等待审核；商户不同意测试支付',
  },
  {
    id: visitId(2),
    sub_mchid: '1900000114',
    by: 'field_agent',
    ago: 2 * day,
    lasted: 18 * minute,
    answers: { ...common(noodleFront, true), ...tested(noodlePage, 'legacy_page') },
    photos: [noodleFront, noodlePage],
    review: { by: 'region_lead', ago: 1 * day, result: 'returned', comment: '门头照片看不清招牌，请补拍后再提交' },
    shows: '已退回，要补拍门头照片',
  },
  {
    id: visitId(3),
    sub_mchid: '1900000102',
    by: 'field_agent',
    ago: 6 * day,
    lasted: 12 * minute,
    answers: { ...common(soyFront, false), B1: ['payment_code'], B2: 'no', B3: true },
    photos: [soyFront],
    review: { by: 'region_lead', ago: 5 * day, result: 'accepted', comment: null },
    shows: '已通过；只有商家扫顾客付款码，无需迁移',
  },
  {
    id: visitId(4),
    sub_mchid: '1900000120',
    by: 'field_agent',
    ago: 14 * day,
    lasted: 31 * minute,
    answers: { ...common(roastFront, true), ...tested(roastPage, 'official_receipt'), D3: 2 },
    photos: [roastFront, roastPage],
    review: { by: 'region_lead', ago: 13 * day, result: 'accepted', comment: '照片清楚' },
    shows: '已通过；测试支付看到官方小票页，照片也在证据里',
  },
  {
    id: visitId(5),
    sub_mchid: '1900000149',
    by: 'region_lead',
    ago: 20 * hour,
    lasted: 9 * minute,
    answers: { ...common(lobbyFront, true), B1: ['payment_code'], B2: 'no_entry' },
    photos: [lobbyFront],
    review: null,
    shows: '主管自己的拜访，等待运营审核；没有可测的入口，不下结论',
  },
]
