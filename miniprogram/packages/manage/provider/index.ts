// 服务商设置: receipt links, templates, 默认开通, and the figures that rules use, for each number; an administrator changes them, others read.
import { bound } from '../../../behaviors/bound'
import { retry } from '../../../behaviors/retry'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { sayNote } from '../../../behaviors/telling'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { askedOfAdmin } from '../behaviors/whom-to-ask'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { linkSheet } from './link-sheet'
import type { NumberField, SettingField } from './rules'
import { sinceSheet } from './since-sheet'
import { templateSheet } from './template-sheet'
import { boxesOf, confirmSheet, conflictView, factsView, wrongTexts } from './view'
import './words'

const { network, preferences, provider, session } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
const of = (event: WechatMiniprogram.BaseEvent, name: string) => event.currentTarget.dataset[name] as string

Component({
  behaviors: [
    screen({
      words: [
        'provider.add_link',
        'provider.change_since',
        'provider.configured',
        'provider.conflict',
        'provider.default_open',
        'provider.default_open_note',
        'provider.discard',
        'provider.edit_link',
        'provider.history',
        'provider.host',
        'provider.keep_link',
        'provider.links',
        'provider.links_note',
        'provider.name',
        'provider.templates',
        'provider.templates_note',
        'provider.template_hint',
        'provider.template_id',
        'provider.template_wrong',
        'provider.no',
        'provider.no_history',
        'provider.no_links',
        'provider.not',
        'provider.note',
        'provider.note_hint',
        'provider.nothing',
        'provider.offline',
        'provider.offline_text',
        'provider.on',
        'provider.path',
        'provider.rate',
        'provider.rate_note',
        'provider.read_only',
        'provider.receipt',
        'provider.receipt_note',
        'provider.remove',
        'provider.rules',
        'provider.save',
        'provider.saved',
        'provider.since_date',
        'provider.since_note',
        'provider.since_time',
        'provider.stale',
        'provider.stale_note',
        'provider.turn_off',
        'provider.turn_on',
        'provider.visits',
        'provider.visits_note',
        'provider.watch',
        'provider.watch_days',
        'provider.watch_note',
        'provider.watch_payments',
        'provider.yes',
      ],
      title: 'page.provider',
    }),
    signedIn,
    wide,
    linkSheet,
    templateSheet,
    sinceSheet,
    bound({
      status: () => (session.status === 'error' ? 'error' : provider.status),
      problem: () => (session.status === 'error' ? session.problem : askedOfAdmin(provider.problem, say)),
      skeleton: () => provider.skeleton,
      numbers: () =>
        provider.numbers.length > 1
          ? provider.numbers.map(({ sp_mchid, name }) => ({ sp_mchid, label: name, on: sp_mchid === provider.current?.sp_mchid }))
          : [],
      mayChange: () => provider.mayChange,
      configured: () => provider.settings?.receipt_link_configured ?? false,
      watching: () => provider.settings?.watch.enabled ?? false,
      facts: () => factsView(provider.settings, session.serverNow(), say),
      boxes: () => provider.settings && boxesOf(provider.settings),
      wrong: () => wrongTexts(provider.wrong, provider.settings, say),
      dirty: () => provider.dirty,
      savable: () => provider.changed.length > 0 && provider.wrong.length === 0 && provider.settings!.name.trim() !== '',
      saved: () => provider.saved,
      sending: () => provider.sending,
      offline: () => !network.online,
      conflict: () => {
        const { conflict, settings } = provider
        return conflict && settings && conflictView(conflict, settings, session.serverNow(), say)
      },
      refusal: () => provider.refusal,
    }),
  ],
  data: {
    wide: false,
    asking: false,
    sheet: {} as SheetView,
  },
  pageLifetimes: {
    hide() {
      provider.hide()
    },
  },
  methods: {
    begin() {
      provider.show()
    },
    onUnload() {
      provider.hide()
      provider.discard()
    },
    async onPullDownRefresh() {
      await retry(provider.refresh)
      wx.stopPullDownRefresh()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : provider.refresh()))
    },
    onNumber(event: WechatMiniprogram.BaseEvent) {
      if (!provider.choose(of(event, 'id'))) return void sayNote(say('provider.save_first'))
      this.setData({ linkOpen: false, templateOpen: '', sinceOpen: false })
    },
    onConfigured(event: WechatMiniprogram.BaseEvent) {
      provider.change({ receipt_link_configured: of(event, 'value') === 'yes' })
    },
    onWatching(event: WechatMiniprogram.BaseEvent) {
      const { settings } = provider
      if (settings) provider.change({ watch: { ...settings.watch, enabled: of(event, 'value') === 'yes' } })
    },
    onName(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      if (event.detail.value !== provider.settings?.name) provider.change({ name: event.detail.value })
    },
    onNumberTyped(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      provider.typeNumber(of(event, 'field') as NumberField, event.detail.value)
    },

    onSave() {
      if (!network.online || provider.sending) return
      const { current, settings } = provider
      if (current && settings && provider.changed.includes('default_open_since'))
        this.setData({ asking: true, sheet: confirmSheet(current, settings, session.serverNow(), say) })
      else void this.save()
    },
    onConfirm() {
      this.setData({ asking: false })
      void this.save()
    },
    /** What somebody else has changed meanwhile stands at the top. */
    async save() {
      await provider.save()
      if (provider.conflict) wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    onCancel() {
      this.setData({ asking: false })
    },
    onDiscard() {
      provider.discard()
    },
    onMine(event: WechatMiniprogram.BaseEvent) {
      provider.takeMine(of(event, 'field') as SettingField)
    },
    onTheirs(event: WechatMiniprogram.BaseEvent) {
      provider.takeTheirs(of(event, 'field') as SettingField)
    },
    onRefusal() {
      provider.dismiss()
    },
    onRefusalAct(event: { detail: { id: string } }) {
      provider.dismiss()
      if (event.detail.id === 'retry') void provider.save()
    },
  },
})
