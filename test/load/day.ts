// What somebody does with the phone until the run is over. An act that fails is counted where it failed (phone.ts), and the person goes on.
import { setTimeout as wait } from 'node:timers/promises'
import type { OfflinePack, OfflinePackRow, SubMerchant } from '../../typings/api'
import { INDUSTRIES } from '../../miniprogram/shared/industries.ts'
import { uuid } from '../../dev/demo/random.ts'
import { testedAnswers } from '../backend/field-work/visits/given.ts'
import { roleOf, seconds, shares, type Pause } from './model.ts'
import { isApiError, type Phone } from './phone.ts'
import { another } from './photos.ts'
import { addAct, type Tally } from './tally.ts'

interface DayOptions {
  tally: Tally
  pictures: readonly Buffer[]
  /** how many times faster than in the field */
  pace: number
  /** milliseconds until the app is opened */
  beginsAfter: number
  over: AbortSignal
}

/** of a pack, as many shops as a person might go to */
const knownShops = 60
/** of an operation that was not done at once, milliseconds: as the app waits */
const askAgainAfter = [2_000, 4_000, 8_000, 15_000]

export async function liveDay(phone: Phone, options: DayOptions): Promise<void> {
  const { beginsAfter, over } = options
  const day = new Day(phone, options)
  try {
    await sleep(beginsAfter, over)
    await day.begin()
    while (!over.aborted) await (roleOf(phone.number) === 'field_agent' ? day.inTheField() : day.atTheDesk())
  } catch (error) {
    if (!(error instanceof Over)) throw error
  } finally {
    await phone.close()
  }
}

class Over extends Error {}

/** @throws Over */
const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal }).catch(() => {
    throw new Over()
  })

class Day {
  private shops: OfflinePackRow[] = []
  private since: string | null = null
  private checklist: { etag: string | null; version: number } | null = null

  constructor(
    private readonly phone: Phone,
    private readonly options: DayOptions,
  ) {}

  /** The app is opened in the morning: logged in, and fetched what it keeps. */
  async begin(): Promise<void> {
    const { api, random, logIn } = this.phone
    await this.act('begins the day', async () => {
      await logIn()
      await api.getMe()
      await Promise.all([this.refreshChecklist(), this.refreshPack(), api.getSummary({})])
    })
    if (roleOf(this.phone.number) === 'field_agent' && !random.chance(shares.beginsInShop)) await this.pause('walk', random.next())
  }

  /** One shop, from finding it to the way to the next. */
  async inTheField(): Promise<void> {
    const { random } = this.phone
    const found = random.chance(shares.search)
      ? await this.act('searches', () => this.search())
      : await this.act('今日', () => this.today())
    await this.pause('think')
    let shop = found && (await this.act('opens a shop', () => this.phone.api.getSubMerchant(found.sub_mchid)))
    if (shop) {
      if (random.chance(shares.timeline)) await this.thenAct('opens the timeline', () => this.phone.api.listEvidence(shop!.sub_mchid, {}))
      if (random.chance(shares.switch)) shop = (await this.thenAct('switches', () => this.flip(shop!))) ?? shop
      if (random.chance(shares.visit)) await this.visit(shop)
    }
    await this.thenAct('workbench', () => this.phone.api.getSummary({ assigned_to: 'me' }))
    if (random.chance(shares.packAfter)) await this.thenAct('refreshes the pack', () => this.refreshPack())
    await this.pause('walk')
    this.phone.reconnect()
  }

  /** Lead and operator: figures, lists, and a shop now and then. */
  async atTheDesk(): Promise<void> {
    const { api, http, random } = this.phone
    await this.pause('desk')
    const act = random.weighted([
      [3, 'workbench'],
      [3, 'list'],
      [2, 'searches'],
      [1, 'dashboard'],
    ] as const)
    if (act === 'workbench') await this.act(act, () => api.getSummary({}))
    else if (act === 'dashboard') await this.act(act, () => http.get('/v1/metrics/dashboard'))
    else if (act === 'searches') await this.act(act, () => this.search())
    else {
      const state = random.pick(['not_migrated', 'enrolled', 'unknown', 'regressed'])
      const page = await this.act(act, () => api.listSubMerchants({ state, limit: 20 }))
      const row = page && page.items.length > 0 ? random.pick(page.items) : null
      if (row) await this.thenAct('opens a shop', () => api.getSubMerchant(row.sub_mchid))
    }
    if (random.chance(0.2)) this.phone.reconnect()
  }

  /** A request that failed ends the act; so does a stop. */
  private async act<T>(name: string, work: () => Promise<T>): Promise<T | null> {
    if (this.options.over.aborted) throw new Over()
    addAct(this.options.tally, name)
    try {
      return await work()
    } catch (error) {
      if (isApiError(error)) return null
      throw error
    }
  }
  private async thenAct<T>(name: string, work: () => Promise<T>): Promise<T | null> {
    await this.pause('think')
    return this.act(name, work)
  }
  private async pause(of: Pause, share = 1): Promise<void> {
    const [least, most] = seconds[of]
    const { pace, over } = this.options
    await sleep((share * (least + this.phone.random.next() * (most - least)) * 1_000) / pace, over)
  }

