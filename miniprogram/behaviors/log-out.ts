// Logging out asks once, says what goes with it, and works without a network too.
import { stores } from '../stores/index'
import type { SheetView } from '../components/confirm-sheet/view'

export const logOut = Behavior({
  data: { asking: false, sheet: {} as SheetView },
  methods: {
    onLogOut() {
      const { say } = stores.preferences
      const points = [{ icon: 'delete-o', text: say('mine.log_out_text') }]
      const sheet: SheetView = {
        title: say('mine.log_out_title'),
        facts: [],
        before: null,
        after: null,
        points,
        reason: null,
        option: null,
        cancel: say('common.cancel'),
        confirm: say('mine.log_out'),
        danger: true,
      }
      this.setData({ sheet, asking: true })
    },
    onCancel() {
      this.setData({ asking: false })
    },
    onConfirmLogOut() {
      this.setData({ asking: false })
      void stores.session.logout()
    },
  },
})
