// The merchant's page: each verdict, each mark, and what can stand in the way of reading it.
import type { Scene } from '../scene.ts'
import { pageStates } from './page-states.ts'
import { fresh, openMerchant, openOverHome } from './steps.ts'

/** number of the demo data (dev/demo/README.md) → what it stands for */
const STATES = {
  unknown: 101,
  'not-applicable': 102,
  'not-migrated': 104,
  enrolled: 109,
  verified: 121,
  regressed: 128,
  'regressed-redirect': 129,
  blocked: 130,
  'blocked-after-opening': 133,
  'mark-settling': 111,
  'mark-check-failed': 114,
  'mark-stale': 122,
  'mark-out-of-band': 123,
  'mark-operation-blocked': 124,
  'mark-receipt-error': 125,
  'mark-receipt-missing': 127,
  reopened: 113,
  'closed-on-portal': 110,
  'seen-not-official': 106,
  'portal-only': 112,
  'locked-24-hours': 108,
  'lock-of-unknown-start': 157,
  'receipt-without-gold-plan': 136,
  unresolved: 139,
  'long-name': 140,
  'odd-name': 148,
  terminated: 143,
  suspended: 144,
  'no-address': 154,
  'long-address': 165,
  'advertising-filters': 163,
} as const

const numberOf = (number: number) => `1900000${number}`
const pageOf = (number: number) => `/packages/merchant/detail/index?sub_mchid=${numberOf(number)}`
const reading = (number: number) => new RegExp(`^GET /v1/sub-merchants/${numberOf(number)}$`)

export const detail: Scene[] = [
  ...Object.entries(STATES).map<Scene>(([state, number]) => ({
    name: `detail/${state}`,
    as: 'operator',
    arrange: stage => openMerchant(stage, numberOf(number)),
    shows: { selector: ['#verdict'], reads: numberOf(number) },
    // the backend may ask WeChat again at any time
    ...(state === 'unresolved' ? { waiting: true } : {}),
  })),
  {
    name: 'detail/field-agent',
    as: 'field_agent',
    arrange: stage => openMerchant(stage, numberOf(109)),
    shows: { selector: ['#verdict'] },
  },
  {
    name: 'detail/forbidden',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, pageOf(150)),
    shows: { selector: ['#state-forbidden'] },
  },
  ...pageStates({ name: 'detail', as: 'field_agent', url: pageOf(109), asked: reading(109), states: ['error', 'skeleton'], begin: fresh }),
  {
    name: 'detail/slow',
    as: 'field_agent',
    async arrange(stage) {
      await fresh(stage)
      stage.hold(reading(109))
      await openOverHome(stage, pageOf(109))
    },
    shows: { selector: ['#state-skeleton'], reads: '网络较慢' },
    fleeting: true,
    waiting: true,
  },
  {
    name: 'detail/offline',
    as: 'field_agent',
    async arrange(stage) {
      await openMerchant(stage, numberOf(108))
      await stage.offline()
    },
    shows: { selector: ['#state-offline'] },
  },
  {
    name: 'detail/offline-nothing',
    as: 'field_agent',
    async arrange(stage) {
      await stage.phone.open('/pages/home/index', 'switchTab')
      await stage.offline()
      await openOverHome(stage, pageOf(110))
    },
    shows: { selector: ['#state-offline'] },
  },
]
