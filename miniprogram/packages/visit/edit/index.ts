// 到店检查: the checklist of one visit. Everything is kept as it is answered; 提交 gives it to the outbox and says what became of it.
import { retry } from '../../../behaviors/retry'
import { goBack, goTo, replaceWith } from '../../../behaviors/navigation'
import { sayDone } from '../../../behaviors/telling'
import { bound } from '../../../behaviors/bound'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import type { SheetView } from '../components/confirm-sheet/view'
import type { Answer } from '../../../shared/checklist'
import type { FormView } from './view'
import type { FormStatus } from './store'
import { stores } from '../stores/index'
import './words'
import '../words/words'

const { network, photos, preferences, session, visitForm, visitSent } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)

/** what is shown instead of the form */
const PANELS: Partial<
  Record<
    FormStatus,
    { kind: string; title?: 'visit.forbidden' | 'visit.no_template' | 'visit.no_room' | 'visit.not_yours' | 'visit.accepted' }
  >
> = {
  error: { kind: 'error' },
  offline: { kind: 'offline' },
  forbidden: { kind: 'forbidden', title: 'visit.forbidden' },
  no_template: { kind: 'offline', title: 'visit.no_template' },
  no_room: { kind: 'error', title: 'visit.no_room' },
  not_yours: { kind: 'forbidden', title: 'visit.not_yours' },
  accepted: { kind: 'empty', title: 'visit.accepted' },
}
const RETRIED: FormStatus[] = ['error', 'offline', 'no_template', 'no_room']
const READ: FormStatus[] = ['not_yours', 'accepted']

function panelView() {
  if (session.status === 'error')
    return { id: 'error', kind: 'error', title: '', sentence: '', problem: session.problem, action: say('common.retry') }
  const panel = PANELS[visitForm.status]
  if (!panel) return null
  // what the server said (not mine to see) is more than what the role says
  const title = visitForm.problem ? undefined : panel.title
  const action = RETRIED.includes(visitForm.status) ? say('common.retry') : READ.includes(visitForm.status) ? say('visit.see') : ''
  return {
    id: visitForm.status,
    kind: panel.kind,
    title: title ? say(title) : '',
    sentence: title ? say(`${title}_text`) : '',
    problem: visitForm.problem,
    action,
  }
}

/** the head and its bars; the items are bound beside it, so that an answer sends only what it changed */
const headOf = ({ sections, answered, asked, spoken }: FormView) => ({
  answered,
  asked,
  spoken,
  sections: sections.map(({ id, title, count, spoken: said, done, share, weight }) => ({
    id,
    title,
    count,
    spoken: said,
    done,
    share,
    weight,
  })),
})

const discardSheet = (): SheetView => ({
  title: say('visit.delete_title'),
  facts: visitForm.draft ? [visitForm.draft.shop.name] : [],
  before: null,
  after: null,
  points: [{ icon: 'delete-o', text: say('visit.delete_text') }],
  reason: null,
  option: null,
  cancel: say('common.cancel'),
  confirm: say('visit.delete_confirm'),
  danger: true,
})

/** banners, the worst first: one that says what is lost before one that says what goes on */
function noticesOf() {
  const notices: { id: string; kind: string; icon: string; fact: string; text: string }[] = []
  if (visitForm.not_kept)
    notices.push({ id: 'not-kept', kind: 'bad', icon: 'warning-o', fact: say('visit.not_saved'), text: say('visit.not_saved_text') })
  const { returned } = visitForm
  if (returned)
    notices.push({
      id: 'returned',
      kind: 'bad',
      icon: 'revoke',
      fact: say('visit.returned', { ...returned }),
      text: say('visit.returned_text'),
    })
  if (!network.online)
    notices.push({ id: 'state-offline', kind: 'warn', icon: 'warning-o', fact: say('visit.offline'), text: say('visit.offline_text') })
  if (visitForm.template_changed)
    notices.push({
      id: 'template-changed',
      kind: 'wait',
      icon: 'info-o',
      fact: say('visit.template_changed'),
      text: say('visit.template_changed_text'),
    })
  return notices
}

function photoTrouble() {
  const { photo_trouble: trouble } = visitForm
  return trouble && { fact: say(`photo.${trouble}.fact`), text: say(`photo.${trouble}.text`) }
}

