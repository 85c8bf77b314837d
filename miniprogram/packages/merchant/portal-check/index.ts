// 核对服务商平台: what an operator saw there, how the shop takes payments, and that an obstacle is dealt with.
import { box } from '../behaviors/box'
import { bound } from '../../../behaviors/bound'
import { ofMerchant, openMerchant } from '../behaviors/of-merchant'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { sayNote } from '../../../behaviors/telling'
import { holdsPaymentCode } from '../../../shared/payment-code'
import { own, stores } from '../stores/index'
import { type FormField, type OperatorTask, PortalCheckStore } from './store'
import { formView } from './view'
import './words'
import '../words/words'

const { merchant, network, preferences } = stores
const portalCheck = own(({ context, merchant, session }) => new PortalCheckStore(context, session, merchant))
const say: typeof preferences.say = (key, values) => preferences.say(key, values)

Component({
  behaviors: [
    screen({
      words: [
        'portal_check.tasks',
        'portal_check.note',
        'portal_check.save',
        'portal_check.recorded',
        'portal_check.more',
        'portal_check.back',
        'portal_check.forbidden',
        'portal_check.forbidden_sentence',
        'evidence_post.unsure',
        'evidence_post.unsure_text',
        'evidence_post.again',
        'evidence_post.offline',
        'evidence_post.offline_text',
      ],
      title: 'page.portal_check',
      large: false,
    }),
    signedIn,
    ofMerchant,
    box(
      'note',
      'onNote',
      () => portalCheck.form.note ?? '',
      text => {
        const refused = holdsPaymentCode(text)
        if (refused) sayNote(say('payment_code.title'))
        portalCheck.fill('note', refused ? '' : text)
      },
    ),
    bound({
      name: () => merchant.merchant?.name ?? '',
      forbidden: () => merchant.merchant !== null && portalCheck.tasks.length === 0,
      tasks: () => portalCheck.tasks.map(id => ({ id, label: say(`portal_check.task_${id}`), on: id === portalCheck.task })),
      form: () => formView(portalCheck.task, portalCheck.form, say),
      complete: () => portalCheck.complete,
      status: () => portalCheck.status,
      locked: () => portalCheck.locked ?? '',
      offline: () => !network.online,
      refusal: () => portalCheck.problem,
      verdict: () => (portalCheck.status === 'done' ? portalCheck.verdict : null),
    }),
  ],
  properties: { sub_mchid: { type: String, value: '' }, task: { type: String, value: '' } },
  methods: {
    begin() {
      openMerchant(this.data.sub_mchid)
      portalCheck.open(this.data.sub_mchid, (this.data.task || 'portal_check') as OperatorTask)
    },
    onUnload() {
      portalCheck.leave()
    },
    onTask(event: WechatMiniprogram.BaseEvent) {
      portalCheck.begin(event.currentTarget.dataset.id as OperatorTask)
    },
    onChoose(event: WechatMiniprogram.BaseEvent) {
      const { field, code } = event.currentTarget.dataset as { field: FormField; code: string }
      portalCheck.fill(field, code)
    },
    onSubmit() {
      void portalCheck.submit()
    },
    onMore() {
      portalCheck.begin(portalCheck.task)
    },
    onRefusal() {
      portalCheck.dismiss()
    },
    onRefusalAct(event: { detail: { id: string } }) {
      portalCheck.dismiss()
      if (event.detail.id === 'retry') void portalCheck.submit()
    },
  },
})