  /** In pieces, as it is typed; by name, initials or number. @returns a shop that was found */
  private async search(): Promise<{ sub_mchid: string } | null> {
    const { api, random } = this.phone
    if (this.shops.length === 0) return null
    const shop = random.pick(this.shops)
    const text = random.pick([[...shop.short_name].slice(0, 4).join(''), shop.pinyin_initials, shop.sub_mchid])
    if (text !== shop.sub_mchid && [...text].length > 2) {
      await api.listSubMerchants({ q: [...text].slice(0, 2).join(''), limit: 20 })
      await this.pause('typing')
    }
    const { items } = await api.listSubMerchants({ q: text, limit: 20 })
    return items.find(({ sub_mchid }) => sub_mchid === shop.sub_mchid) ?? items[0] ?? null
  }

  /** 今日门店: the shops of the day, how many are mine, and where I was. */
  private async today(): Promise<{ sub_mchid: string } | null> {
    const { api, random } = this.phone
    const [page] = await Promise.all([
      api.listSubMerchants({ assigned_to: 'me', route: 'today', limit: 20 }),
      api.listSubMerchants({ assigned_to: 'me', limit: 1 }),
      api.listVisits({ mine: 'true', limit: 50 }),
    ])
    const shops = page.items.length > 0 ? page.items : this.shops
    return shops.length > 0 ? random.pick(shops) : null
  }

  private async refreshChecklist(): Promise<void> {
    const newer = await this.phone.api.getChecklist(this.checklist?.etag ?? null)
    if (newer) this.checklist = { etag: newer.etag, version: newer.template.version }
  }

  /** The whole of it the first time, then what changed. */
  private async refreshPack(): Promise<void> {
    const { api } = this.phone
    let cursor: string | null = null
    let shops = this.shops
    do {
      const answer: OfflinePack = await api.getOfflinePack(cursor !== null ? { cursor } : this.since !== null ? { since: this.since } : {})
      if (answer.reset && cursor === null) shops = []
      const gone = new Set(answer.removed)
      shops = [...shops.filter(({ sub_mchid }) => !gone.has(sub_mchid)), ...answer.items].slice(0, knownShops)
      cursor = answer.next_cursor
      if (cursor === null) this.since = answer.since
    } while (cursor !== null)
    this.shops = shops
  }

  /** What this shop lacks: receipt, plan, then a filter. @returns the shop afterwards; null: not done */
  private async flip(shop: SubMerchant, key = uuid(this.phone.random), again = true): Promise<SubMerchant | null> {
    const { api, random } = this.phone
    const { sub_mchid, version } = shop
    const options = { version, key }
    try {
      const result = await (shop.receipt.status !== 'open'
        ? api.control(sub_mchid, ['receipt'], { status: 'open' }, options)
        : shop.gold_plan.jsapi.status !== 'open'
          ? api.control(sub_mchid, ['gold-plan', 'jsapi'], { status: 'open' }, options)
          : api.control(sub_mchid, ['ad-filter'], { industries: [random.pick(INDUSTRIES).code] }, options))
      return result.done ? result.merchant : await this.awaitOperation(key)
    } catch (error) {
      // somebody else changed the shop meanwhile: looked at, and once more
      if (!isApiError(error) || error.code !== 'VERSION_MISMATCH' || !again) throw error
      return this.flip(await api.getSubMerchant(sub_mchid), uuid(random), false)
    }
  }
  private async awaitOperation(key: string): Promise<SubMerchant | null> {
    for (const wait of askAgainAfter) {
      await sleep(wait, this.options.over)
      const operation = await this.phone.api.getOperation(key)
      if (operation.status === 'succeeded') return operation.result ?? null
      if (operation.status === 'failed' || operation.status === 'unresolved') return null
    }
    return null
  }

  /** The checklist is filled in, then two photos and the visit leave. */
  private async visit({ sub_mchid }: SubMerchant): Promise<void> {
    const { api, random } = this.phone
    await this.thenAct('begins a visit', () => this.refreshChecklist())
    const { checklist } = this
    if (!checklist) return
    const started_at = new Date().toISOString()
    await this.pause('checklist')
    await this.act('submits a visit', async () => {
      const pictures = [0, 1].map(() => another(random.pick(this.options.pictures)))
      const [front, page] = await Promise.all(pictures.map(picture => this.phone.send(picture, uuid(random))))
      const answers = testedAnswers(front!, page!)
      const body = {
        sub_mchid,
        template_version: checklist.version,
        status: 'submitted' as const,
        started_at,
        ended_at: new Date().toISOString(),
      }
      await api.putVisit(uuid(random), { ...body, answers } as Parameters<typeof api.putVisit>[1], uuid(random))
    })
  }
}
