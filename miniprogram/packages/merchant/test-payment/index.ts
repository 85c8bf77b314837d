// 验证支付: six questions, one a screen, then what the payment proves.
import { goTo, replaceWith } from '../../../behaviors/navigation'
import { bound } from '../../../behaviors/bound'
import { ofMerchant, openMerchant, toMerchant } from '../behaviors/of-merchant'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import type { FieldTestStep } from './rules'
import { stores } from '../stores/index'
import './words.zh-CN'
import '../words/zh-CN'

const { fieldTest, network, outbox, photos, preferences, troubleshooting } = stores

Component({
  behaviors: [
    screen({
      words: [
        'field_test.change',
        'field_test.back',
        'field_test.next',
        'field_test.choose',
        'field_test.submit',
        'field_test.resumed',
        'field_test.settling_text',
        'field_test.recorded',
        'field_test.verdict_label',
        'field_test.to_shop',
        'field_test.conclude',
        'field_test.ask_order',
        'field_test.forbidden',
        'field_test.forbidden_sentence',
        'field_test.photo_add',
        'field_test.photo_more',
        'field_test.photo_busy',
        'field_test.photo_hint',
        'field_test.remove_photo',
        'field_test.see_photo',
        'field_test.from_album',
        'field_test.not_kept',
        'field_test.not_kept_text',
        'field_test.offline_text',
        'field_test.to_outbox',
        'evidence_post.offline',
      ],
      title: 'page.test_payment',
    }),
    signedIn,
    ofMerchant,
    bound({
      step: () => fieldTest.step,
      forbidden: () => fieldTest.forbidden,
      status: () => fieldTest.status,
      locked: () => fieldTest.locked ?? '',
      settling: () => fieldTest.settling ?? '',
      offline: () => !network.online,
      resumed: () => (fieldTest.resumed && fieldTest.step ? [{ id: 'restart', label: preferences.say('field_test.restart') }] : null),
      asksPhotos: () => fieldTest.asksPhotos,
      photos: () => fieldTest.photos.map(({ id, path }) => ({ id, src: path })),
      photosOpen: () => fieldTest.photosOpen,
      taking: () => photos.busy,
      trouble: () => {
        const { photo_trouble: trouble } = fieldTest
        if (trouble === null) return ''
        return [preferences.say(`photo.${trouble}.fact`), preferences.say(`photo.${trouble}.text`)].join(' ')
      },
      notKept: () => fieldTest.not_kept,
      queued: () =>
        fieldTest.status === 'queued'
          ? {
              fact: preferences.say('field_test.queued', { count: outbox.unsent }),
              text: preferences.say(network.online ? 'field_test.queued_online' : 'field_test.queued_text'),
            }
          : null,
      refusal: () => fieldTest.problem,
      result: () => fieldTest.result,
    }),
  ],
  properties: { sub_mchid: { type: String, value: '' }, evidence_id: { type: String, value: '' } },
  methods: {
    begin() {
      openMerchant(this.data.sub_mchid)
      fieldTest.open(this.data.sub_mchid, this.data.evidence_id)
    },
    onUnload() {
      fieldTest.leave()
    },
    onChoose(event: WechatMiniprogram.BaseEvent) {
      const { of, code } = event.currentTarget.dataset as { of: FieldTestStep | 'ready' | 'refunded'; code: string }
      const before = fieldTest.step?.id
      fieldTest.answer(of, code)
      if (fieldTest.step?.id !== before) wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    onChange(event: WechatMiniprogram.BaseEvent) {
      fieldTest.goTo(event.currentTarget.dataset.id as FieldTestStep)
    },
    onPhoto() {
      void fieldTest.addPhoto()
    },
    onAlbum() {
      void fieldTest.addPhoto('album')
    },
    onSeePhoto({ detail }: WechatMiniprogram.CustomEvent<{ photo_id: string }>) {
      fieldTest.previewPhoto(detail.photo_id)
    },
    onRemovePhoto({ detail }: WechatMiniprogram.CustomEvent<{ photo_id: string }>) {
      fieldTest.removePhoto(detail.photo_id)
    },
    onOutbox() {
      replaceWith('/packages/system/outbox/index')
    },
    onBack() {
      fieldTest.back()
    },
    onNext() {
      fieldTest.next()
    },
    /** above this page, which keeps its answers */
    onAskOrder() {
      goTo(`/packages/merchant/order-query/index?sub_mchid=${this.data.sub_mchid}`)
    },
    onRestart() {
      fieldTest.restart()
    },
    onSubmit() {
      void fieldTest.submit()
    },
    onRefusal() {
      fieldTest.dismiss()
    },
    onRefusalAct(event: { detail: { id: string } }) {
      if (event.detail.id === 'retry') void fieldTest.again()
      else fieldTest.dismiss()
    },
    /** the gold button of the result */
    onFollowUp() {
      const next = fieldTest.result?.primary.id
      if (next === 'again') fieldTest.restart()
      else if (next === 'troubleshoot') this.onTroubleshoot()
      else toMerchant(this.data.sub_mchid)
    },
    /** what was answered is not asked again */
    onTroubleshoot() {
      troubleshooting.begin(this.data.sub_mchid, fieldTest.observed)
      replaceWith(`/packages/merchant/troubleshoot/index?sub_mchid=${this.data.sub_mchid}`)
    },
  },
})
