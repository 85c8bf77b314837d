// 验证支付: six questions, one a screen, then what the payment proves.
import { goTo, replaceWith } from '../../../behaviors/navigation'
import { bound } from '../../../behaviors/bound'
import { ofMerchant, openMerchant, toMerchant } from '../behaviors/of-merchant'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import type { TestPaymentStep } from './rules'
import { stores } from '../stores/index'
import './words'
import '../words/words'

const { testPayment, network, outbox, photos, preferences, troubleshooting } = stores

Component({
  behaviors: [
    screen({
      words: [
        'test_payment.change',
        'test_payment.back',
        'test_payment.next',
        'test_payment.choose',
        'test_payment.submit',
        'test_payment.resumed',
        'test_payment.settling_text',
        'test_payment.recorded',
        'test_payment.verdict_label',
        'test_payment.to_shop',
        'test_payment.conclude',
        'test_payment.ask_order',
        'test_payment.forbidden',
        'test_payment.forbidden_sentence',
        'test_payment.photo_add',
        'test_payment.photo_more',
        'test_payment.photo_busy',
        'test_payment.photo_hint',
        'test_payment.remove_photo',
        'test_payment.see_photo',
        'test_payment.from_album',
        'test_payment.not_kept',
        'test_payment.not_kept_text',
        'test_payment.offline_text',
        'test_payment.to_outbox',
        'evidence_post.offline',
      ],
      title: 'page.test_payment',
    }),
    signedIn,
    ofMerchant,
    bound({
      step: () => testPayment.step,
      forbidden: () => testPayment.forbidden,
      status: () => testPayment.status,
      locked: () => testPayment.locked ?? '',
      settling: () => testPayment.settling ?? '',
      offline: () => !network.online,
      resumed: () => (testPayment.resumed && testPayment.step ? [{ id: 'restart', label: preferences.say('test_payment.restart') }] : null),
      asksPhotos: () => testPayment.asksPhotos,
      photos: () => testPayment.photos.map(({ id, path }) => ({ id, src: path })),
      photosOpen: () => testPayment.photosOpen,
      taking: () => photos.busy,
      trouble: () => {
        const { photo_trouble: trouble } = testPayment
        if (trouble === null) return ''
        return [preferences.say(`photo.${trouble}.fact`), preferences.say(`photo.${trouble}.text`)].join(' ')
      },
      notKept: () => testPayment.not_kept,
      queued: () =>
        testPayment.status === 'queued'
          ? {
              fact: preferences.say('test_payment.queued', { count: outbox.unsent }),
              text: preferences.say(network.online ? 'test_payment.queued_online' : 'test_payment.queued_text'),
            }
          : null,
      refusal: () => testPayment.problem,
      result: () => testPayment.result,
    }),
  ],
  properties: { sub_mchid: { type: String, value: '' }, evidence_id: { type: String, value: '' } },
  methods: {
    begin() {
      openMerchant(this.data.sub_mchid)
      testPayment.open(this.data.sub_mchid, this.data.evidence_id)
    },
    onUnload() {
      testPayment.leave()
    },
    onChoose(event: WechatMiniprogram.BaseEvent) {
      const { of, code } = event.currentTarget.dataset as { of: TestPaymentStep | 'ready' | 'refunded'; code: string }
      const before = testPayment.step?.id
      testPayment.answer(of, code)
      if (testPayment.step?.id !== before) wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    onChange(event: WechatMiniprogram.BaseEvent) {
      testPayment.goTo(event.currentTarget.dataset.id as TestPaymentStep)
    },
    onPhoto() {
      void testPayment.addPhoto()
    },
    onAlbum() {
      void testPayment.addPhoto('album')
    },
    onSeePhoto({ detail }: WechatMiniprogram.CustomEvent<{ photo_id: string }>) {
      testPayment.previewPhoto(detail.photo_id)
    },
    onRemovePhoto({ detail }: WechatMiniprogram.CustomEvent<{ photo_id: string }>) {
      testPayment.removePhoto(detail.photo_id)
    },
    onOutbox() {
      replaceWith('/packages/system/outbox/index')
    },
    onBack() {
      testPayment.back()
    },
    onNext() {
      testPayment.next()
    },
    /** above this page, which keeps its answers */
    onAskOrder() {
      goTo(`/packages/merchant/order-query/index?sub_mchid=${this.data.sub_mchid}`)
    },
    onRestart() {
      testPayment.restart()
    },
    onSubmit() {
      void testPayment.submit()
    },
    onRefusal() {
      testPayment.dismiss()
    },
    onRefusalAct(event: { detail: { id: string } }) {
      if (event.detail.id === 'retry') void testPayment.again()
      else testPayment.dismiss()
    },
    /** the gold button of the result */
    onFollowUp() {
      const next = testPayment.result?.primary.id
      if (next === 'again') testPayment.restart()
      else if (next === 'troubleshoot') this.onTroubleshoot()
      else toMerchant(this.data.sub_mchid)
    },
    /** what was answered is not asked again */
    onTroubleshoot() {
      troubleshooting.begin(this.data.sub_mchid, testPayment.observed)
      replaceWith(`/packages/merchant/troubleshoot/index?sub_mchid=${this.data.sub_mchid}`)
    },
  },
})
