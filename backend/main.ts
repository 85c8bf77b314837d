// The backend as a program. Prints `listening on <url>` when it is ready; SIGTERM and SIGINT end it after the requests under way.
import { pino } from 'pino'
import { buildApp } from './app.ts'
import { fileClock, systemClock } from './platform/clock.ts'
import { lineOf } from './platform/config-checks.ts'
import { logWriter } from './platform/log-writer.ts'
import './platform/printed.ts'
import { readConfig, type Config } from './config.ts'
import { connect, warmUp } from './database/connection.ts'
import { endOnSignal } from './platform/end-on-signal.ts'
import { DatabaseRefusedError } from './database/migrate.ts'
import { makeReady } from './database/program-login.ts'
import { SharedMerchantsError, ensureProviders } from './company/providers.ts'
import { ensureTemplate } from './field-work/checklists/service.ts'
import { createWechat } from './wechat/code2session.ts'
import { createWechatMessages } from './wechat/messages.ts'
import { createWechatPay } from './wechatpay/index.ts'

/** most connections for what nobody waits for */
const backgroundConnections = 5
/** those of each kind that are open when the first request comes */
const warmConnections = { people: 4, background: 2 }

const fail = (line: string): never => {
  console.error(line)
  process.exit(1)
}

async function start(config: Config): Promise<void> {
  // standard error, so that standard output holds only what a person waits for
  const logger = pino({ level: config.logLevel }, logWriter(2))
  const clock = config.clockFile ? fileClock(config.clockFile) : systemClock
  const applied = await makeReady({ url: config.databaseUrl, ownerUrl: config.migrationDatabaseUrl })
  // the owner's login is in use only while it migrates
  delete process.env.MIGRATION_DATABASE_URL
  if (applied.length > 0) logger.info({ applied }, 'migrated')
  const database = connect(config.databaseUrl)
  const backgroundDatabase = connect(config.databaseUrl, backgroundConnections)
  await ensureProviders(database, [{ sp_mchid: config.sp_mchid, name: config.spName }, ...config.furtherNumbers], clock.now())
  await ensureTemplate(database, config.sp_mchid, clock.now())
  const wechatPay = createWechatPay({ ...config.wechatPay, clock })
  const furtherNumbers = config.furtherNumbers.map(one => ({
    sp_mchid: one.sp_mchid,
    wechatPay: createWechatPay({ ...one.wechatPay, clock }),
  }))
  const wechat = createWechat(config.wechat)
  const messages = createWechatMessages(config.wechat)
  const app = await buildApp({
    clock,
    database,
    backgroundDatabase,
    sp_mchid: config.sp_mchid,
    furtherNumbers,
    wechatPay,
    wechat,
    messages,
    logger,
    overloadedAboveMs: 2_000,
    photoDir: config.photoDir,
    linkCheck: config.linkCheck,
    certificateEnds: config.certificateEnds,
    receipts: config.receipts,
    clientGate: () => config.clientGate,
    photoLinkKeys: config.photoLinkKeys,
    ...(config.trustProxy && { trustProxy: config.trustProxy }),
  })

  endOnSignal(logger, async () => {
    await app.close()
    const clients = [wechatPay, ...furtherNumbers.map(one => one.wechatPay)]
    await Promise.all([
      ...clients.map(client => client.close()),
      wechat.close(),
      messages.close(),
      database.destroy(),
      backgroundDatabase.destroy(),
    ])
  })

  await Promise.all([warmUp(database, warmConnections.people), warmUp(backgroundDatabase, warmConnections.background)])
  const url = await app.listen({ port: config.port, host: config.host })
  console.log(`listening on ${url}`)
}

const { config, problems } = readConfig(process.env)
if (!config) fail(['the backend cannot start:', ...problems.map(one => `  ${lineOf(one.variable, one)}`)].join('\n'))
else {
  start(config).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof DatabaseRefusedError || error instanceof SharedMerchantsError) fail(error.message)
    if (error.code === 'EADDRINUSE') fail(`port ${config.port} is taken: end the program that has it, or set BACKEND_PORT to another one`)
    if (error.code === 'EACCES') fail(`port ${config.port} may not be used: set BACKEND_PORT to another one`)
    if (error.code === 'EADDRNOTAVAIL' || error.syscall === 'getaddrinfo')
      fail(`${config.host} is not an address of this machine: set HOST to one`)
    fail(error.stack ?? error.message)
  })
}
