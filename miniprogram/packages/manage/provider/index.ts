// 服务商设置: receipt links, 默认开通 with its history, and the figures that rules use, for each number; an administrator changes them, others read.
import { bound } from '../../../behaviors/bound'
import { retry } from '../../../behaviors/retry'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { sayNote } from '../../../behaviors/telling'
import type { NoticeKind } from '../../../../typings/api'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import type { MessageKey } from '../../../words/say'
import { firstCharacters } from '../../../shared/characters'
import { holdsPaymentCode } from '../../../shared/payment-code'
import { longestNote, mostReceiptLinks, plainHost } from '../shared/receipt-link'
import { askedOfAdmin } from '../behaviors/whom-to-ask'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { linkFault, TEMPLATE_KINDS, templateIn, templateText, VISITS_PER_DAY, type NumberField, type SettingField } from './rules'
import { conflictView, historyOf, pickedOf, rederivingView, sinceOf, sinceText, valueText } from './view'
import './words'

const { network, preferences, provider, session } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
const of = (event: WechatMiniprogram.BaseEvent, name: string) => event.currentTarget.dataset[name] as string
const emptyLink = { host: '', path: '/', note: '' }
/** there was no gold plan before (backend/platform/times.ts) */
const EARLIEST = '2020-01-01'

