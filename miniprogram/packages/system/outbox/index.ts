// 待同步: everything that is still on this phone, why, and what can be done about it. Nothing here is said to be sent before the server said so.
import { goTo } from '../../../behaviors/navigation'
import { sayNote } from '../../../behaviors/telling'
import { retry } from '../../../behaviors/retry'
import { bound } from '../../../behaviors/bound'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { absoluteTime } from '../../../rules/relative-time'
import { stores } from '../../../stores/index'
import { outboxView, type OutboxRow, type OutboxView, type RowAction } from './view'
import './words'

const { checklist, drafts, minute, network, outbox, preferences } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)
/** what the sheet asks about */
let removing = ''
const NONE: OutboxView = { mine: [], automatic: [] }

const view = (): OutboxView =>
  outbox.unsent === 0
    ? NONE
    : outboxView(
        {
          items: outbox.items,
          held: outbox.held,
          problemOf: id => outbox.problemOf(id),
          photosOf: id => {
            const photos = outbox.parcel(id)?.photos ?? []
            return { count: photos.length, sent: photos.filter(({ photo_id }) => photo_id !== null).length }
          },
          isFixed: id => {
            const parcel = outbox.parcel(id)
            return parcel?.kind === 'evidence' && parcel.unsure
          },
          template: checklist.current,
          language: preferences.language,
          now: minute.now,
        },
        say,
      )

/** visits and test payments: the line of photos of one is no item of its own */
const wholes = (rows: readonly OutboxRow[]): number => new Set(rows.map(({ parcel_id }) => parcel_id)).size

function bannerView() {
  const { held } = outbox
  const id = held ?? (network.weak && outbox.unsent > 0 ? 'weak' : null)
  if (id === null) return null
  const kind = id === 'disabled' || id === 'signed_out' || id === 'outdated' ? 'bad' : 'warn'
  return { id, kind, fact: say(`outbox.held_${id}`), text: say(`outbox.held_${id}_text`) }
}
const lastSent = () =>
  outbox.last_sent_at === null
    ? say('outbox.never')
    : say('outbox.last', { time: absoluteTime(outbox.last_sent_at, minute.now, say, { today: true }) })

const removeSheet = ({ title }: OutboxRow): SheetView => ({
  title: say('outbox.remove_title'),
  facts: [title],
  before: null,
  after: null,
  points: [{ icon: 'delete-o', text: say('outbox.remove_text') }],
  reason: null,
  option: null,
  cancel: say('common.cancel'),
  confirm: say('outbox.remove'),
  danger: true,
})

Component({
  behaviors: [
    screen({ words: ['outbox.none', 'outbox.none_text', 'outbox.more'], title: 'page.outbox' }),
    signedIn,
    bound({
      mine: () => view().mine,
      automatic: () => view().automatic,
      mineTitle: () => say('outbox.mine', { count: wholes(view().mine) }),
      automaticTitle: () => say('outbox.automatic', { count: wholes(view().automatic) }),
      unsent: () => outbox.unsent,
      headline: () => say('outbox.count', { count: outbox.unsent }),
      last: lastSent,
      banner: bannerView,
      primary: () => (network.online && outbox.held !== 'disabled' && outbox.held !== 'outdated' ? say('outbox.all') : ''),
      reason: () => (network.online ? '' : say('outbox.needs_network')),
      sending: () => outbox.sending,
    }),
  ],
  data: { open: '', asking: false, sheet: {} as SheetView },
  methods: {
    begin() {
      void outbox.flush()
    },
    rowOf(id: string): OutboxRow | undefined {
      const { mine, automatic } = view()
      return [...mine, ...automatic].find(row => row.id === id)
    },
    /** the actions of a row that is sent by itself */
    onRow(event: WechatMiniprogram.BaseEvent) {
      const { id } = event.currentTarget.dataset as { id: string }
      this.setData({ open: this.data.open === id ? '' : id })
    },
    onAction(event: WechatMiniprogram.BaseEvent) {
      const { id, action } = event.currentTarget.dataset as { id: string; action: RowAction }
      const row = this.rowOf(id)
      if (!row) return
      if (action === 'retry') void retry(() => outbox.retry(id))
      else if (action === 'see') goTo(`/packages/visit/detail/index?visit_id=${row.parcel_id}`)
      else if (action === 'edit') this.edit(row)
      else {
        removing = row.parcel_id
        this.setData({ asking: true, sheet: removeSheet(row) })
      }
    },
    edit({ parcel_id, sub_mchid }: OutboxRow) {
      const parcel = outbox.parcel(parcel_id)
      if (!parcel) return
      if (parcel.kind === 'evidence')
        return void goTo(`/packages/merchant/test-payment/index?sub_mchid=${sub_mchid}&evidence_id=${parcel_id}`)
      if (drafts.reopen(parcel_id) === null) return void sayNote(say('outbox.busy'))
      goTo(`/packages/visit/edit/index?visit_id=${parcel_id}`)
    },
    onCancel() {
      this.setData({ asking: false })
    },
    onConfirmRemove() {
      this.setData({ asking: false })
      if (!outbox.remove(removing)) sayNote(say('outbox.busy'))
    },
    onAll() {
      void retry(outbox.retryAll)
    },
    async onPullDownRefresh() {
      await retry(outbox.retryAll)
      wx.stopPullDownRefresh()
    },
  },
})
