// `npm run import -- merchants.csv`, codes.csv, staff.csv, assignments.csv, a trade bill or rebate.csv: loads a provider's own directory, also while the backend runs
// (README.md).
import { resolve } from 'node:path'
import { batchLimits } from '../../database/client.ts'
import { connect } from '../../database/connection.ts'
import { complain, isForPerson, say } from '../../platform/command.ts'
import { endSignals } from '../../platform/end-on-signal.ts'
import { makeReady } from '../../database/program-login.ts'
import { systemClock } from '../../platform/clock.ts'
import type { LineAccount } from './account.ts'
import { billLine, importBill, isBillFile } from './bill.ts'
import { readArguments, type Arguments } from './arguments.ts'
import { ImportError } from './columns.ts'
import { assertReadableFile } from './file.ts'
import { help } from './help.ts'
import { importFile, type ImportReport } from './import.ts'
import { ProgressLine } from './progress.ts'
import { linesOf } from './rejects.ts'
import { databaseOfCommand, type CommandDatabase } from '../../platform/command-database.ts'
import { importRebate, isRebateFile, rebateLines } from './rebate.ts'
import { providerOf } from './world.ts'

/** whether rows may have landed */
let begun = false

/** @returns the exit code: 0 handled · 1 not handled to the end · 2 every row was rejected */
async function main(args: readonly string[]): Promise<number> {
  const given = readArguments(args)
  if (given.path === null) {
    say(help)
    return 0
  }
  // npm runs scripts in the project's folder; the person's own folder is INIT_CWD
  const path = resolve(process.env.INIT_CWD ?? '.', given.path)
  // before a server is started for nothing
  await assertReadableFile(path)
  const stop = new AbortController()
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(1)
    stop.abort()
    complain('正在停下：写完手里的一批就结束，再按一次立即结束')
  }
  for (const signal of endSignals) process.on(signal, onSignal)
  const server = await databaseOfCommand(process.env, complain)
  try {
    return await run(server, path, given, stop.signal)
  } finally {
    await server.release()
  }
}

async function run({ url, ownerUrl }: CommandDatabase, path: string, given: Arguments, signal: AbortSignal): Promise<number> {
  if (!given.dryRun) await makeReady({ url, ownerUrl })
  // two write a batch each, one reads for the next, one holds the file and one the turn
  const database = connect(url, 5, batchLimits)
  const progress = new ProgressLine({
    write: text => process.stderr.write(text),
    isTty: process.stderr.isTTY,
    now: () => performance.now(),
  })
  try {
    if (await isBillFile(path)) {
      say(billLine(await importBill({ database, clock: systemClock, path, dryRun: given.dryRun })))
      return 0
    }
    if (await isRebateFile(path)) {
      const report = await importRebate({ ...given, database, clock: systemClock, path })
      rebateLines(report).forEach(say)
      return report.rejections.length > 0 ? 1 : 0
    }
    const report = await importFile({
      ...given,
      database,
      clock: systemClock,
      sp_mchid: await providerOf(database, process.env.SP_MCHID),
      path,
      signal,
      onProgress: state => {
        begun = !given.dryRun
        progress.show(state)
      },
    })
    progress.end()
    sayReport(report, given.dryRun)
    if (report.stopped) return 1
    return report.rejected === report.rows ? 2 : 0
  } catch (error) {
    progress.end()
    // undefined table or column (PostgreSQL, appendix A)
    const code = (error as { code?: string }).code
    if (given.dryRun && (code === '42P01' || code === '42703'))
      throw new ImportError('数据库还没有建好或不是最新：先启动一次后端，再试运行')
    throw error
  } finally {
    await database.destroy()
  }
}

function sayReport(report: ImportReport, dryRun: boolean): void {
  const { rows, added, updated, unchanged, checks, rejected } = report
  if (report.encoding === 'gb18030') say('文件按 GB18030 读取（不对就加 --encoding utf-8）')
  if (report.resumedAfter > 0) say(`接着上次中断的地方：前 ${report.resumedAfter} 行上次已处理`)
  if (dryRun) {
    say('试运行，没有写入任何东西。如果正式运行：')
    for (const line of report.examples) say(`  ${line}`)
    for (const one of report.rejections) say(`  退回 第 ${linesOf(one)} 行 ${one.field} ${one.value}：${one.reason}`)
    if (added + updated + checks + rejected > report.examples.length + report.rejections.length) say('  ……')
  }
  say(`读了 ${rows} 行：新增 ${added}，更新 ${updated}，不变 ${unchanged}，退回 ${rejected}${checks > 0 ? `，平台核对 ${checks}` : ''}`)
  if (report.lines !== null) say(accountOf(report.lines))
  for (const { what, lines, count } of report.notes)
    say(`第 ${lines.join('、')} 行${count > lines.length ? `等 ${count} 处` : ''}：${what}`)
  if (report.rejectsPath !== null) say(`退回的行和原因：${report.rejectsPath}`)
  if (report.secretPath !== null) say(`新员工的邀请码（72 小时内有效，只在这个文件里，发完请删除）：${report.secretPath}`)
  if (report.stopped) say('停在这里；再次运行同一个文件会接着导入')
}

/** The lines that an editor shows are the sum of these. */
function accountOf({ total, header, blank, rows, further }: LineAccount): string {
  const parts = [
    `表头 ${header}`,
    `数据 ${rows}`,
    ...(blank > 0 ? [`空行 ${blank}`] : []),
    ...(further > 0 ? [`单元格里换行多出 ${further}`] : []),
  ]
  return `文件共 ${total} 行：${parts.join('，')}`
}

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code
  },
  (error: Error) => {
    complain(
      error instanceof ImportError || isForPerson(error)
        ? error.message
        : `导入中断：${error.message}${begun ? '。再次运行同一个文件会接着导入' : ''}`,
    )
    process.exitCode = 1
  },
)
