// AppID 登记: the list, one entry, or a list that is pasted. On a phone each is a page of its own; where there is room the list stays beside it.
import { reaction } from 'mobx-miniprogram'
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { retry } from '../../../behaviors/retry'
import { rowsIn } from '../../../behaviors/rows'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { sayDone } from '../../../behaviors/telling'
import { absoluteTime } from '../../../rules/relative-time'
import { withoutPaymentCode } from '../behaviors/no-payment-code'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { dayOf } from './form'
import { STATES, type AppidState } from './store'
import { appidRow, effectText, kindLabel, KINDS, lastChange, listView, ownerText } from './view'
import './words'

const { appids, network, preferences, session } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
const url = '/packages/manage/appids/index'
const stops = new WeakMap<object, () => void>()

const rows = () => appids.items.map(item => ({ ...appidRow(item, session.serverNow(), say), here: item.appid === appids.form?.appid }))

function formFields() {
  const { form, entry, fault, marked } = appids
  if (!form) return null
  const said = marked && fault ? { field: fault.field, text: say(`appids.fault_${fault.code}`) } : null
  return {
    appid: form.appid,
    isNew: entry === null,
    named: entry !== null,
    kind: form.kind,
    kinds: KINDS.map(id => ({ id, label: kindLabel(id, say), on: id === form.kind })),
    name: form.name,
    owner: form.owner,
    ownerName: entry && entry.owner?.sub_mchid === form.owner ? ownerText(entry, say) : '',
    ended: form.ended_on,
    endedText: form.ended_on === '' ? say('appids.still_used') : say('appids.ended_on', { day: form.ended_on }),
    note: form.kind === 'unregistered' ? say('appids.unregistered_note') : form.ended_on === '' ? '' : say('appids.ended_note'),
    appidFault: said?.field === 'appid' ? said.text : '',
    kindFault: said?.field === 'kind' ? said.text : '',
    ownerFault: said?.field === 'owner' ? said.text : '',
    orders: entry ? say('appids.orders', { count: entry.orders }) : '',
    effect: entry ? effectText(entry, say) : '',
    underWay: entry?.effect?.under_way ?? false,
    last: entry ? lastChange(entry, session.serverNow(), say) : '',
  }
}

/** what stands on the button: why it does nothing, or what it does */
function saveLabel(): string {
  if (!network.online) return say('appids.needs_network')
  if (!appids.changed) return say('appids.nothing_changed')
  return say(appids.entry ? 'appids.save' : 'appids.save_new')
}

