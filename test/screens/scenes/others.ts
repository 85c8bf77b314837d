// The evidence timeline, 我的, 设置.
import { eventually } from '../../support/eventually.ts'
import { keptBy } from '../../support/waiting-work.ts'
import type { Scene } from '../scene.ts'
import { pageStates } from './page-states.ts'
import { openOverHome, scrollToEnd } from './steps.ts'

const timeline = (sub_mchid: string) => `/packages/merchant/evidence/index?sub_mchid=${sub_mchid}`

export const others: Scene[] = [
  {
    name: 'evidence/list',
    as: 'operator',
    arrange: stage => openOverHome(stage, timeline('1900000159')),
    shows: { selector: ['#footer'] },
    fold: true,
  },
  {
    name: 'evidence/end',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, timeline('1900000159'))
      await eventually(
        'the oldest evidence',
        async () => {
          await scrollToEnd(stage)
          return (await stage.phone.text('#footer')).includes('没有更多')
        },
        { timeout: 20_000 },
      )
      // the last rows came below what was the end
      await scrollToEnd(stage)
    },
    shows: { selector: ['#footer'], reads: '没有更多' },
    fleeting: true,
    fold: true,
  },
  {
    name: 'evidence/withdrawn',
    as: 'operator',
    arrange: stage => openOverHome(stage, timeline('1900000116')),
    shows: { selector: ['.withdrawn'] },
  },
  {
    name: 'evidence/empty',
    as: 'operator',
    arrange: stage => openOverHome(stage, timeline('1900000101')),
    shows: { selector: ['#state-empty'] },
  },
  ...pageStates({
    name: 'evidence',
    as: 'operator',
    url: timeline('1900000116'),
    asked: /^GET \/v1\/sub-merchants\/\d+\/evidence/,
    states: ['error'],
  }),
  {
    name: 'evidence/forbidden',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, timeline('1900000150')),
    shows: { selector: ['#state-forbidden'] },
  },
  {
    name: 'mine/field-agent',
    as: 'field_agent',
    arrange: stage => stage.phone.open('/pages/mine/index', 'switchTab').then(() => {}),
    shows: { selector: ['#regions'] },
  },
  {
    name: 'mine/admin',
    as: 'admin',
    arrange: stage => stage.phone.open('/pages/mine/index', 'switchTab').then(() => {}),
    shows: { selector: ['#regions'] },
  },
  {
    name: 'mine/log-out-sheet',
    as: 'field_agent',
    async arrange(stage) {
      await stage.phone.open('/pages/mine/index', 'switchTab')
      await stage.phone.tap('#log-out')
    },
    shows: { selector: ['#sheet', '#sheet-confirm'] },
    saidOnce: true,
  },
  {
    name: 'mine/error',
    as: 'field_agent',
    async arrange(stage) {
      // a session that has never seen an answer of the server
      const { token, expires_at, staff } = await keptBy<Record<string, unknown>>(stage.phone, 'session')
      await stage.phone.miniProgram.callWxMethod('setStorageSync', 'session', { token, expires_at, staff })
      stage.afterwards(() => stage.takeBack())
      stage.cut(/^GET \/v1\/me$/)
      await stage.restart()
      await stage.phone.open('/pages/mine/index', 'switchTab')
    },
    shows: { selector: ['#state-error'] },
  },
  {
    name: 'settings/choices',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, '/packages/system/settings/index'),
    shows: { selector: ['#log-out'] },
  },
]