Component({
  behaviors: [
    screen({
      words: [
        'visit.add_one',
        'visit.done',
        'visit.edit_again',
        'visit.fault_NUMBER',
        'visit.fault_PAYMENT_CODE',
        'visit.less',
        'visit.photo_add',
        'visit.photo_busy',
        'visit.photo_hint',
        'visit.photo_more',
        'visit.remove_photo',
        'visit.required',
        'visit.see_photo',
        'visit.text_hint',
        'visit.to_outbox',
        'visit.to_shop',
        'visit.to_receipt',
        'visit.explain',
        'visit.verdict_label',
        'visit.delete',
      ],
      title: 'page.visit_edit',
    }),
    signedIn,
    bound({
      skeleton: () => visitForm.skeleton,
      slow: () => visitForm.status === 'slow',
      panel: panelView,
      name: () => visitForm.draft?.shop.name ?? '',
      tail: () => say('visit.tail', { tail: visitForm.draft?.shop.sub_mchid.slice(-4) ?? '' }),
      saved: () =>
        visitForm.not_kept
          ? say('visit.not_saved')
          : visitForm.begun
            ? say('visit.saved', { time: visitForm.saved_at })
            : say('visit.nothing_yet'),
      notices: noticesOf,
      begun: () => visitForm.begun,
      trouble: photoTrouble,
      marked: () => visitForm.marked,
      head: () => (visitForm.status === 'ready' && visitForm.form ? headOf(visitForm.form) : null),
      parts: () =>
        visitForm.status === 'ready'
          ? (visitForm.form?.sections.map(({ id, title, count, items }) => ({ id, title, count, items })) ?? [])
          : [],
      primary: () => {
        const left = visitForm.form?.left ?? 0
        return left > 0 ? say('visit.left', { count: left }) : say('visit.submit')
      },
      hint: () => (visitForm.marked && visitForm.form?.gap ? say('visit.first_gap', { label: visitForm.form.gap.label }) : ''),
      keep: () => [{ id: 'keep', icon: 'notes-o', label: say('visit.keep') }],
      taking: () => photos.busy,
      takingFor: () => visitForm.taking_for,
      sent: () => (visitForm.status === 'sent' ? visitSent.view : null),
    }),
  ],
  properties: { visit_id: { type: String, value: '' }, sub_mchid: { type: String, value: '' } },
  data: { asking: false, sheet: {} as SheetView, section: '' },
  methods: {
    async begin() {
      await visitForm.open({ visit_id: this.data.visit_id, sub_mchid: this.data.sub_mchid })
      this.follow()
    },
    follow() {
      if (visitForm.status === 'sent' && visitForm.visit_id !== null) visitSent.follow(visitForm.visit_id)
    },
    onUnload() {
      visitForm.leave()
      visitSent.leave()
    },
    onRetry() {
      if (session.status === 'error') return void retry(session.start)
      if (READ.includes(visitForm.status)) return void replaceWith(`/packages/visit/detail/index?visit_id=${visitForm.visit_id}`)
      void retry(() => this.begin())
    },
    onAnswer({ detail }: WechatMiniprogram.CustomEvent<{ id: string; value: Answer | null }>) {
      visitForm.answer(detail.id, detail.value ?? undefined)
    },
    onPhoto({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
      void visitForm.addPhoto(detail.id)
    },
    onSee({ detail }: WechatMiniprogram.CustomEvent<{ id: string; photo_id: string }>) {
      visitForm.seePhoto(detail.id, detail.photo_id)
    },
    onRemovePhoto({ detail }: WechatMiniprogram.CustomEvent<{ id: string; photo_id: string }>) {
      visitForm.removePhoto(detail.id, detail.photo_id)
    },
    onTrouble() {
      visitForm.dismissPhotoTrouble()
    },
    onSection({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
      this.setData({ section: detail.id })
      this.scrollTo(`#section-${detail.id}`)
    },
    /** below the head, which stays */
    scrollTo(selector: string) {
      const query = wx.createSelectorQuery().in(this)
      query.select('#head').boundingClientRect()
      query.exec(([head]: [{ height: number } | null]) => {
        wx.pageScrollTo({ selector, offsetTop: -Math.round(head?.height ?? 0) - 8, duration: 200 })
      })
    },
    onPrimary() {
      const gap = visitForm.submit()
      if (gap !== null) return this.scrollTo(`#item-${gap}`)
      this.follow()
      wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    /** 存草稿: what was answered is kept already; this says so and leaves */
    onKeep() {
      if (visitForm.keep()) this.leavePage(() => sayDone(say('visit.kept')))
    },
    leavePage(there?: () => void) {
      goBack('/pages/visits/index', there)
    },
    onDelete() {
      this.setData({ sheet: discardSheet(), asking: true })
    },
    onCancel() {
      this.setData({ asking: false })
    },
    onConfirmDelete() {
      this.setData({ asking: false })
      visitForm.discard()
      this.leavePage()
    },
    onChange() {
      visitSent.leave()
      visitForm.change()
      this.follow()
    },
    onOutbox() {
      goTo('/packages/system/outbox/index')
    },
    onDone() {
      this.leavePage()
    },
    /** the owner stands by: what customers will see, on cards */
    onExplain() {
      const sub_mchid = visitSent.view?.shop.sub_mchid
      if (sub_mchid) goTo(`/packages/merchant/explain/index?sub_mchid=${sub_mchid}`)
    },
    onShop() {
      const sub_mchid = visitSent.view?.shop.sub_mchid
      if (sub_mchid) replaceWith(`/packages/merchant/detail/index?sub_mchid=${sub_mchid}`)
    },
  },
})
