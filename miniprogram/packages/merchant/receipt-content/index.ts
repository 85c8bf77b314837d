// 小票内容: the blocks of this shop's receipt, chosen and put in order with buttons, beside the page as its customers will see it.
import { askPerson, sayDone } from '../../../behaviors/telling'
import { reaction } from 'mobx-miniprogram'
import { bound } from '../../../behaviors/bound'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import type { ReceiptBlockKind, ReceiptTemplateCode } from '../shared/receipt-blocks'
import type { BlockField } from './rules'
import { ofMerchant, openMerchant } from '../behaviors/of-merchant'
import { stores } from '../stores/index'
import { contentFields, receiptEditor } from './fields'
import './words'
import '../words/words'

const { merchant, preferences, receiptContent, session } = stores
const stops = new WeakMap<object, () => void>()

Component({
  behaviors: [
    screen({
      words: [
        'payment_page.paid',
        'payment_page.official_receipt',
        'payment_page.unread',
        'payment_page.sample',
        'payment_page.ad',
        'payment_page.closed',
        'payment_page.legacy_page',
        'receipt_content.templates',
        'receipt_content.blocks',
        'receipt_content.none',
        'receipt_content.none_sentence',
        'receipt_content.add',
        'receipt_content.preview',
        'receipt_content.preview_sample',
        'receipt_content.resumed',
        'receipt_content.unsure',
        'receipt_content.unsure_text',
        'receipt_content.as_of',
        'receipt_content.as_of_text',
        'receipt_content.read_only',
        'receipt_content.read_only_text',
        'receipt_content.revert',
      ],
      title: 'page.receipt_content',
      large: false,
    }),
    signedIn,
    ofMerchant,
    bound(contentFields),
  ],
  properties: { sub_mchid: { type: String, value: '' } },
  lifetimes: {
    attached() {
      stops.set(
        this,
        reaction(
          () => receiptEditor.saved,
          () => sayDone(preferences.say('receipt_content.saved')),
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
      openMerchant(this.data.sub_mchid)
      void receiptContent.open(this.data.sub_mchid)
      receiptEditor.begin(this.data.sub_mchid)
    },
    onUnload() {
      receiptEditor.leave()
    },
    onReload() {
      if (session.status === 'error') return void session.start()
      if (merchant.merchant === null) void merchant.load(this.data.sub_mchid)
      void receiptContent.open(this.data.sub_mchid)
    },
    onTemplate(event: WechatMiniprogram.BaseEvent) {
      const { code, name } = event.currentTarget.dataset as { code: ReceiptTemplateCode; name: string }
      if (!receiptEditor.editable || receiptEditor.template === code) return
      // what somebody wrote is not thrown away by one tap
      if (receiptEditor.rows.length === 0 || receiptEditor.template !== null) return receiptEditor.take(code)
      void askPerson(preferences.say('receipt_content.replace', { template: name })).then(yes => yes && receiptEditor.take(code))
    },
    onUnfold(event: WechatMiniprogram.BaseEvent) {
      if (!receiptEditor.read_only) receiptEditor.unfold(event.currentTarget.dataset.key as number)
    },
    onUp(event: WechatMiniprogram.BaseEvent) {
      receiptEditor.move(event.currentTarget.dataset.key as number, -1)
    },
    onDown(event: WechatMiniprogram.BaseEvent) {
      receiptEditor.move(event.currentTarget.dataset.key as number, 1)
    },
    onRemove(event: WechatMiniprogram.BaseEvent) {
      receiptEditor.remove(event.currentTarget.dataset.key as number)
    },
    onField(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const { key, field } = event.currentTarget.dataset as { key: number; field: BlockField }
      receiptEditor.fill(key, field, event.detail.value)
    },
    onAdd(event: WechatMiniprogram.BaseEvent) {
      receiptEditor.add(event.currentTarget.dataset.kind as ReceiptBlockKind)
    },
    onRevert() {
      receiptEditor.revert()
    },
    onSave() {
      void receiptEditor.save()
    },
    onAllowLinks() {
      void receiptEditor.allowLinks()
    },
    onConflict(event: { detail: { id: 'mine' | 'theirs' } }) {
      if (event.detail.id === 'mine') receiptEditor.insist()
      else receiptEditor.takeTheirs()
    },
    onRefusalClose() {
      receiptEditor.dismiss()
    },
    onRefusalAct(event: { detail: { id: string } }) {
      receiptEditor.dismiss()
      if (event.detail.id === 'retry') void receiptEditor.save()
      else if (event.detail.id === 'reload') void receiptContent.open(this.data.sub_mchid)
    },
  },
})
