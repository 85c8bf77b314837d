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
import { goldPlanSheet, guideSheet, remedySheet, reopenSheet, sheetOf } from './sheets'
import type { ChangeKind, Feature } from '../rules/controls'
import { CONTROL_ROWS } from '../rules/control-rows'
import './words'

const { merchant, preferences } = stores
/** steps that are a page of their own, in this package */
const pageOf: Partial<Record<NextStepId, string>> = {
  test_payment: 'test-payment',
  reverify: 'test-payment',
  verify_jsapi: 'test-payment',
  troubleshoot: 'troubleshoot',
}

export const merchantSteps = Behavior({
  data: { sheetFor: '' as ChangeKind | 'remedy' | 'guide' | '', sheet: {} as SheetView, explained: null as ProblemView | null },
  methods: {
    onSwitch(event: WechatMiniprogram.BaseEvent) {
      this.change((event.currentTarget.dataset as { control: Feature }).control)
    },
    /** A tap on a switch: its page, why it cannot be used, the sheet that asks first, or the change itself. */
    change(control: Feature) {
      const row = merchant.rows?.[control]
      if (!row) return
      const { page, waits } = CONTROL_ROWS[control]
      if (page) return this.open(page)
      if (row.loading || (waits && merchant.undoHold)) return
      const { tap } = row
      if (tap === null || tap === 'ad_filter.set') this.explain(row.title, row.locked)
      else if (tap === 'gold_plan.open' && merchant.merchant?.migration.state === 'regressed') this.reviewRegression()
      else if (sheetOf(tap)) this.ask(tap)
      else merchant.change(tap)
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
      else if (step === 'receipt.open') merchant.change('receipt.open')
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
    ask(kind: ChangeKind) {
      const current = merchant.merchant
      const sheet = current && sheetOf(kind)?.(current, preferences.say)
      if (sheet) this.setData({ sheet, sheetFor: kind })
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
      else if (asked === 'remedy') this.copyRemedy()
      else if (asked !== '' && asked !== 'guide') merchant.change(asked, event.detail.reason)
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
