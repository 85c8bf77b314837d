// The command line of `npm run provider`.
import { parseArgs } from 'node:util'
import { Value } from 'typebox/value'
import { nameFault } from '../../platform/config-checks.ts'
import { Appid, type AppidKind } from '../appids/schema.ts'
import type { ProviderSettingsRequest } from './schema.ts'
import { CHINA_OFFSET } from '../../../miniprogram/shared/china-time.ts'

/** One line, for a person. */
export class SettingsError extends Error {}

export interface Arguments {
  help: boolean
  /** null: the home number, or the only one */
  sp_mchid: string | null
  /** what is to be different; empty: only show */
  change: Partial<ProviderSettingsRequest>
  appids: { appid: string; kind: AppidKind }[]
}

const options = {
  help: { type: 'boolean', short: 'h' },
  number: { type: 'string' },
  name: { type: 'string' },
  'receipt-link': { type: 'string' },
  'default-open-since': { type: 'string' },
  'stale-after-days': { type: 'string' },
  'official-account': { type: 'string', multiple: true },
  'mini-program': { type: 'string', multiple: true },
  app: { type: 'string', multiple: true },
  unregister: { type: 'string', multiple: true },
} as const

/** @throws SettingsError */
export function readArguments(args: readonly string[]): Arguments {
  const values = parsed(args)
  const change: Arguments['change'] = {}
  if (values.name !== undefined) change.name = nameIn(values.name)
  if (values['receipt-link'] !== undefined) change.receipt_link_configured = yesOrNo('--receipt-link', values['receipt-link'])
  if (values['default-open-since'] !== undefined) change.default_open_since = sinceIn(values['default-open-since'])
  if (values['stale-after-days'] !== undefined) change.stale_after_days = daysIn(values['stale-after-days'])
  const of = (given: string[] | undefined, kind: AppidKind) => (given ?? []).map(appid => ({ appid: appidIn(appid), kind }))
  const appids = [
    ...of(values['official-account'], 'official_account'),
    ...of(values['mini-program'], 'mini_program'),
    ...of(values.app, 'app'),
    ...of(values.unregister, 'unregistered'),
  ]
  return { help: values.help ?? false, sp_mchid: values.number?.trim() ?? null, change, appids }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new SettingsError(`不认识的参数（${(error as Error).message.split('.')[0]}）；--help 看说明`)
  }
}

function nameIn(given: string): string {
  const name = given.trim()
  if (nameFault(name)) throw new SettingsError('--name 应是 1 到 64 个看得见的字，写在一行里')
  return name
}

function yesOrNo(option: string, given: string): boolean {
  if (['yes', '是', '已配置'].includes(given)) return true
  if (['no', '否', '未配置'].includes(given)) return false
  throw new SettingsError(`${option} 只能是 yes（已配置）或 no（未配置）`)
}

const moment = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?(Z|[+-]\d{2}:\d{2})?$/

/** Asia/Shanghai unless it says otherwise; a day alone is its beginning. */
function sinceIn(given: string): string | null {
  if (given === 'off' || given === '关') return null
  const zone = moment.exec(given)
  const [day, time = '00:00'] = given.replace(/(Z|[+-]\d{2}:\d{2})$/, '').split(/[ T]/)
  const at = zone ? new Date(`${day}T${time}${zone[1] ?? CHINA_OFFSET}`) : null
  if (!at || Number.isNaN(at.getTime()))
    throw new SettingsError('--default-open-since 应是日期或时间，如 2026-11-01 或 "2026-11-01 09:30"（北京时间）；没有打开就写 off')
  return at.toISOString()
}

function daysIn(given: string): number {
  const days = Number(given)
  if (!Number.isInteger(days) || days < 1 || days > 3_650) throw new SettingsError('--stale-after-days 应是 1 到 3650 的整数')
  return days
}

function appidIn(given: string): string {
  const isAppid: boolean = Value.Check(Appid, given)
  if (!isAppid) throw new SettingsError(`${given.slice(0, 40)} 不是 AppID：应是 wx 开头，后面是字母和数字`)
  return given
}

export const help = `用法：npm run provider                                  看现在的设置
      npm run provider -- --receipt-link yes --default-open-since 2026-11-01

把服务商平台上已经做好的设置告诉本系统：微信支付没有查询的接口。后端启动过一次以后使用，后端不用停。

  --receipt-link yes|no         服务商平台 > 服务商功能 > 点金计划 里是否已配置商家小票链接。没有配置就不能开通商家小票
  --default-open-since 时间|off  平台上“默认开通”从什么时候起打开，如 2026-11-01（北京时间）；没有打开写 off。改了以后，所有商户会重新判断
  --stale-after-days 天数        证据超过多少天算旧，默认 90；有几个服务商号时以主号为准
  --name 名称                   服务商在小程序里显示的名称
  --number 服务商号              有几个服务商号时，改哪一个；不写就是主号
  --official-account AppID      登记公众号的 AppID，可以写几次；订单是不是公众号（JSAPI）支付要靠它分辨
  --mini-program AppID          登记小程序的 AppID，可以写几次
  --app AppID                   登记 App 的 AppID，可以写几次
  --unregister AppID            不再登记

管理员也可以通过接口设置：GET /v1/provider、PUT /v1/provider/{服务商号}、PUT /v1/appids/{AppID}。
数据库：设了 DATABASE_URL 就用它；没有设就用 DATA_DIR（默认 .data）里的内置数据库，没有在运行就临时启动。
`
