// 检查表: the draft of the next version, item by item, and the versions before it. On a phone an item is a page of its own; where there is room it stands
// beside the list.
import { reaction } from 'mobx-miniprogram'
import { bound } from '../../../behaviors/bound'
import { goBack, goTo } from '../../../behaviors/navigation'
import { retry } from '../../../behaviors/retry'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { sayDone } from '../../../behaviors/telling'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { withoutPaymentCode } from '../behaviors/no-payment-code'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { templateFields } from './fields'
import type { ItemForm } from './form'
import type { Part } from './store'
import { changesText } from './view'
import './words'

const { checklistTemplate, network, preferences, session } = stores
const say: typeof preferences.say = (...given) => preferences.say(...given)
const url = '/packages/manage/checklist-template/index'
const preview = '/packages/visit/preview/index'
const stops = new WeakMap<object, () => void>()
const of = (event: WechatMiniprogram.BaseEvent, name: string) => event.currentTarget.dataset[name] as string

const publishSheet = (): SheetView => ({
  title: say('checklist.publish_title', { version: (checklistTemplate.draft?.current_version ?? 0) + 1 }),
  facts: [],
  before: null,
  after: null,
  points: [
    { icon: 'edit', text: changesText(checklistTemplate.draft!.changes, say) || say('checklist.n_texts') },
    { icon: 'clock-o', text: say('checklist.publish_point_old') },
    { icon: 'lock', text: say('checklist.publish_point_kept') },
    ...(checklistTemplate.draft!.facts_lost.length > 0 ? [{ icon: 'warning-o', text: templateFields.head()!.lost }] : []),
  ],
  reason: {
    label: say('checklist.comment'),
    choices: [say('checklist.comment_1'), say('checklist.comment_2')],
    placeholder: say('checklist.comment_hint'),
    payment_code: say('payment_code.text'),
  },
  cancel: say('common.cancel'),
  confirm: say('checklist.publish'),
})
const endSheet = (title: string, point: string, confirm: string): SheetView => ({
  title,
  facts: [],
  before: null,
  after: null,
  points: [{ icon: 'delete-o', text: point }],
  reason: null,
  cancel: say('common.cancel'),
  confirm,
  danger: true,
})

