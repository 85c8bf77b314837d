// 排查: one question a screen, to a cause, who mends it, and the step to take.
import { goTo, replaceWith } from '../../../behaviors/navigation'
import { copyText } from '../../../behaviors/telling'
import { bound } from '../../../behaviors/bound'
import { ofMerchant, openMerchant, toMerchant } from '../behaviors/of-merchant'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import type { QuestionId } from './rules'
import { stores } from '../stores/index'
import './words'
import '../words/words'

const { testPayment, preferences, troubleshooting } = stores

Component({
  behaviors: [
    screen({
      words: [
        'troubleshoot.known_title',
        'troubleshoot.back',
        'troubleshoot.choose',
        'troubleshoot.message_title',
        'evidence_post.unsure',
        'evidence_post.unsure_text',
        'evidence_post.again',
      ],
      title: 'page.troubleshoot',
    }),
    signedIn,
    ofMerchant,
    bound({
      known: () => troubleshooting.known,
      from: () => troubleshooting.from,
      anew: () => [{ id: 'restart', label: preferences.say('troubleshoot.anew') }],
      question: () => troubleshooting.question,
      cause: () => troubleshooting.cause,
      message: () => (troubleshooting.cause?.copies ? troubleshooting.message : ''),
      status: () => troubleshooting.status,
      locked: () => troubleshooting.locked ?? '',
      refusal: () => troubleshooting.problem,
    }),
  ],
  properties: { sub_mchid: { type: String, value: '' } },
  methods: {
    begin() {
      openMerchant(this.data.sub_mchid)
      troubleshooting.open(this.data.sub_mchid)
    },
    onUnload() {
      troubleshooting.leave()
    },
    onChoose(event: WechatMiniprogram.BaseEvent) {
      const { of, code } = event.currentTarget.dataset as { of: QuestionId; code: string }
      troubleshooting.answer(of, code)
      wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    onBack() {
      troubleshooting.back()
    },
    onRestart() {
      troubleshooting.restart()
    },
    onRecord() {
      if (troubleshooting.locked === null) void troubleshooting.record()
    },
    /** above this page, which keeps its answers */
    onCheckLink() {
      goTo(`/packages/merchant/link-check/index?sub_mchid=${this.data.sub_mchid}`)
    },
    onRefusal() {
      troubleshooting.dismiss()
    },
    /** the gold button: the step that mends it */
    onRemedy() {
      const { sub_mchid } = this.data
      switch (troubleshooting.cause?.remedy?.id) {
        case 'test_payment':
          testPayment.prefill(sub_mchid, troubleshooting.answers)
          return void replaceWith(`/packages/merchant/test-payment/index?sub_mchid=${sub_mchid}`)
        case 'portal_check':
          return void replaceWith(`/packages/merchant/portal-check/index?sub_mchid=${sub_mchid}`)
        case 'conclude':
          return void troubleshooting.conclude()
        case 'copy_operator':
        case 'copy_developer':
          return void copyText(troubleshooting.message, 'troubleshoot.copied')
        default:
          toMerchant(this.data.sub_mchid)
      }
    },
  },
})
