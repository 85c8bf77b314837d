// `npm run import -- merchants.csv` or codes.csv: loads a provider's own directory, also while the backend runs (README.md).
import { resolve } from 'node:path'
import { connect } from '../database/connection.ts'
import { migrate } from '../database/migrate.ts'
import { systemClock } from '../clock.ts'
import { ImportError } from './columns.ts'
import { help } from './help.ts'
import { importFile } from './import.ts'
import { assertReadableFile } from './records.ts'
import { databaseForImport } from './server.ts'
import { providerOf } from './world.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const complain = (line: string) => process.stderr.write(`${line}\n`)

/** @returns the exit code: 0 handled · 1 not handled to the end · 2 every row was rejected */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    say(help)
    return 0
  }
  const [given, ...rest] = args
  if (given === undefined || rest.length > 0 || given.startsWith('-')) {
    complain(`用法：npm run import -- merchants.csv 或 codes.csv（--help 看说明）`)
    return 1
  }
  // npm runs scripts in the project's folder; the person's own folder is INIT_CWD
  const path = resolve(process.env.INIT_CWD ?? '.', given)
  // before a server is started for nothing
  await assertReadableFile(path)
  const server = await databaseForImport(process.env, complain)
  try {
    await migrate(server.url)
    const database = connect(server.url, 2)
    try {
      const report = await importFile({
        database,
        clock: systemClock,
        sp_mchid: await providerOf(database, process.env.SP_MCHID),
        path,
        onProgress: rows => {
          if (rows % 10_000 === 0) complain(`已读 ${rows} 行`)
        },
      })
      say(`读了 ${report.rows} 行：新增 ${report.added}，更新 ${report.updated}，不变 ${report.unchanged}，退回 ${report.rejected}`)
      if (report.rejectsPath !== null) say(`退回的行和原因：${report.rejectsPath}`)
      return report.rejected === report.rows ? 2 : 0
    } finally {
      await database.destroy()
    }
  } finally {
    await server.release()
  }
}

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code
  },
  (error: Error) => {
    complain(error instanceof ImportError ? error.message : `导入中断：${error.message}`)
    process.exitCode = 1
  },
)