const NUMBER_FIELDS: readonly NumberField[] = ['stale_after_days', 'rollout_rate_per_minute', 'days', 'min_payments', 'visits_per_day']
/** What stands in the boxes, unless somebody types in them. */
function boxes() {
  const { settings } = provider
  if (!settings) return null
  const { name, stale_after_days, rollout_rate_per_minute, watch } = settings
  const { days, min_payments, visits_per_day = VISITS_PER_DAY } = watch
  return {
    name,
    stale_after_days: `${stale_after_days}`,
    rollout_rate_per_minute: `${rollout_rate_per_minute}`,
    days: `${days}`,
    min_payments: `${min_payments}`,
    visits_per_day: `${visits_per_day}`,
  }
}
const wrong = () => ({
  ...Object.fromEntries(
    NUMBER_FIELDS.map(field => [field, provider.wrong.includes(field) ? say(`provider.wrong_${field}` as MessageKey) : '']),
  ),
  name: provider.settings && provider.settings.name.trim() === '' ? say('provider.wrong_name') : '',
})
function confirmSheet(): SheetView {
  const { current, settings } = provider
  const now = session.serverNow()
  return {
    title: say('provider.confirm_title'),
    facts: [],
    before: null,
    after: null,
    points: [
      { icon: 'clock-o', text: say('provider.confirm_from', { value: sinceText(current!.default_open_since, now, say) }) },
      { icon: 'exchange', text: say('provider.confirm_to', { value: sinceText(settings!.default_open_since, now, say) }) },
      { icon: 'shop-o', text: say('provider.confirm_count', { count: current!.judged_by_default_open }) },
      { icon: 'records-o', text: say('provider.confirm_trail') },
    ],
    reason: null,
    cancel: say('provider.cancel'),
    confirm: say('provider.confirm'),
  }
}

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
      links: () => (provider.settings?.receipt_links ?? []).map((link, at) => ({ ...link, at })),
      mayAdd: () => provider.mayChange && (provider.settings?.receipt_links.length ?? 0) < mostReceiptLinks,
      since: () => (provider.settings ? sinceText(provider.settings.default_open_since, session.serverNow(), say) : ''),
      history: () => (provider.current ? historyOf(provider.current, session.serverNow(), say) : []),
      rederiving: () => rederivingView(provider.current?.rederiving ?? null, say),
      watching: () => provider.settings?.watch.enabled ?? false,
      templates: () =>
        TEMPLATE_KINDS.map(kind => {
          const template = provider.settings?.message_templates.find(one => one.kind === kind)
          return { kind, name: say(`provider.template_${kind}`), text: template ? templateText(template) : say('provider.no_template') }
        }),
      facts: () => {
        const { settings } = provider
        const text = (field: SettingField) => (settings ? valueText(field, settings, session.serverNow(), say) : '')
        return {
          name: text('name'),
          stale: text('stale_after_days'),
          rate: text('rollout_rate_per_minute'),
          watch: text('watch'),
          visits: say('provider.visits_a_day', { count: provider.settings?.watch.visits_per_day ?? VISITS_PER_DAY }),
          configured: text('receipt_link_configured'),
        }
      },
      boxes,
      wrong,
      dirty: () => provider.dirty,
      savable: () => provider.changed.length > 0 && provider.wrong.length === 0 && provider.settings!.name.trim() !== '',
      saved: () => provider.saved,
      sending: () => provider.sending,
      offline: () => !network.online,
      conflict: () => {
        const { conflict, settings } = provider
        if (!conflict || !settings) return null
        const view = conflictView(conflict, settings, session.serverNow(), say)
        return {
          ...view,
          both: view.both.map(one => ({
            ...one,
            mine: say('provider.mine', { value: one.mine }),
            theirs: say('provider.theirs', { value: one.theirs }),
          })),
          theirs: view.theirs.map(one => ({ field: one.field, text: say('provider.their_change', one) })),
        }
      },
      refusal: () => provider.refusal,
    }),
  ],
  data: {
    wide: false,
    asking: false,
    sheet: {} as SheetView,
    linkOpen: false,
    /** index of the link that is changed; -1: a new one */
    linkAt: -1,
    link: emptyLink,
    linkFault: '',
    /** kind of the template that is changed; '' for none */
    templateOpen: '' as NoticeKind | '',
    template: '',
    templateName: '',
    templateFault: false,
    sinceOpen: false,
    picked: { date: '', time: '' },
    today: '',
    earliest: EARLIEST,
    sinceFault: '',
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
      this.setData({ linkOpen: false, sinceOpen: false })
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

    onLink(event: WechatMiniprogram.BaseEvent) {
      if (!provider.mayChange) return
      const at = Number(of(event, 'at'))
      this.setData({ linkOpen: true, linkAt: at, link: provider.settings?.receipt_links[at] ?? emptyLink, linkFault: '' })
    },
    onLinkTyped(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const part = of(event, 'part') as keyof typeof emptyLink
      const { value } = event.detail
      if (part === 'note' && holdsPaymentCode(value)) {
        // what was typed does not stay in the box, whatever the view believes it holds
        this.setData({ 'link.note': value })
        this.setData({ 'link.note': '' })
        return void sayNote(say('payment_code.title'))
      }
      this.data.link = { ...this.data.link, [part]: part === 'note' ? firstCharacters(value, longestNote) : value }
      if (this.data.linkFault !== '') this.setData({ linkFault: '' })
    },
    onLinkKeep() {
      const { linkAt } = this.data
      const { host, path, note } = this.data.link
      const link = { host: plainHost(host), path: path.trim(), note: note.trim() }
      const others = (provider.settings?.receipt_links ?? []).filter((_, index) => index !== linkAt)
      const fault = linkFault(link, others)
      if (fault) return void this.setData({ linkFault: say(`provider.fault_${fault.code}`) })
      provider.putLink(linkAt < 0 ? null : linkAt, link)
      this.setData({ linkOpen: false })
    },
    onLinkRemove() {
      provider.removeLink(this.data.linkAt)
      this.setData({ linkOpen: false })
    },
    onLinkClose() {
      this.setData({ linkOpen: false })
    },

    onTemplate(event: WechatMiniprogram.BaseEvent) {
      if (!provider.mayChange) return
      const kind = of(event, 'kind') as NoticeKind
      const template = provider.settings?.message_templates.find(one => one.kind === kind)
      const text = template ? templateText(template) : ''
      this.setData({ templateOpen: kind, template: text, templateName: say(`provider.template_${kind}`), templateFault: false })
    },
    onTemplateTyped(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.data.template = event.detail.value
      if (this.data.templateFault) this.setData({ templateFault: false })
    },
    /** An empty box: none is sent. */
    onTemplateKeep() {
      const { templateOpen, template } = this.data
      const { settings } = provider
      if (templateOpen === '' || !settings) return
      const others = settings.message_templates.filter(one => one.kind !== templateOpen)
      const wanted = template.trim() === '' ? null : templateIn(templateOpen, template)
      const taken = others.some(one => one.template_id === wanted?.template_id)
      if ((wanted === null && template.trim() !== '') || taken) return void this.setData({ templateFault: true })
      provider.change({ message_templates: wanted === null ? others : [...others, wanted] })
      this.setData({ templateOpen: '' })
    },
    onTemplateClose() {
      this.setData({ templateOpen: '' })
    },

    onSince() {
      const now = session.serverNow()
      const since = provider.settings?.default_open_since
      this.setData({ sinceOpen: true, sinceFault: '', picked: pickedOf(since ?? now), today: pickedOf(now).date })
    },
    onSincePicked(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ [`picked.${of(event, 'part')}`]: event.detail.value, sinceFault: '' })
    },
    onSinceOn() {
      const since = sinceOf(this.data.picked)
      if (Date.parse(since) > session.serverNow()) return void this.setData({ sinceFault: say('provider.since_future') })
      if (this.data.picked.date < EARLIEST) return void this.setData({ sinceFault: say('provider.since_early') })
      provider.change({ default_open_since: since })
      this.setData({ sinceOpen: false })
    },
    onSinceOff() {
      provider.change({ default_open_since: null })
      this.setData({ sinceOpen: false })
    },
    onSinceClose() {
      this.setData({ sinceOpen: false })
    },

    onSave() {
      if (!network.online || provider.sending) return
      if (provider.changed.includes('default_open_since')) this.setData({ asking: true, sheet: confirmSheet() })
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
