// 接入向导: the way of a new merchant from the counter to the owner, step by step. Every step is done on its own page or sheet; here is only where it stands.
import { goTo, replaceWith } from '../../../behaviors/navigation'
import { bound } from '../../../behaviors/bound'
import { scanning } from '../../../behaviors/scanning'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { hasGoldPlan } from '../rules/control-rows'
import { merchantPage } from '../../../rules/deep-link'
import type { OnboardingStepId } from './rules'
import { changeFields } from '../behaviors/of-change'
import { ofMerchant, openMerchant, toMerchant } from '../behaviors/of-merchant'
import { merchantSteps } from '../detail/steps'
import { notices } from '../detail/notices'
import { stores } from '../stores/index'
import { onboardingBar, onboardingRows } from './view'
import './words'
import '../words/words'

const { merchant, onboarding, preferences, receiptContent } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)
/** from behaviors/scanning and detail/steps */
interface Steps {
  onScan(): Promise<void>
  change(control: 'gold_plan'): void
  take(step: 'receipt.open'): void
}
const openPage = (page: string, sub_mchid: string) => void goTo(`/packages/merchant/${page}/index?sub_mchid=${sub_mchid}`)
/** steps that are a page of this package */
const PAGES: Partial<Record<OnboardingStepId, string>> = {
  jsapi: 'test-payment',
  receipt: 'receipt-content',
  filter: 'ad-filter',
  test_payment: 'test-payment',
  explain: 'explain',
}
const may = () => {
  const actions = merchant.merchant?.allowed_actions
  return actions === undefined || actions.includes('evidence.write') || actions.includes('gold_plan.open')
}
const minute = () => Math.floor(merchant.now / 60_000) * 60_000

Component({
  behaviors: [
    screen({
      words: [
        'detail.offline_text',
        'onboarding.forbidden',
        'onboarding.forbidden_text',
        'onboarding.not_applicable',
        'onboarding.not_applicable_text',
        'onboarding.wrong_shop',
        'hold.undo',
      ],
      title: 'page.onboarding',
    }),
    signedIn,
    ofMerchant,
    scanning,
    notices,
    merchantSteps,
    bound({
      asOf: () => merchant.as_of_label ?? '',
      name: () => (merchant.merchant && onboarding.progress ? merchant.merchant.name : ''),
      forbidden: () => !may(),
      notApplicable: () => onboarding.progress?.not_applicable ?? false,
      head: () => {
        const { progress } = onboarding
        if (!progress) return null
        const total = progress.steps.length
        const facts = merchant.merchant ? [merchant.merchant.name, `${say('merchants.tail')} ${merchant.merchant.sub_mchid.slice(-4)}`] : []
        return {
          number: progress.next === null ? total + 1 : progress.number,
          total,
          facts,
          progress: progress.next === null ? say('onboarding.finished') : say('onboarding.progress', { number: progress.number, total }),
          question: progress.next === null ? say('onboarding.finished') : say(`onboarding.step_${progress.next}`),
        }
      },
      rows: () => {
        const { progress } = onboarding
        const { merchant: shop, verdict, gold_plan } = merchant
        if (!progress || !shop || !verdict || !gold_plan) return []
        const facts = {
          merchant: shop,
          content: receiptContent.content,
          gold_plan_note: gold_plan.note,
          proof: verdict.proof.join(' · '),
          now: minute(),
          language: preferences.language,
        }
        return onboardingRows(progress, facts, say)
      },
      bar: () => {
        const { progress } = onboarding
        const { merchant: shop, gold_plan, receipt, operation } = merchant
        if (!progress || !shop || !gold_plan || !receipt) return null
        const awaited = operation && operation.status !== 'unresolved' ? operation.title : null
        return onboardingBar(progress.next, shop, { gold_plan, receipt, awaited }, say)
      },
      stranger: () => {
        const { stranger } = onboarding
        if (stranger === null) return null
        return {
          text: say('onboarding.wrong_shop_text', { tail: stranger.slice(-4) }),
          actions: [{ id: 'open', label: say('onboarding.wrong_shop_open') }],
        }
      },
      sending: () => merchant.sending,
      ...changeFields,
    }),
  ],
  properties: { sub_mchid: { type: String, value: '' } },
  methods: {
    begin() {
      openMerchant(this.data.sub_mchid)
      onboarding.begin(this.data.sub_mchid)
      void receiptContent.open(this.data.sub_mchid)
    },
    /** from behaviors/scanning: the code tells which shop this is */
    found(sub_mchid: string) {
      onboarding.identifyBy(sub_mchid)
    },
    onStranger() {
      const { stranger } = onboarding
      onboarding.dismissStranger()
      if (stranger !== null) replaceWith(merchantPage(stranger))
    },
    onStep() {
      const next = onboarding.progress?.next
      if (next === undefined) return
      if (next === null || onboarding.progress?.not_applicable) return toMerchant(this.data.sub_mchid)
      const page = PAGES[next]
      const steps = this as unknown as Steps
      if (page) openPage(page, this.data.sub_mchid)
      else if (next === 'identify') void steps.onScan()
      else if (merchant.merchant && hasGoldPlan(merchant.merchant)) steps.take('receipt.open')
      else steps.change('gold_plan')
    },
    onSide(event: { detail: { id: OnboardingStepId } }) {
      switch (event.detail.id) {
        case 'identify':
          return onboarding.identify()
        case 'receipt':
        case 'opening':
          return onboarding.skip('receipt')
        case 'filter':
          return onboarding.skip('filter')
        default:
          openPage('troubleshoot', this.data.sub_mchid)
      }
    },
  },
})
