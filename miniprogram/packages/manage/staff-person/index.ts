// One person of the staff: role, regions, invite, workload, letting them go. Without an id in its link it is somebody new.
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import type { StaffMember } from '../../../../typings/api'
import { bound } from '../../../behaviors/bound'
import { retry } from '../../../behaviors/retry'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { copyText, sayDone } from '../../../behaviors/telling'
import { choosePerson, choosingPerson } from '../behaviors/choosing-person'
import { choosingRegion } from '../behaviors/choosing-region'
import { withoutPaymentCode } from '../behaviors/no-payment-code'
import { askedOfAdmin } from '../behaviors/whom-to-ask'
import { wide } from '../behaviors/wide'
import type { Taker } from '../stores/assignees'
import { stores } from '../stores/index'
import { ROLES } from '../staff/store'
import { LONGEST_NAME } from './form'
import '../words/people.words'
import '../words/regions.words'
import './words'

const { network, person, preferences, session } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
const PANELS = ['error', 'offline', 'forbidden']

/** Opens the login page with the code filled in. */
const invitePath = (code: string) => `/pages/login/index?invite=${code.replace('-', '')}`

/** what has to be handed over, and to whom ('' for nobody) */
const leaving = new WeakMap<object, { shops: number; disabling: boolean; to: string }>()

const disableSheet = (shops: string): SheetView => ({
  title: say('person.disable_title', { name: person.member?.display_name ?? '' }),
  facts: [],
  before: null,
  after: null,
  points: [
    { icon: 'lock', text: say('person.disable_out') },
    { icon: 'shop-o', text: shops },
  ],
  reason: null,
  cancel: say('common.cancel'),
  confirm: say('person.disable'),
  danger: true,
})
const handOverSheet = (shops: string): SheetView => ({
  title: say('person.save_title', { name: person.member?.display_name ?? '' }),
  facts: [],
  before: null,
  after: null,
  points: [{ icon: 'shop-o', text: shops }],
  reason: null,
  cancel: say('common.cancel'),
  confirm: say('person.save'),
})

