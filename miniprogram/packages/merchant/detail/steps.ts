// What a tap on the merchant page does: asks first, then tells the store. Nothing here talks to the backend.
import { copyText } from '../../../behaviors/telling'
import { goTo } from '../../../behaviors/navigation'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import type { NextStepId } from '../rules/next-step'
import { remedyFor } from '../rules/remedy'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { stores } from '../stores/index'
import { changeOf } from './change'
import { nextWork } from './kept'
import {
  adsSheet,
  goldPlanSheet,
  guideSheet,
  miniprogramCloseSheet,
  miniprogramSheet,
  receiptSheet,
  remedySheet,
  reopenSheet,
} from './sheets'
import './words'

const { ads, merchant, preferences } = stores
const sheets = {
  'gold_plan.open': goldPlanSheet,
  'gold_plan_miniprogram.open': miniprogramSheet,
  'gold_plan_miniprogram.close': miniprogramCloseSheet,
  'receipt.close': receiptSheet,
  'advertising.close': adsSheet,
}
/** steps that are a page of their own, in this package */
const pageOf: Partial<Record<NextStepId, string>> = {
  test_payment: 'test-payment',
  reverify: 'test-payment',
  verify_jsapi: 'test-payment',
  troubleshoot: 'troubleshoot',
}