Component({
  behaviors: [
    screen({
      words: [
        'checklist.add_here',
        'checklist.preview',
        'checklist.discard',
        'checklist.choose',
        'checklist.label_zh',
        'checklist.label_en',
        'checklist.help_zh',
        'checklist.help_en',
        'checklist.section',
        'checklist.type',
        'checklist.is_required',
        'checklist.must_be_true',
        'checklist.no_phone_number',
        'checklist.options',
        'checklist.option_zh',
        'checklist.option_en',
        'checklist.option_add',
        'checklist.option_remove',
        'checklist.condition',
        'checklist.remove',
        'checklist.save',
        'checklist.see',
        'checklist.offline',
        'checklist.offline_text',
        'checklist.merged_fact',
        'checklist.published',
      ],
      title: 'page.checklist_template',
      large: true,
    }),
    signedIn,
    wide,
    bound(templateFields),
  ],
  properties: {
    /** id of the item that this page is for */ change: { type: String, value: '' },
    /** section of the item that it adds */ add: { type: String, value: '' },
  },
  data: {
    wide: false,
    /** one item, on a page of its own */ alone: false,
    asking: '' as '' | 'publish' | 'discard' | 'remove',
    sheet: {} as SheetView,
  },
  lifetimes: {
    attached() {
      stops.set(
        this,
        reaction(
          () => checklistTemplate.kept,
          () => sayDone(say('checklist.kept')),
        ),
      )
    },
    detached() {
      stops.get(this)?.()
      stops.delete(this)
    },
  },
  methods: {
    async begin() {
      const { change, add } = this.data
      const alone = change !== '' || add !== ''
      if (alone !== this.data.alone) this.setData({ alone })
      await checklistTemplate.load()
      if (alone) checklistTemplate.edit(change, add)
    },
    widthChanged() {
      void this.begin()
    },
    onUnload() {
      if (this.data.alone) checklistTemplate.closeForm()
      else checklistTemplate.leave()
    },
    async onPullDownRefresh() {
      await retry(() => checklistTemplate.load())
      wx.stopPullDownRefresh()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : checklistTemplate.load()))
    },
    onPart(event: WechatMiniprogram.BaseEvent) {
      checklistTemplate.choose(of(event, 'id') as Part)
      wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    onItem(event: WechatMiniprogram.BaseEvent) {
      const id = of(event, 'id')
      if (this.data.wide) checklistTemplate.edit(id)
      else goTo(`${url}?change=${id}`)
    },
    onAdd(event: WechatMiniprogram.BaseEvent) {
      const id = of(event, 'id')
      if (this.data.wide) checklistTemplate.edit('', id)
      else goTo(`${url}?add=${id}`)
    },
    onUp(event: WechatMiniprogram.BaseEvent) {
      if (network.online) void checklistTemplate.move(of(event, 'id'), -1)
    },
    onDown(event: WechatMiniprogram.BaseEvent) {
      if (network.online) void checklistTemplate.move(of(event, 'id'), 1)
    },
    onPreview() {
      goTo(`${preview}?of=draft`)
    },
    onVersion(event: WechatMiniprogram.BaseEvent) {
      goTo(`${preview}?of=${event.currentTarget.dataset.version as number}`)
    },

    // ---- one item

    onField(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const name = of(event, 'field')
      checklistTemplate.put({ [name]: withoutPaymentCode(this, `form.${name}`, event.detail.value) } as Partial<ItemForm>)
    },
    onType(event: WechatMiniprogram.BaseEvent) {
      if (checklistTemplate.isNew) checklistTemplate.put({ type: of(event, 'id') as ItemForm['type'] })
    },
    onSection(event: WechatMiniprogram.BaseEvent) {
      checklistTemplate.put({ section: of(event, 'id') })
    },
    onSwitch(event: WechatMiniprogram.BaseEvent) {
      const field = of(event, 'field') as 'required' | 'must_be_true' | 'no_phone_number'
      const { form } = checklistTemplate
      if (form) checklistTemplate.put({ [field]: !form[field] })
    },
    onOption(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const { index, field } = event.currentTarget.dataset as { index: number; field: 'zh' | 'en' }
      const { form } = checklistTemplate
      if (!form) return
      const value = withoutPaymentCode(this, `form.options[${index}].${field}`, event.detail.value)
      checklistTemplate.put({ options: form.options.map((one, at) => (at === index ? { ...one, [field]: value } : one)) })
    },
    onOptionAdd() {
      const { form } = checklistTemplate
      if (form) checklistTemplate.put({ options: [...form.options, { value: '', zh: '', en: '' }] })
    },
    onOptionRemove(event: WechatMiniprogram.BaseEvent) {
      const { form } = checklistTemplate
      const index = event.currentTarget.dataset.index as number
      if (form) checklistTemplate.put({ options: form.options.filter((_, at) => at !== index) })
    },
    onConditionItem(event: WechatMiniprogram.BaseEvent) {
      const item = of(event, 'id')
      const { form } = checklistTemplate
      if (form?.condition?.item === item) return
      checklistTemplate.put({ condition: item === '' ? null : { item, is: true, value: '' } })
    },
    onConditionIs(event: WechatMiniprogram.BaseEvent) {
      const { form } = checklistTemplate
      if (form?.condition) checklistTemplate.put({ condition: { ...form.condition, is: of(event, 'id') === 'true' } })
    },
    onConditionValue(event: WechatMiniprogram.BaseEvent) {
      const { form } = checklistTemplate
      if (form?.condition) checklistTemplate.put({ condition: { ...form.condition, value: of(event, 'value') } })
    },
    async onSave() {
      if (!network.online) return
      if ((await checklistTemplate.saveForm()) && this.data.alone) goBack('/pages/mine/index')
    },
    async onConflict(event: { detail: { id: 'mine' | 'theirs' } }) {
      if ((await checklistTemplate.settle(event.detail.id)) && this.data.alone) goBack('/pages/mine/index')
    },

    // ---- ends

    onPublish() {
      if (!templateFields.publishOff()) this.setData({ asking: 'publish', sheet: publishSheet() })
    },
    onDiscard() {
      if (!network.online) return
      const { draft } = checklistTemplate
      const sheet = endSheet(
        say('checklist.discard_title'),
        say('checklist.discard_point', { version: draft?.current_version ?? 0 }),
        say('checklist.discard'),
      )
      this.setData({ asking: 'discard', sheet })
    },
    onRemove() {
      if (!network.online) return
      const { form } = checklistTemplate
      if (!form) return
      const sheet = endSheet(say('checklist.remove_title', { id: form.id }), say('checklist.remove_point'), say('checklist.remove'))
      this.setData({ asking: 'remove', sheet })
    },
    onCancel() {
      this.setData({ asking: '' })
    },
    async onConfirm(event: { detail: { reason: string } }) {
      const { asking } = this.data
      const id = checklistTemplate.form?.id ?? ''
      this.setData({ asking: '' })
      if (asking === 'publish') await checklistTemplate.publish(event.detail.reason)
      else if (asking === 'discard') await checklistTemplate.discard()
      else if ((await checklistTemplate.remove(id)) && this.data.alone) goBack('/pages/mine/index')
    },
    onRefusal() {
      checklistTemplate.dismiss()
    },
  },
})
