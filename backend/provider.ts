// `npm run provider`: shows and changes what the provider has set on WeChat Pay's console, before there is an administrator who could do it in the app.
import { putAppid } from './company/appids/put.ts'
import { systemClock } from './platform/clock.ts'
import { batchLimits } from './database/client.ts'
import type { Database } from './database/connection.ts'
import { complain, isForPerson, onDatabase, say } from './platform/command.ts'
import { AppError } from './http/problems/app-error.ts'
import { help, readArguments, SettingsError, type Arguments } from './company/provider-settings/arguments.ts'
import { rederiveByRegister } from './evidence/rederive-by-register.ts'
import {
  changeProvider,
  lockProvider,
  providerSettings,
  settableOf,
  type ChangedBy,
  type ProviderRow,
} from './company/provider-settings/change.ts'
import { rederiveChanged } from './evidence/rederive.ts'

const byCommand: ChangedBy = { actor: { staff_id: 'command', role: null }, origin: null }

async function main(args: readonly string[]): Promise<void> {
  const given = readArguments(args)
  if (given.help) return say(help)
  await onDatabase({ connections: 2, limits: batchLimits }, database => run(database, given))
}

async function run(database: Database, { sp_mchid, change, appids }: Arguments): Promise<void> {
  const rows = await numbersIn(database)
  const meant = sp_mchid === null ? rows.find(row => row.home_sp_mchid === null)! : rows.find(row => row.sp_mchid === sp_mchid)
  if (!meant) throw new SettingsError(`没有服务商号 ${sp_mchid}。已有：${rows.map(row => row.sp_mchid).join('、')}`)
  const now = systemClock.now()
  await database.transaction().execute(async trx => {
    const row = (await lockProvider(trx, meant.sp_mchid))!
    await changeProvider(trx, row, { ...settableOf(row), ...change }, byCommand, now)
    // appids are the company's: they stand under its home number
    const home = meant.home_sp_mchid ?? meant.sp_mchid
    for (const { appid, kind } of appids) await putAppid(trx, home, { appid, kind }, byCommand, now)
  })
  const context = { db: database, clock: systemClock, log: { info: () => {} }, numbers: [meant.sp_mchid] as const }
  const looked = await rederiveChanged(context)
  if (looked > 0) say(`已按新的默认开通重新判断 ${looked} 家商户`)
  const [first, ...others] = rows.map(row => row.sp_mchid)
  const read = await rederiveByRegister({ ...context, numbers: [first!, ...others] })
  if (read > 0) say(`已按新的 AppID 登记重新判断 ${read} 家商户`)
  for (const row of await numbersIn(database)) await show(database, row)
}

/** The home number first. @throws SettingsError when the backend was never started */
async function numbersIn(database: Database): Promise<ProviderRow[]> {
  const rows = await database
    .selectFrom('provider')
    .selectAll()
    .orderBy('home_sp_mchid', order => order.asc().nullsFirst())
    .orderBy('sp_mchid')
    .execute()
  if (rows.length === 0) throw new SettingsError('库里还没有服务商：先启动一次后端（SP_MCHID、SP_NAME），再设置')
  return rows
}

async function show(database: Database, row: ProviderRow): Promise<void> {
  const { sp_mchid, name, receipt_link_configured, receipt_links, default_open_since, stale_after_days } = await providerSettings(
    database,
    row,
  )
  say(`${sp_mchid} ${name}`)
  say(`  商家小票链接  ${receipt_link_configured ? '已配置' : '未配置：不能开通商家小票'}`)
  for (const { host, path, note } of receipt_links) say(`                https://${host}${path}${note && ` ${note}`}`)
  say(`  默认开通      ${default_open_since === null ? '没有打开' : `从 ${default_open_since} 起打开`}`)
  if (row.home_sp_mchid !== null) return
  say(`  证据算旧      ${stale_after_days} 天以后`)
  const appids = await database
    .selectFrom('appids')
    .select(['appid', 'kind'])
    .where('sp_mchid', '=', sp_mchid)
    .where('kind', '<>', 'unregistered')
    .orderBy('appid')
    .execute()
  say(`  AppID 登记    ${appids.map(({ appid, kind }) => `${appid}（${kinds[kind] ?? kind}）`).join('、') || '无'}`)
}

const kinds: Readonly<Record<string, string>> = { official_account: '公众号', mini_program: '小程序', app: 'App' }

main(process.argv.slice(2)).catch((error: Error) => {
  const [fault] = error instanceof AppError ? (error.extras.errors ?? []) : []
  complain(
    error instanceof SettingsError || isForPerson(error)
      ? error.message
      : fault
        ? `${fault.field}：${words[fault.code] ?? fault.message}`
        : `没有改：${error.message}`,
  )
  process.exitCode = 1
})

const words: Readonly<Record<string, string>> = {
  IN_THE_FUTURE: '时间在将来，打开以后再设置',
  TOO_EARLY: '那时还没有点金计划',
}
