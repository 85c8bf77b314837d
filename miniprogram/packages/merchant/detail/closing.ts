// 申请关闭 on the merchant page: the sheet with the reason and the typed digits, and the way to the request that stands.
import { goTo } from '../../../behaviors/navigation'
import { sayDone } from '../../../behaviors/telling'
import type { ProblemView } from '../../../rules/error-copy'
import type { ClosingSheetView } from '../components/closing-sheet/view'
import { stores } from '../stores/index'
import { closingSheet } from './closing-view'
import './words'

const { closing, merchant, preferences } = stores

export const closingSteps = Behavior({
  data: { closingSheet: {} as ClosingSheetView, closingAsked: false, explained: null as ProblemView | null },
  methods: {
    onClosing() {
      const { entry } = closing
      const current = merchant.merchant
      if (!entry || !current) return
      if (entry.locked === null) this.setData({ closingSheet: closingSheet(current, preferences.say), closingAsked: true })
      else this.explain(preferences.say('closing.entry'), entry.locked)
    },
    /** of detail/steps.ts */
    explain(_title: string, _reason: string | null) {},
    onClosingCancel() {
      if (closing.asking) return
      closing.dismiss()
      this.setData({ closingAsked: false })
    },
    async onClosingConfirm(event: { detail: { reason: string } }) {
      const stands = await closing.ask(event.detail.reason)
      if (closing.lost) return
      this.setData({ closingAsked: false, explained: closing.refusal })
      closing.dismiss()
      if (stands) sayDone(preferences.say('closing.asked'))
    },
    onRequest() {
      const id = merchant.merchant?.open_request_id
      if (id) goTo(`/packages/manage/approvals/index?request_id=${id}`)
    },
  },
})
