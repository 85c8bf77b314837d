// Logging out asks once and says what goes with it; it works without a network too. What was not sent is never dropped silently (product.md §8,
// scenario 30): it is sent first, or given up in so many words.
import type { SheetView } from '../packages/visit/components/confirm-sheet/view'
import { stores } from '../stores/index'

const { network, outbox, preferences, session } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)

const sheetOf = (title: string, texts: string[], more: Partial<SheetView>): SheetView => ({
  title,
  facts: [],
  before: null,
  after: null,
  points: texts.map(text => ({ icon: 'delete-o', text })),
  reason: null,
  option: null,
  cancel: say('common.cancel'),
  confirm: say('mine.log_out'),
  danger: true,
  ...more,
})
const unsent = () => (session.staff ? outbox.unsentOf(session.staff.id) : { waiting: 0, drafts: 0 })
/** what giving up takes with it besides */
const draftsToo = (drafts: number) => (drafts > 0 ? [say('log_out.drafts_too', { count: drafts })] : [])

const plain = () => sheetOf(say('mine.log_out_title'), [say('log_out.pack_text')], {})
function beforeSync(busy: boolean): SheetView {
  const { waiting, drafts } = unsent()
  return sheetOf(say('log_out.unsent_title', { count: waiting }), [], {
    confirm: say(busy ? 'log_out.syncing' : 'log_out.sync'),
    points: [{ icon: 'upgrade', text: say('log_out.unsent_text') }, ...draftsToo(drafts).map(text => ({ icon: 'delete-o', text }))],
    third: say('log_out.abandon'),
    danger: false,
    busy,
  })
}
function stuck(): SheetView {
  const { waiting, drafts } = unsent()
  const why = say(network.online ? 'log_out.stuck_text' : 'log_out.stuck_offline')
  return sheetOf(say('log_out.stuck_title', { count: waiting }), [why, ...draftsToo(drafts)], { confirm: say('log_out.abandon') })
}

interface Question {
  of: 'plain' | 'unsent' | 'stuck'
}
/** what the sheet of a page asks just now; each time it is asked is another one */
const questions = new WeakMap<object, Question>()

/** Data: asking, sheet. The template has a confirm-sheet with all three ways out. */
export const logOut = Behavior({
  data: { asking: false, sheet: {} as SheetView },
  // whoever leaves the page takes the wish back: nobody is logged out of a page that is not in front
  pageLifetimes: {
    hide() {
      this.onCancel()
    },
  },
  lifetimes: {
    detached() {
      questions.delete(this)
    },
  },
  methods: {
    onLogOut() {
      const waits = unsent().waiting > 0
      questions.set(this, { of: waits ? 'unsent' : 'plain' })
      this.setData({ sheet: waits ? beforeSync(false) : plain(), asking: true })
    },
    onCancel() {
      questions.delete(this)
      if (this.data.asking) this.setData({ asking: false })
    },
    onConfirmLogOut() {
      const question = questions.get(this)?.of
      if (question === undefined) return
      if (question === 'plain') this.leave()
      else if (question === 'stuck') this.onAbandon()
      else this.syncFirst()
    },
    /** 先同步; then out, or what stands in the way. */
    syncFirst() {
      this.setData({ sheet: beforeSync(true) })
      const asked = questions.get(this)
      void outbox.flush().then(() => {
        // the person went back meanwhile, or asked anew
        if (asked === undefined || questions.get(this) !== asked) return
        if (unsent().waiting === 0) this.leave()
        else {
          questions.set(this, { of: 'stuck' })
          this.setData({ sheet: stuck() })
        }
      })
    },
    /** 放弃并退出 */
    onAbandon() {
      if (session.staff) outbox.abandon(session.staff.id)
      this.leave()
    },
    leave() {
      this.setData({ asking: false })
      void session.logout()
    },
  },
})
