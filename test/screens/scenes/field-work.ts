// 验证支付, 排查, 核对服务商平台, 同业过滤: each page as it opens, and its first steps.
import type { Scene } from '../scene.ts'
import { changeBeside, openOverHome } from './steps.ts'

const opened = (page: string, number: string, mark: string, reads?: string): Omit<Scene, 'name'> => ({
  as: 'operator',
  arrange: stage => openOverHome(stage, `/packages/merchant/${page}/index?sub_mchid=1900000${number}`),
  shows: { selector: [mark], ...(reads === undefined ? {} : { reads }) },
})

/** up to the last step, which wants a photo of what was seen */
const answers = [
  ['entry', 'table_sticker'],
  ['web_page', 'yes'],
  ['pay', 'done'],
  ['payee', 'yes'],
  ['page', 'official_receipt'],
] as const

export const fieldWork: Scene[] = [
  { name: 'test-payment/first', ...opened('test-payment', '109', '.page', '入口') },
  {
    name: 'test-payment/settling',
    as: 'operator',
    async arrange(stage) {
      // opened now, however long the scenes before took
      await changeBeside(stage, '1900000134', 'gold-plan/jsapi', { status: 'open' })
      await openOverHome(stage, '/packages/merchant/test-payment/index?sub_mchid=1900000134')
    },
    shows: { selector: ['.page'], reads: '生效' },
  },
  {
    name: 'test-payment/photo',
    as: 'operator',
    arrange: async stage => {
      await openOverHome(stage, '/packages/merchant/test-payment/index?sub_mchid=1900000112')
      const { phone } = stage
      // what another mode answered lies on the phone
      for (const [step, option] of answers) {
        if (await phone.shows('#step-details')) return
        await phone.find(`#step-${step}`)
        await phone.tap(`#option-${option}`)
      }
    },
    shows: { selector: ['#locked'], reads: '先拍' },
  },
  { name: 'troubleshoot/first', ...opened('troubleshoot', '127', '.page', '个问题') },
  { name: 'portal-check/first', ...opened('portal-check', '112', '.page', '平台') },
  { name: 'ad-filter/chosen', ...opened('ad-filter', '163', '#count') },
  { name: 'ad-filter/none', ...opened('ad-filter', '109', '#count') },
  { name: 'ad-filter/plan-missing', ...opened('ad-filter', '104', '#state-plan-missing') },
]
