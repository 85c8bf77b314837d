// 平台名单: a list from the console is put together, looked through and recorded; a table where the window has room for one.
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { retry } from '../../../behaviors/retry'
import { rowsIn } from '../../../behaviors/rows'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { copyText, sayNote } from '../../../behaviors/telling'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { merchantPage } from '../../../rules/deep-link'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { EXAMPLES } from './rules'
import type { ListGroup } from './store'
import { applySheet, columnRows, faultView, groupRows, listView, rowView, sizeText } from './view'
import './words'

const { network, portalList, preferences, session } = stores
const { draft } = portalList
const say: typeof preferences.say = (...given) => preferences.say(...given)
const now = () => session.serverNow()
const reader = () => ({ say, language: preferences.language, now: now() })
/** what is still needed before a list can be sent */
function lacking(): string {
  if (!draft.file && draft.codeLine !== null) return say('portal_list.incomplete_code', { line: draft.codeLine })
  if (!draft.file && draft.text.trim() === '') return say('portal_list.incomplete')
  return say('portal_list.incomplete_date')
}
const SAID = {
  too_large: 'portal_list.too_large',
  empty: 'portal_list.empty_file',
  refused: 'portal_list.choose_refused',
  not_supported: 'portal_list.choose_not_supported',
  failed: 'portal_list.choose_failed',
} as const

Component({
  behaviors: [
    screen({
      words: [
        'portal_list.again',
        'portal_list.another',
        'portal_list.applying',
        'portal_list.applying_text',
        'portal_list.became',
        'portal_list.cancel',
        'portal_list.cancelled_text',
        'portal_list.change',
        'portal_list.changed',
        'portal_list.code_line_text',
        'portal_list.date',
        'portal_list.edit',
        'portal_list.example',
        'portal_list.file',
        'portal_list.file_note',
        'portal_list.forbidden',
        'portal_list.forbidden_sentence',
        'portal_list.go_on',
        'portal_list.intro',
        'portal_list.line_head',
        'portal_list.none',
        'portal_list.none_sentence',
        'portal_list.nothing',
        'portal_list.offline',
        'portal_list.offline_text',
        'portal_list.ours_newer',
        'portal_list.paste',
        'portal_list.paste_hint',
        'portal_list.preview',
        'portal_list.reading',
        'portal_list.remove_file',
        'portal_list.shop',
        'portal_list.unanswered',
        'portal_list.unanswered_text',
        'portal_list.when',
        'portal_list.when_earlier',
        'portal_list.when_now',
        'switch.locked.offline',
      ],
      title: 'page.portal_list',
    }),
    signedIn,
    wide,
    rowsIn('groups', () => portalList.rows.map(row => rowView(row, reader()))),
    bound({
      ready: () => session.status === 'ready',
      sessionError: () => session.status === 'error',
      sessionProblem: () => session.problem,
      forbidden: () => session.status === 'ready' && !portalList.allowed,
      offline: () => !network.online,
      columns: () => columnRows(say),
      file: () => draft.file && { name: draft.file.name, size: sizeText(draft.file.bytes) },
      looked: () => draft.looked,
      fault: () => draft.fault && faultView(draft.fault, reader()),
      codeLine: () => (draft.codeLine === null ? '' : say('portal_list.code_line', { line: draft.codeLine })),
      complete: () => draft.complete,
      lacking,
      sending: () => draft.isSending,
      sent: () => (draft.isSending && draft.file && draft.sent < 100 ? say('portal_list.sending', { percent: draft.sent }) : ''),
      percent: () => (draft.isSending && draft.file ? draft.sent : 0),
      unanswered: () => draft.unanswered,
      list: () => portalList.value && listView(portalList.value, { say, now: now() }),
      counted: () => (portalList.value ? groupRows(portalList.value, portalList.group, say) : []),
      waiting: () => portalList.list_id !== null && portalList.value === null,
      listStatus: () => portalList.status,
      problem: () => portalList.problem,
      rowsStatus: () => portalList.rowsStatus,
      rowsProblem: () => portalList.rowsProblem,
      more: () => portalList.more,
      applying: () => portalList.isApplying,
      cancelling: () => portalList.isCancelling,
      refusal: () => portalList.refusal,
    }),
  ],
  data: { wide: false, text: '', sheet: {} as SheetView, asking: false },
  pageLifetimes: {
    hide() {
      portalList.hide()
    },
  },
  methods: {
    async begin() {
      await portalList.open()
      this.setData({ text: draft.text })
    },
    onUnload() {
      portalList.leave()
    },
    async onPullDownRefresh() {
      await retry(portalList.refresh)
      wx.stopPullDownRefresh()
    },
    onReachBottom() {
      if (portalList.value) void portalList.loadMore()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : portalList.refresh()))
    },
    onCopyExample() {
      copyText(EXAMPLES[preferences.language])
    },
    /** The box keeps what was typed: a long text that is written back on every letter would make it jump. */
    onText(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      draft.write(event.detail.value)
    },
    async onFile() {
      const outcome = await draft.chooseFile()
      if (outcome !== 'chosen' && outcome !== 'cancelled') sayNote(say(SAID[outcome]))
    },
    onRemoveFile() {
      draft.removeFile()
    },
    onWhen(event: WechatMiniprogram.BaseEvent) {
      draft.look({ when: event.currentTarget.dataset.when as 'now' | 'earlier' })
    },
    onDate(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      draft.look({ date: event.detail.value })
    },
    onTime(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      draft.look({ time: event.detail.value })
    },
    async onSend() {
      await portalList.send()
      if (portalList.value) wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    onGroup(event: WechatMiniprogram.BaseEvent) {
      portalList.choose(event.currentTarget.dataset.group as ListGroup)
    },
    onShop(event: WechatMiniprogram.BaseEvent) {
      const { id, opens } = event.currentTarget.dataset as { id: string; opens: boolean }
      if (opens) goTo(merchantPage(id))
    },
    onApply() {
      const { value } = portalList
      if (!value || !network.online) return
      if (value.status === 'stopped') void portalList.apply()
      else this.setData({ sheet: applySheet(value, say), asking: true })
    },
    onConfirm() {
      this.setData({ asking: false })
      void portalList.apply()
    },
    onCancelSheet() {
      this.setData({ asking: false })
    },
    onStop() {
      void portalList.cancel()
    },
    onEdit() {
      portalList.edit()
      this.setData({ text: draft.text })
    },
    onAnother() {
      portalList.another()
      this.setData({ text: '' })
    },
    onRefusal() {
      portalList.dismiss()
    },
  },
})