Component({
  behaviors: [
    screen({
      words: [
        'appids.search',
        'appids.why',
        'appids.missing',
        'appids.enter_it',
        'appids.add',
        'appids.paste',
        'appids.choose',
        'appids.clear',
        'appids.read_only',
        'appids.read_only_text',
        'appids.offline',
        'appids.offline_text',
        'appids.field_appid',
        'appids.field_appid_hint',
        'appids.field_kind',
        'appids.field_name',
        'appids.field_name_hint',
        'appids.field_owner',
        'appids.field_owner_hint',
        'appids.field_ended',
        'appids.choose_day',
        'appids.use_again',
        'appids.paste_title',
        'appids.paste_hint',
        'appids.paste_note',
        'appids.preview',
        'appids.entries',
        'appids.refused',
        'appids.applied',
        'appids.overtaken',
        'appids.conflict',
        'appids.overtaken_text',
        'appids.column_appid',
        'appids.column_kind',
        'appids.column_name',
        'appids.column_owner',
        'appids.column_orders',
      ],
      title: 'page.appids',
      large: false,
    }),
    signedIn,
    wide,
    rowsIn('groups', rows),
    bound({
      status: () => (session.status === 'error' ? 'error' : appids.status),
      problem: () => (session.status === 'error' ? session.problem : appids.problem),
      skeleton: () => appids.skeleton,
      more: () => appids.more,
      total: () => (appids.status === 'ready' ? say('appids.total', { count: appids.total }) : ''),
      query: () => appids.query,
      states: () => STATES.map(id => ({ id, label: say(`appids.state_${id}`), on: appids.state === id })),
      filtered: () => appids.filtered,
      emptyTitle: () => say(appids.filtered ? 'appids.none_filtered' : 'appids.none'),
      emptySentence: () => say(appids.filtered ? 'appids.none_filtered_sentence' : 'appids.none_sentence'),
      missing: () =>
        appids.filtered
          ? []
          : appids.missing.map(({ appid, orders, last_paid_at }) => ({
              appid,
              text: say('appids.missing_line', { count: orders, time: absoluteTime(last_paid_at, session.serverNow(), say) }),
            })),
      mayChange: () => appids.mayChange,
      offline: () => !network.online,
      unreached: () => session.status === 'error' || appids.status === 'error' || appids.status === 'offline',
      form: formFields,
      saveLabel,
      saveOff: () => !network.online || !appids.changed,
      saving: () => appids.saving,
      conflict: () => (appids.conflict && appids.entry ? say('appids.conflict_text', { now: nowOf() }) : ''),
      conflictActions: () => [
        { id: 'theirs', label: say('appids.theirs') },
        { id: 'mine', label: say('appids.mine') },
      ],
      text: () => appids.text,
      lookOff: () => appids.text.trim() === '' || !network.online,
      looking: () => appids.previewing,
      preview: () => appids.preview && listView(appids.preview, say),
      applyLabel: () => {
        const writes = appids.preview ? appids.preview.added + appids.preview.changed : 0
        return writes === 0 ? say('appids.nothing_to_apply') : say('appids.apply', { count: writes })
      },
      applying: () => appids.applying,
      applied: () => appids.applied && say('appids.applied_text', { added: appids.applied.added, changed: appids.applied.changed }),
      overtaken: () => appids.overtaken,
      refusal: () => appids.refusal,
    }),
  ],
  properties: { appid: { type: String, value: '' }, do: { type: String, value: '' } },
  data: { wide: false, part: '' as '' | 'entry' | 'paste', today: '' },
  lifetimes: {
    attached() {
      stops.set(
        this,
        reaction(
          () => appids.saved,
          () => sayDone(say('appids.saved')),
        ),
      )
    },
    detached() {
      stops.get(this)?.()
      stops.delete(this)
    },
  },
  methods: {
    begin() {
      const { appid, do: what } = this.data
      const own = what === 'paste' ? 'paste' : what === 'add' || appid !== '' ? 'entry' : ''
      this.setData({ today: dayOf(session.serverNow()), part: this.data.part || own })
      if (own === '' || this.data.wide) void appids.refresh()
      if (own === 'entry' && (appids.form === null || (appid !== '' && appids.form.appid !== appid))) void appids.open(appid)
    },
    widthChanged() {
      this.begin()
    },
    onUnload() {
      const { appid, do: what, part } = this.data
      // the list itself: whoever opens it next sees all of it
      if (what === '' && appid === '') appids.reset()
      else if (part === 'entry') appids.close()
      else if (part === 'paste') appids.leavePaste()
    },
    async onPullDownRefresh() {
      await retry(() => appids.refresh())
      wx.stopPullDownRefresh()
    },
    onReachBottom() {
      if (this.data.part === '' || this.data.wide) void appids.loadMore()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : appids.refresh()))
    },
    onSearch(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      appids.search(withoutPaymentCode(this, 'query', event.detail.value))
    },
    onState(event: WechatMiniprogram.BaseEvent) {
      appids.filter(event.currentTarget.dataset.id as AppidState)
    },
    onClear() {
      appids.search('')
      if (appids.state) appids.filter(appids.state)
    },
    onRow(event: WechatMiniprogram.BaseEvent) {
      this.show('entry', event.currentTarget.dataset.id as string)
    },
    onAdd() {
      this.show('entry', '')
    },
    onPaste() {
      this.show('paste', '')
    },
    /** Beside the list where there is room, else on a page of its own. */
    show(part: 'entry' | 'paste', appid: string) {
      if (this.data.wide) {
        this.setData({ part })
        if (part === 'entry') void appids.open(appid)
        return
      }
      if (part === 'entry') void appids.open(appid)
      goTo(part === 'paste' ? `${url}?do=paste` : appid === '' ? `${url}?do=add` : `${url}?appid=${appid}`)
    },
    onField(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const name = event.currentTarget.dataset.field as string
      appids.put({ [name]: withoutPaymentCode(this, `form.${name}`, event.detail.value) })
    },
    onKind(event: WechatMiniprogram.BaseEvent) {
      appids.put({ kind: event.currentTarget.dataset.kind as (typeof KINDS)[number] })
    },
    onDay(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      appids.put({ ended_on: event.detail.value })
    },
    onUseAgain() {
      appids.put({ ended_on: '' })
    },
    onSave() {
      if (network.online) void appids.save()
    },
    onConflict(event: { detail: { id: 'theirs' | 'mine' } }) {
      appids.settle(event.detail.id)
    },
    onText(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      appids.paste(withoutPaymentCode(this, 'text', event.detail.value))
    },
    onLook() {
      if (network.online) void appids.look()
    },
    onApply() {
      if (network.online) void appids.enterAll()
    },
    onRefusal() {
      appids.dismiss()
    },
    onRefusalAct() {
      appids.dismiss()
    },
  },
})

function nowOf(): string {
  const { entry } = appids
  if (!entry) return ''
  return [kindLabel(entry.kind, say), ownerText(entry, say), ...(entry.name === null ? [] : [entry.name])].join(' · ')
}
