// Changing a merchant: what is asked first, what is held, awaited, refused, or changed by somebody else meanwhile.
import type { Scene } from '../scene.ts'
import type { ScenarioName } from '../../../dev/sandbox/scenarios.ts'
import type { Stage } from '../stage.ts'
import { changeBeside, openMerchant, tapGoldPlanAndConfirm } from './steps.ts'

const arranged = async (stage: Stage, sub_mchid: string, scenario: ScenarioName) => {
  stage.world.sandbox.control.setMerchant(sub_mchid, { scenario })
  stage.afterwards(() => stage.world.sandbox.control.setMerchant(sub_mchid, { scenario: 'normal' }))
  await openMerchant(stage, sub_mchid)
}
const refusedOpening = (name: string, sub_mchid: string, scenario: ScenarioName): Scene => ({
  name: `changes/refused-${name}`,
  as: 'operator',
  async arrange(stage) {
    await arranged(stage, sub_mchid, scenario)
    await tapGoldPlanAndConfirm(stage)
  },
  shows: { selector: ['#refusal'], reads: /请求编号|知道了|重试/ },
  saidOnce: true,
  fold: true,
})

export const changes: Scene[] = [
  {
    name: 'changes/open-sheet',
    as: 'operator',
    async arrange(stage) {
      await openMerchant(stage, '1900000106')
      await stage.phone.tap('#gold-plan')
    },
    shows: { selector: ['#sheet', '#sheet-confirm'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'changes/open-sheet-long-name',
    as: 'operator',
    async arrange(stage) {
      await openMerchant(stage, '1900000147')
      await stage.phone.tap('#gold-plan')
    },
    shows: { selector: ['#sheet', '#sheet-confirm'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'changes/close-receipt-sheet',
    as: 'operator',
    async arrange(stage) {
      await openMerchant(stage, '1900000109')
      await stage.phone.tap('#receipt')
    },
    shows: { selector: ['#sheet', '#sheet-reason'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'changes/close-receipt-reason',
    as: 'operator',
    async arrange(stage) {
      await openMerchant(stage, '1900000109')
      await stage.phone.tap('#receipt')
      await stage.phone.tap('#sheet', '#reason-0')
    },
    shows: { selector: ['#sheet', '#sheet-reason'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'changes/regression-sheet',
    as: 'operator',
    async arrange(stage) {
      await openMerchant(stage, '1900000128')
      await stage.phone.tap('#next-step', '#primary')
    },
    shows: { selector: ['#sheet', '#sheet-confirm'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'changes/undo-bar',
    as: 'operator',
    async arrange(stage) {
      await openMerchant(stage, '1900000120')
      await stage.phone.tap('#receipt')
      stage.afterwards(async () => (await stage.phone.shows('#undo')) && stage.phone.tap('#undo'))
    },
    shows: { selector: ['#undo'], reads: '撤销' },
    fleeting: true,
    fold: true,
  },
  {
    name: 'changes/hold-cut-by-offline',
    as: 'operator',
    async arrange(stage) {
      await openMerchant(stage, '1900000120')
      await stage.phone.tap('#receipt')
      await stage.phone.find('#undo')
      stage.afterwards(() => stage.answerModal())
      await stage.offline()
    },
    shows: { selector: ['#state-offline'] },
    fleeting: true,
    saidOnce: true,
    fold: true,
  },
  {
    name: 'changes/locked-explained',
    as: 'operator',
    async arrange(stage) {
      await openMerchant(stage, '1900000108')
      await stage.phone.tap('#gold-plan')
    },
    shows: { selector: ['#refusal'], reads: /再次开通/ },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'changes/blocked-explained',
    as: 'operator',
    async arrange(stage) {
      await openMerchant(stage, '1900000133')
      await stage.phone.tap('#next-step', '#primary')
    },
    shows: { selector: ['#sheet'], reads: /kf.qq.com/ },
    saidOnce: true,
    fold: true,
  },
  refusedOpening('punished', '1900000107', 'punished'),
  refusedOpening('relation', '1900000160', 'unrelated'),
  refusedOpening('busy', '1900000158', 'rate_limited_429'),
  refusedOpening('unclassified', '1900000162', 'unclassified'),
  {
    name: 'changes/refused-receipt-link',
    as: 'operator',
    async arrange(stage) {
      await arranged(stage, '1900000137', 'receipt_link_missing')
      await stage.phone.tap('#receipt')
    },
    shows: { selector: ['#refusal'], reads: /链接/ },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'changes/confirming',
    as: 'operator',
    async arrange(stage) {
      await arranged(stage, '1900000155', 'lost_after')
      await tapGoldPlanAndConfirm(stage)
    },
    shows: { selector: ['#operation'], reads: '结果确认中' },
    waiting: true,
  },
  {
    name: 'changes/conflict',
    as: 'operator',
    async arrange(stage) {
      await openMerchant(stage, '1900000161')
      await changeBeside(stage, '1900000161', 'receipt', { status: 'open' })
      await changeBeside(stage, '1900000161', 'receipt', { status: 'closed', reason: '商户要求关闭' })
      await stage.phone.tap('#receipt')
    },
    shows: { selector: ['#conflict'] },
  },
  {
    name: 'changes/already-done',
    as: 'operator',
    async arrange(stage) {
      await openMerchant(stage, '1900000136')
      await changeBeside(stage, '1900000136', 'gold-plan/jsapi', { status: 'open' })
      await tapGoldPlanAndConfirm(stage)
    },
    shows: { selector: ['#conflict'] },
  },
]
