// 撤回: asks for the reason, then tells the store. Says what became of it.
import { sayDone, sayNote } from '../../../behaviors/telling'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { bound } from '../../../behaviors/bound'
import { stores } from '../stores/index'
import './words'

const { evidence, preferences, withdrawal } = stores

function sheetFor(title: string): SheetView {
  const { say } = preferences
  return {
    title: say('withdraw.title'),
    facts: [title],
    before: null,
    after: null,
    points: [
      { icon: 'records-o', text: say('withdraw.point_keep') },
      { icon: 'replay', text: say('withdraw.point_verdict') },
    ],
    reason: {
      label: say('withdraw.reason'),
      choices: [say('withdraw.reason_1'), say('withdraw.reason_2'), say('withdraw.reason_3')],
      placeholder: say('withdraw.hint'),
      payment_code: say('payment_code.text'),
    },
    option: null,
    cancel: say('common.cancel'),
    confirm: say('withdraw.action'),
  }
}

const said = (sent: Promise<boolean>) =>
  void sent.then(done => {
    if (done) sayDone(preferences.say('withdraw.done'))
  })

export const withdrawing = Behavior({
  behaviors: [bound({ refusal: () => withdrawal.problem })],
  data: { asking: '', sheet: {} as SheetView },
  methods: {
    onWithdraw(event: WechatMiniprogram.BaseEvent) {
      const row = evidence.rows.find(({ id }) => id === event.currentTarget.dataset.id)
      if (!row || withdrawal.sending) return
      if (withdrawal.locked !== null) sayNote(withdrawal.locked)
      else this.setData({ asking: row.id, sheet: sheetFor(row.title) })
    },
    onCancelWithdraw() {
      this.setData({ asking: '' })
    },
    onConfirmWithdraw(event: { detail: { reason: string } }) {
      const evidence_id = this.data.asking
      this.setData({ asking: '' })
      if (evidence.sub_mchid !== null && evidence_id !== '') said(withdrawal.withdraw(evidence.sub_mchid, evidence_id, event.detail.reason))
    },
    onRefusal() {
      withdrawal.dismiss()
    },
    onRefusalAct(event: { detail: { id: string } }) {
      withdrawal.dismiss()
      if (event.detail.id === 'retry' && evidence.sub_mchid !== null) said(withdrawal.retry())
      else if (event.detail.id === 'reload') void evidence.refresh()
    },
  },
})
