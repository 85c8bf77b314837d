// What a tap on the merchant page does: asks first, then tells the store. Nothing here talks to the backend.
import { problemView, type ProblemView } from '../../../domain/error-copy'
import type { NextStepId } from '../../../domain/verdict'
import type { SheetView } from '../../../components/confirm-sheet/view'
import { stores } from '../../../stores/index'
import { changeOf } from './change'
import { goldPlanSheet, guideSheet, receiptSheet, type Guide } from './sheets'

const { merchant, preferences } = stores
const guideOf: Partial<Record<NextStepId, Guide>> = {
  visit: 'visit',
  test_payment: 'test_payment',
  reverify: 'test_payment',
  troubleshoot: 'troubleshoot',
}

export const merchantSteps = Behavior({
  data: { sheetFor: '', sheet: {} as SheetView, explained: null as ProblemView | null },
  methods: {
    onGoldPlan() {
      const row = merchant.gold_plan
      if (!row || row.loading) return
      if (row.tap === 'gold_plan.open') this.askForGoldPlan()
      else this.explain(row.title, row.locked)
    },
    onReceipt() {
      const row = merchant.receipt
      if (!row || row.loading || merchant.undoHold) return
      if (row.tap === 'receipt.open') merchant.setReceipt('open')
      else if (row.tap === 'receipt.close') this.ask('receipt.close')
      else this.explain(row.title, row.locked)
    },
    onPrimary() {
      const step = merchant.verdict?.primary?.id
      if (step) this.take(step)
    },
    onSecondary(event: { detail: { id: NextStepId } }) {
      this.take(event.detail.id)
    },
    take(step: NextStepId) {
      const current = merchant.merchant
      if (!current) return
      if (step === 'gold_plan.open') this.askForGoldPlan()
      else if (step === 'receipt.open') merchant.setReceipt('open')
      else if (step === 'review_regression') this.reviewRegression()
      else if (step === 'blocked_reason') this.setData({ explained: problemView({ code: current.migration.reason }, preferences.say) })
      else this.guide(guideOf[step] ?? 'test_payment')
    },
    askForGoldPlan() {
      if (merchant.gold_plan?.tap === 'gold_plan.open') this.ask('gold_plan.open')
    },
    ask(kind: 'gold_plan.open' | 'receipt.close') {
      const current = merchant.merchant
      if (!current) return
      const sheet = kind === 'gold_plan.open' ? goldPlanSheet(current, preferences.say) : receiptSheet(current, preferences.say)
      this.setData({ sheet, sheetFor: kind })
    },
    guide(guide: Guide) {
      const current = merchant.merchant
      if (current) this.setData({ sheet: guideSheet(guide, current, preferences.say), sheetFor: 'guide' })
    },
    /** 查看变化并重新开通: both pictures, then the opening where it is possible */
    reviewRegression() {
      const current = merchant.merchant
      if (!current) return
      const { say } = preferences
      const change = changeOf(current, merchant.now, say) ?? { before: null, after: null }
      if (merchant.gold_plan?.tap !== 'gold_plan.open') {
        this.setData({ sheet: { ...guideSheet('regression', current, say), ...change }, sheetFor: 'guide' })
      } else this.setData({ sheet: { ...goldPlanSheet(current, say), confirm: say('detail.reopen') }, sheetFor: 'gold_plan.open' })
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
      this.setData({ sheetFor: '' })
      if (asked === 'gold_plan.open') merchant.openGoldPlan()
      else if (asked === 'receipt.close') merchant.setReceipt('closed', event.detail.reason)
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
      if (event.detail.id === 'open_gold_plan') this.askForGoldPlan()
      else void merchant.refresh()
    },
  },
})
