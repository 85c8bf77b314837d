// The controls that the simulator's phone page shows beside the phone. The protocol is generic: the simulator knows nothing of this product.
import { isMchid } from '../../miniprogram/shared/mchid.ts'
import type { SandboxControl } from './control.ts'
import type { Memory, ProviderState } from './memory.ts'
import { SCENARIOS, isScenarioName } from './scenarios.ts'

interface Option {
  value: string
  label: string
}

export interface PanelControl {
  id: string
  label: string
  type: 'select' | 'text' | 'action' | 'number'
  options?: Option[]
  value?: string
  help?: string
}

export interface Panel {
  controls: PanelControl[]
  /** applied to the phone: what wx.login returns, and how far the app's Date is ahead */
  phone: { loginCode: string; clockOffsetMs: number }
}

const ROLES: Option[] = [
  { value: 'demo-field_agent', label: '业务员' },
  { value: 'demo-region_lead', label: '区域主管' },
  { value: 'demo-operator', label: '运营' },
  { value: 'demo-auditor', label: '审计' },
  { value: 'demo-admin', label: '管理员' },
  { value: 'demo-unbound', label: '未绑定' },
]
const PROVIDER_STATUSES: Option[] = [
  { value: 'normal', label: '正常' },
  { value: 'not_enrolled', label: '未开通点金计划' },
  { value: 'punished', label: '处罚中' },
  { value: 'type_unsupported', label: '服务商类型不支持' },
]
const LANGUAGES: Option[] = [
  { value: 'zh', label: '中文（现行页面）' },
  { value: 'en', label: '英文（2020 年页面）' },
]
const NO_YES: Option[] = [
  { value: 'no', label: '否' },
  { value: 'yes', label: '是' },
]
const MINUTE_MS = 60_000
const CLOCK_STEPS: Record<string, { label: string; milliseconds: number }> = {
  advance_5_minutes: { label: '快进 5 分钟', milliseconds: 5 * MINUTE_MS },
  advance_21_hours: { label: '快进 21 小时', milliseconds: 21 * 60 * MINUTE_MS },
  advance_24_hours: { label: '快进 24 小时', milliseconds: 24 * 60 * MINUTE_MS },
}

const optionIn = (options: Option[], value: string): string => {
  if (!options.some(option => option.value === value))
    throw new RangeError(`${value} is none of ${options.map(option => option.value).join(', ')}`)
  return value
}

export const createPanel = (memory: Memory, control: SandboxControl) => {
  const show = (): Panel => {
    const { role, sub_mchid } = memory.panel()
    const { status, default_open, receipt_link_configured, language } = memory.provider()
    return {
      controls: [
        { id: 'role', label: '角色', type: 'select', options: ROLES, value: role, help: '换角色后，在小程序里重新登录' },
        { id: 'sub_mchid', label: '商户号', type: 'text', value: sub_mchid, help: '下面的场景只对这个商户有效' },
        {
          id: 'scenario',
          label: '该商户的场景',
          type: 'select',
          options: Object.entries(SCENARIOS).map(([value, { label }]) => ({ value, label })),
          value: memory.merchant(sub_mchid).scenario,
          help: '微信支付对这个商户怎样应答',
        },
        { id: 'provider', label: '服务商状态', type: 'select', options: PROVIDER_STATUSES, value: status },
        { id: 'receipt_link', label: '已配置商家小票链接', type: 'select', options: NO_YES, value: receipt_link_configured ? 'yes' : 'no' },
        { id: 'default_open', label: '默认开通', type: 'select', options: NO_YES, value: default_open ? 'yes' : 'no' },
        { id: 'language', label: '微信报错用语', type: 'select', options: LANGUAGES, value: language },
        ...Object.entries(CLOCK_STEPS).map(([id, { label }]): PanelControl => ({ id, label, type: 'action' })),
        { id: 'clock_reset', label: '恢复时间', type: 'action', help: `现在是 ${chinaTime(control.clock.now())}` },
      ],
      phone: { loginCode: role, clockOffsetMs: control.clock.offset() },
    }
  }

  /** @throws RangeError for an unknown control or value */
  const operate = (id: string, value: string): Panel => {
    const step = CLOCK_STEPS[id]
    if (step) control.clock.advance(step.milliseconds)
    else if (id === 'clock_reset') control.clock.reset()
    else if (id === 'role') memory.setPanel({ role: optionIn(ROLES, value) })
    else if (id === 'sub_mchid') {
      if (!isMchid(value)) throw new RangeError('sub_mchid is 8 to 10 digits')
      memory.setPanel({ sub_mchid: value })
    } else if (id === 'scenario') {
      if (!isScenarioName(value)) throw new RangeError(`no scenario ${value}`)
      control.setMerchant(memory.panel().sub_mchid, { scenario: value })
    } else if (id === 'provider') control.setProvider({ status: optionIn(PROVIDER_STATUSES, value) as ProviderState['status'] })
    else if (id === 'receipt_link') control.setProvider({ receipt_link_configured: optionIn(NO_YES, value) === 'yes' })
    else if (id === 'default_open') control.setProvider({ default_open: optionIn(NO_YES, value) === 'yes' })
    else if (id === 'language') control.setProvider({ language: optionIn(LANGUAGES, value) as ProviderState['language'] })
    else throw new RangeError(`no control ${id}`)
    return show()
  }

  return { show, operate }
}

const chinaTime = (at: Date) => at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16)
