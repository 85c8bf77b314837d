// `npm run observations`: what docs/facts.md does not know, what was seen here about it, and what would settle it.
import { batchLimits } from '../database/client.ts'
import type { Numbers } from '../http/caller.ts'
import { systemClock } from '../platform/clock.ts'
import { complain, isForPerson, onDatabase, say } from '../platform/command.ts'
import { report } from './report.ts'
import { readObservations } from './service.ts'

const help = `npm run observations [-- --en] [--json]

列出 docs/facts.md 还不知道的事：这里看到了什么、怎样才算有答案。文字里没有商户、订单和名字。
  --en    in English
  --json  同一份内容，给程序读`

async function main(args: readonly string[]): Promise<void> {
  const unknown = args.find(arg => !['--en', '--json', '--help'].includes(arg))
  if (unknown !== undefined || args.includes('--help')) {
    ;(unknown === undefined ? say : complain)(unknown === undefined ? help : `不认识的参数 ${unknown}\n\n${help}`)
    process.exitCode = unknown === undefined ? 0 : 1
    return
  }
  const language = args.includes('--en') ? 'en' : 'zh'
  await onDatabase({ connections: 2, limits: batchLimits }, async db => {
    const [home, ...further] = await db
      .selectFrom('provider')
      .select('sp_mchid')
      .orderBy('home_sp_mchid', order => order.asc().nullsFirst())
      .orderBy('sp_mchid')
      .execute()
    if (!home) return say('库里还没有服务商：先启动一次后端')
    const numbers: Numbers = [home.sp_mchid, ...further.map(one => one.sp_mchid)]
    const found = await readObservations({ db, now: systemClock.now() }, { home: home.sp_mchid, numbers }, language)
    say(args.includes('--json') ? JSON.stringify(found, null, 2) : report(found, language))
  })
}

main(process.argv.slice(2)).catch((error: Error) => {
  complain(isForPerson(error) ? error.message : `没有读到：${error.message}`)
  process.exitCode = 1
})
