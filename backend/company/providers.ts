// The service provider that this process serves: one company, with one sp_mchid or several, each with its own keys.
import type { Numbers } from '../http/caller.ts'
import { sql } from 'kysely'
import type { Database } from '../database/connection.ts'
import type { WechatPay } from '../wechatpay/index.ts'

declare module '../platform/context.ts' {
  interface Context {
    /** all of the provider's numbers: a merchant is asked about and changed by the client of its own */
    providers: Providers
  }
}

/** One sp_mchid of the company and the client that signs with its key. */
export interface ProviderNumber {
  sp_mchid: string
  wechatPay: Pick<WechatPay, 'goldPlan' | 'orders'> &
    Partial<Pick<WechatPay, 'bills' | 'classifyBy' | 'limitations' | 'notifications' | 'onDate'>>
}

export interface Providers {
  /** the first is the company's home: its staff, checklist and photos stand under it */
  numbers: Numbers
  /**
   * @param sp_mchid of a row that was found among `numbers`
   * @throws Error for another: its calls must never be signed with somebody else's key
   */
  of(sp_mchid: string): ProviderNumber
}

export function createProviders(home: ProviderNumber, further: readonly ProviderNumber[] = []): Providers {
  const known = new Map([home, ...further].map(one => [one.sp_mchid, one]))
  if (known.size !== 1 + further.length) throw new Error('an sp_mchid is there twice')
  return {
    numbers: [home.sp_mchid, ...further.map(one => one.sp_mchid)],
    of(sp_mchid) {
      const number = known.get(sp_mchid)
      if (!number) throw new Error(`this process does not serve the provider number ${sp_mchid}`)
      return number
    },
  }
}

/** A merchant number can be looked up only when it stands under one of the company's numbers: one line, for a person. */
export class SharedMerchantsError extends Error {}

/**
 * Makes the provider's rows on the first start; later they are the database's. The first is the home of the others.
 * @throws SharedMerchantsError when a merchant stands under two of them
 */
export async function ensureProviders(db: Database, providers: readonly [NamedNumber, ...NamedNumber[]], now: Date): Promise<void> {
  if (providers.length > 1) await assertNotShared(db, providers)
  const home = providers[0].sp_mchid
  for (const { sp_mchid, name } of providers) {
    const home_sp_mchid = sp_mchid === home ? null : home
    await db
      .insertInto('provider')
      .values({ sp_mchid, name, home_sp_mchid, updated_at: now })
      .onConflict(conflict =>
        conflict
          .column('sp_mchid')
          .doUpdateSet({ home_sp_mchid, updated_at: now })
          .where('provider.home_sp_mchid', 'is distinct from', home_sp_mchid),
      )
      .execute()
  }
}

interface NamedNumber {
  sp_mchid: string
  name: string
}

/** As ensureProviders, with one number. */
export const ensureProvider = (db: Database, provider: NamedNumber, now: Date): Promise<void> => ensureProviders(db, [provider], now)

async function assertNotShared(db: Database, providers: readonly NamedNumber[]): Promise<void> {
  const numbers = providers.map(one => one.sp_mchid)
  const { rows } = await sql<{ sub_mchid: string; under: string[] }>`
    select sub_mchid, array_agg(sp_mchid) as under from sub_merchants where sp_mchid = any(${numbers}::text[])
    group by sub_mchid having count(*) > 1 order by sub_mchid limit 3`.execute(db)
  if (rows.length === 0) return
  const named = rows.map(({ sub_mchid, under }) => `${sub_mchid} (${under.sort().join(', ')})`).join('; ')
  throw new SharedMerchantsError(
    `merchants stand under more than one of the provider numbers: ${named}. Keep each under the number that changes it, or serve the numbers by different processes`,
  )
}