export const merchantSteps = Behavior({
  data: { sheetFor: '', sheet: {} as SheetView, explained: null as ProblemView | null },
  methods: {
    onGoldPlan() {
      const row = merchant.gold_plan
      if (!row || row.loading) return
      if (row.tap !== 'gold_plan.open') this.explain(row.title, row.locked)
      else if (merchant.merchant?.migration.state === 'regressed') this.reviewRegression()
      else this.askForGoldPlan()
    },
    onMiniprogram() {
      const row = merchant.gold_plan_miniprogram
      if (!row || row.loading) return
      if (row.tap === 'gold_plan_miniprogram.open' || row.tap === 'gold_plan_miniprogram.close') this.ask(row.tap)
      else this.explain(row.title, row.locked)
    },
    onReceipt() {
      const row = merchant.receipt
      if (!row || row.loading || merchant.undoHold) return
      if (row.tap === 'receipt.open') merchant.setReceipt('open')
      else if (row.tap === 'receipt.close') this.ask('receipt.close')
      else this.explain(row.title, row.locked)
    },
    onAdvertising() {
      const row = ads.advertising
      if (!row || row.loading || merchant.undoHold) return
      if (row.tap === 'advertising.open') ads.setAdvertising('open')
      else if (row.tap === 'advertising.close') this.ask('advertising.close')
      else this.explain(row.title, row.locked)
    },
    onAdFilter() {
      const current = merchant.merchant
      if (current) goTo(`/packages/merchant/ad-filter/index?sub_mchid=${current.sub_mchid}`)
    },
    onPrimary() {
      if (merchant.settles) return this.open('portal-check')
      const step = merchant.verdict?.primary?.id
      if (step) this.take(step)
    },
    onSecondary(event: { detail: { id: string } }) {
      this.goTo(event.detail.id)
    },
    take(step: NextStepId) {
      const current = merchant.merchant
      if (!current) return
      if (step === 'gold_plan.open') this.askForGoldPlan()
      else if (step === 'receipt.open') merchant.setReceipt('open')
      else if (step === 'review_regression') this.reviewRegression()
      else if (step === 'blocked_reason') this.showRemedy()
      else if (step === 'visit') this.visit()
      else this.open(pageOf[step] ?? 'test-payment')
    },
    /** What the owner can do is there to be sent; else who of us settles it. */
    showRemedy() {
      const current = merchant.merchant
      if (!current) return
      const { say } = preferences
      const remedy = remedyFor(current, say)
      if (remedy) this.setData({ sheet: remedySheet(remedy, current, say), sheetFor: 'remedy' })
      else this.setData({ explained: problemView({ code: current.migration.reason }, say) })
    },
    onMore(event: WechatMiniprogram.BaseEvent) {
      this.goTo((event.currentTarget.dataset as { id: string }).id)
    },
    /** the gold button where the phone has no page of the shop */
    onKept() {
      const { kept, shop } = merchant
      const next = kept && shop && nextWork(kept.row, shop.actions)
      if (next) this.goTo(next.id)
    },
    goTo(id: string) {
      if (id === 'visit') this.visit()
      else if (id === 'audit') goTo(`/packages/manage/audit/index?sub_mchid=${merchant.sub_mchid}`)
      else this.open(id)
    },
    /** its coordinates are not known: a map finds it by its text */
    onAddress() {
      const address = merchant.merchant?.address
      if (!address) return
      copyText(address, 'detail.address_copied')
    },
    /** 现场核实: the checklist of a visit */
    visit() {
      goTo(`/packages/visit/edit/index?sub_mchid=${merchant.sub_mchid}`)
    },
    open(page: string) {
      goTo(`/packages/merchant/${page}/index?sub_mchid=${merchant.sub_mchid}`)
    },
    askForGoldPlan() {
      if (merchant.gold_plan?.tap === 'gold_plan.open') this.ask('gold_plan.open')
    },
    ask(kind: keyof typeof sheets) {
      const current = merchant.merchant
      if (current) this.setData({ sheet: sheets[kind](current, preferences.say), sheetFor: kind })
    },
    /** 先开商家小票，再开点金计划: on or off, and what the customers see then */
    onOption() {
      const current = merchant.merchant
      const { option } = this.data.sheet
      if (!current || !option) return
      const { after, points, option: turned } = goldPlanSheet(current, preferences.say, !option.on)
      this.setData({ 'sheet.after': after, 'sheet.points': points, 'sheet.option': turned })
    },
    /** 查看变化并重新开通: both pictures, then the opening where it is possible */
    reviewRegression() {
      const current = merchant.merchant
      if (!current) return
      const { say } = preferences
      const change = changeOf(current, merchant.now, say) ?? { before: null, after: null }
      if (merchant.gold_plan?.tap !== 'gold_plan.open') {
        this.setData({ sheet: { ...guideSheet('regression', current, say), ...change }, sheetFor: 'guide' })
      } else this.setData({ sheet: reopenSheet(current, say, change), sheetFor: 'gold_plan.open' })
    },
    explain(title: string, reason: string | null) {
      if (!reason) return
      this.setData({ explained: { code: '', title, sentence: reason, next: null, contact: null, request_id: null } })
    },
    onCancel() {
      this.setData({ sheetFor: '' })
    },
    onConfirm(event: { detail: { reason: string } }) {
      const asked = this.data.sheetFor
      const receiptFirst = this.data.sheet.option?.on ?? false
      this.setData({ sheetFor: '' })
      if (asked === 'gold_plan.open') merchant.openGoldPlan({ receiptFirst })
      else if (asked === 'gold_plan_miniprogram.open') merchant.setMiniprogram('open')
      else if (asked === 'gold_plan_miniprogram.close') merchant.setMiniprogram('closed', event.detail.reason)
      else if (asked === 'advertising.close') ads.setAdvertising('closed', event.detail.reason)
      else if (asked === 'receipt.close') merchant.setReceipt('closed', event.detail.reason)
      else if (asked === 'remedy') this.copyRemedy()
    },
    copyRemedy() {
      const current = merchant.merchant
      const remedy = current && remedyFor(current, preferences.say)
      if (remedy) copyText(remedy.message)
    },
    onUndo() {
      merchant.undo()
    },
    onOperation() {
      merchant.retry()
    },
    onConflict(event: { detail: { id: 'keep' | 'insist' } }) {
      if (event.detail.id === 'insist') merchant.insist()
      else merchant.keepCurrent()
    },
    onRefusalClose() {
      this.setData({ explained: null })
      merchant.dismissRefusal()
    },
    onRefusalAct(event: { detail: { id: string } }) {
      const explained = this.data.explained
      this.setData({ explained: null })
      if (explained) return void merchant.refresh()
      if (event.detail.id === 'retry') return merchant.retry()
      merchant.dismissRefusal()
      if (event.detail.id === 'limitations') this.open('limitations')
      if (event.detail.id === 'open_gold_plan') this.askForGoldPlan()
      else void merchant.refresh()
    },
  },
})