Component({
  behaviors: [
    screen({
      words: [
        'people.none',
        'people.none_sentence',
        'people.nobody',
        'people.nobody_note',
        'people.search',
        'person.add_region',
        'person.copy',
        'person.disable',
        'person.enable',
        'person.invite',
        'person.name',
        'person.only_own',
        'person.only_own_note',
        'person.own_role',
        'person.regions',
        'person.regions_needed',
        'person.role',
        'person.save',
        'person.share',
        'person.workload',
        'regions.title',
        'regions.up',
        'regions.failed',
        'switch.locked.offline',
      ],
      title: 'page.staff_person',
    }),
    signedIn,
    wide,
    choosingRegion,
    choosingPerson,
    bound({
      status: () => (session.status === 'error' ? 'error' : person.status),
      panel: () => (session.status === 'error' ? 'error' : PANELS.includes(person.status) ? person.status : ''),
      problem: () => (session.status === 'error' ? session.problem : askedOfAdmin(person.problem, say)),
      skeleton: () => person.skeleton,
      isNew: () => person.isNew,
      name: () => person.form.display_name,
      roles: () => ROLES.map(id => ({ id, label: say(`role.${id}`), note: say(`person.role_${id}`), on: person.form.role === id })),
      roleLocked: () => person.isSelf,
      scoped: () => person.scoped,
      regions: () => person.form.regions,
      onlyOwn: () => person.form.assigned_only,
      canSave: () => person.canSave && network.online,
      changed: () => person.changed,
      offline: () => !network.online,
      saving: () => person.saving,
      facts: () => person.facts,
      statusLabel: () => (person.member ? say(`people.status_${person.member.status}`) : ''),
      personStatus: () => person.member?.status ?? '',
      title: () => person.member?.display_name ?? '',
      disabled: () => person.disabled,
      invite: () => (person.disabled ? null : person.inviteView),
      inviting: () => person.isInviting,
      refusal: () => person.refusal,
    }),
  ],
  properties: { staff_id: { type: String, value: '' } },
  data: { wide: false, longest: LONGEST_NAME, sheet: {} as SheetView, asking: '' as '' | 'disable' | 'hand_over' },
  methods: {
    begin() {
      void person.open(this.data.staff_id || (person.isNew ? null : person.staff_id))
    },
    onUnload() {
      person.close()
    },
    async onPullDownRefresh() {
      await retry(() => person.read())
      wx.stopPullDownRefresh()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : person.read()))
    },
    onNameTyped(event: { detail: { value: string } }) {
      person.change({ display_name: withoutPaymentCode(this, 'name', event.detail.value) })
    },
    onName(event: { detail: { value: string } }) {
      person.change({ display_name: event.detail.value })
    },
    onRole(event: WechatMiniprogram.BaseEvent) {
      if (!person.isSelf) person.change({ role: event.currentTarget.dataset.id as StaffMember['role'] })
    },
    regionTaken(region: { code: string; name: string }) {
      person.addRegion(region)
    },
    onRegionRemove(event: WechatMiniprogram.BaseEvent) {
      person.removeRegion(event.currentTarget.dataset.code as string)
    },
    onOnlyOwn() {
      person.change({ assigned_only: !person.form.assigned_only })
    },
    async onSave() {
      if (!person.canSave || person.saving || !network.online) return
      const isNew = person.isNew
      if (!(await person.save())) return this.askWhoTakes()
      if (isNew) await person.makeInvite()
      else sayDone(say('person.saved'))
    },
    async onInvite() {
      if (network.online && !person.isInviting) await person.makeInvite()
    },
    onCopyCode() {
      if (person.invite?.code) copyText(person.invite.code)
    },
    onDisable() {
      const { member } = person
      if (!member || !network.online || person.saving) return
      if (member.workload.shops > 0) return void this.askWhoTakes(member.workload.shops, true)
      this.setData({ sheet: disableSheet(say('person.disable_no_shops')), asking: 'disable' })
    },
    async onEnable() {
      if (network.online && !person.saving && (await person.enable())) sayDone(say('person.enabled'))
    },
    /** Shops that have to go first: who takes them is chosen, then everything happens in one step. */
    askWhoTakes(shops = person.leaving?.shops ?? 0, disabling = person.leaving?.disabling ?? false) {
      if (shops === 0) return
      leaving.set(this, { shops, disabling, to: '' })
      // of somebody who stays only some have to go: the server says where those do not fit
      choosePerson(this, say('person.who_takes'), say('person.who_takes_sentence', { count: shops }), disabling ? person.staff_id : null)
    },
    personTaken({ id, name }: Taker) {
      const { shops, disabling } = leaving.get(this)!
      leaving.set(this, { shops, disabling, to: id })
      const to = id === '' ? say('person.nobody_takes', { count: shops }) : say('person.takes', { count: shops, name })
      this.setData({ sheet: disabling ? disableSheet(to) : handOverSheet(to), asking: 'hand_over' })
    },
    onCancel() {
      person.leave()
      this.setData({ asking: '' })
    },
    async onConfirm() {
      const { asking } = this.data
      const { to, disabling } = asking === 'hand_over' ? leaving.get(this)! : { to: null, disabling: true }
      this.setData({ asking: '' })
      const hand_over = to === null ? undefined : { staff_id: to === '' ? null : to }
      const done = await (disabling ? person.disable(hand_over) : person.save(hand_over))
      if (done) sayDone(say(disabling ? 'person.disabled' : 'person.saved'))
      else this.askWhoTakes()
    },
    onRefusal() {
      person.dismiss()
    },
    onRefusalAct() {
      void person.again()
    },
    /** With a code: a card that opens the login page with it; else nothing that could be told. */
    onShareAppMessage() {
      const code = person.invite?.code
      return code
        ? { title: say('person.share_title'), path: invitePath(code), imageUrl: '/packages/merchant/images/share-card.png' }
        : { title: say('home.brand'), path: '/pages/home/index' }
    },
  },
})
