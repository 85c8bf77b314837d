// A running backend with its database, photos and WeChat's side; and another one on a restored copy, which the same tokens open.
import { mkdtempSync, rmSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { buildApp } from '../../../../backend/app.ts'
import { manualClock, type Clock } from '../../../../backend/platform/clock.ts'
import { connect } from '../../../../backend/database/connection.ts'
import { provider } from '../../../../dev/demo/organisation.ts'
import { startSandbox, type Sandbox } from '../../../../dev/sandbox/index.ts'
import { createWechat } from '../../../../backend/wechat/code2session.ts'
import { createWechatPay } from '../../../../backend/wechatpay/index.ts'
import { createTestDatabase, DEMO_MOMENT } from '../../../support/database.ts'

export interface Installation {
  /** of the role that owns the tables */
  databaseUrl: string
  photoDir: string
  url: string
  clock: Clock
  sandbox: Sandbox
  /** removed at the end */
  folder: string
  token(role: string): Promise<string>
  close(): Promise<void>
}

export interface RunningCopy {
  url: string
  close(): Promise<void>
}

export async function startInstallation(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-operations-'))
  const clockFile = join(folder, 'clock')
  // stands still, so that two answers can be compared
  const clock = manualClock(DEMO_MOMENT)
  const database = await createTestDatabase({ demo: true })
  const sandbox = await startSandbox({ spMchid: provider.sp_mchid, clockFile })
  sandbox.control.clock.set(DEMO_MOMENT)
  const photoDir = join(folder, 'photos')
  const running = await runOn(database.url, photoDir, { clock, sandbox })
  const tokens = new Map<string, string>()
  return {
    databaseUrl: database.ownerUrl,
    photoDir,
    url: running.url,
    clock,
    sandbox,
    folder,
    async token(role) {
      const known = tokens.get(role)
      if (known) return known
      const answer = await fetch(`${running.url}/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: `demo-${role}` }),
      })
      const { token } = (await answer.json()) as { token: string }
      tokens.set(role, token)
      return token
    },
    async close() {
      await running.close()
      await sandbox.close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The backend on a database and a photo folder that are there. */
export async function runOn(
  databaseUrl: string,
  photoDir: string,
  { clock, sandbox }: { clock: Clock; sandbox: Sandbox },
): Promise<RunningCopy> {
  const database = connect(databaseUrl)
  const environment = sandbox.environment()
  const app = await buildApp({
    clock,
    database,
    sp_mchid: provider.sp_mchid,
    photoDir,
    workerEveryMs: null,
    requestsPerMinute: 100_000,
    wechatPay: createWechatPay(sandbox.wechatPayConfig()),
    wechat: createWechat({
      baseUrl: environment.WECHAT_BASE_URL!,
      appid: environment.WECHAT_APPID!,
      secret: environment.WECHAT_APP_SECRET!,
    }),
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    url,
    async close() {
      await app.close()
      await database.destroy()
    },
  }
}

export interface EmptyDatabase {
  /** of a role that is no superuser, makes no roles and owns nothing but this database */
  ownerUrl: string
  /** of the program's login */
  url: string
  drop(): Promise<void>
}

/** As a provider's database administrator would make it, with the program's login made beforehand. */
export async function createEmptyDatabase(): Promise<EmptyDatabase> {
  const name = `restored_${randomUUID().replaceAll('-', '')}`
  await asSuperuser(async client => {
    await client.query(`create role ${name} login password 'of-this-test'`)
    await client.query(`create database ${name} owner ${name} encoding 'UTF8' template template0`)
  })
  const ownerUrl = Object.assign(new URL(process.env.TEST_DATABASE_URL!), {
    username: name,
    password: 'of-this-test',
    pathname: `/${name}`,
  })
  return {
    ownerUrl: ownerUrl.href,
    url: programUrl(ownerUrl.href),
    drop: () =>
      asSuperuser(async client => {
        await client.query(`drop database ${name} with (force)`)
        await client.query(`drop owned by ${name}`)
        await client.query(`drop role ${name}`)
      }),
  }
}

/** The program's login at the database of this URL. */
export const programUrl = (url: string): string =>
  Object.assign(new URL(process.env.TEST_PROGRAM_URL!), { pathname: new URL(url).pathname }).href

export async function ask<Row extends object>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

async function asSuperuser(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL! })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
