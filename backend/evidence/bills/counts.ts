// What is counted of a bill while it is read: for each merchant some forty numbers, in one block of memory, whatever the number of its payments.

/** How a payment was made, but for JSAPI, which its appid tells apart. */
const ways = ['native', 'micropay', 'app', 'h5', 'facepay', 'other'] as const
type Way = (typeof ways)[number]

/** 交易类型 → how; what is not here is `other` (facts.md §8) */
const wayOf: Readonly<Record<string, Way>> = { NATIVE: 'native', MICROPAY: 'micropay', APP: 'app', MWEB: 'h5', FACEPAY: 'facepay' }

/** Yuan at which the second to the sixth band begin: under 10, 10, 30, 50, 100, 300 and more (our choice). */
const bandsFrom = [10, 30, 50, 100, 300] as const

const bandOf = (yuan: number): number => {
  let band = 0
  while (band < bandsFrom.length && yuan >= bandsFrom[band]!) band += 1
  return band
}

export interface MerchantCounts extends Record<Way, number> {
  sub_mchid: string
  payments: number
  refunds: number
  /** appid → payments by JSAPI; '' where the bill names none */
  jsapi: Record<string, number>
  /** 24, by the hour of the day */
  hours: number[]
  /** six */
  bands: number[]
}

/** Where each number of a merchant stands. Most merchants have one appid: it and its payments stand here, others in a map. */
const at = { ways: 0, refunds: 6, payments: 7, hours: 8, bands: 32, appid: 38, jsapi: 39 }
const slots = 40
const merchantsAtFirst = 1_024
const mostAppids = 2 ** 20
const wayIndex = new Map(Object.entries(wayOf).map(([type, way]) => [type, ways.indexOf(way)]))
const otherIndex = ways.indexOf('other')

export class Counts {
  readonly #places = new Map<string, number>()
  readonly #appids = new Map<string, number>()
  readonly #appidNames: string[] = []
  /** merchant × mostAppids + appid → payments, of a merchant's second appid and further ones */
  readonly #further = new Map<number, number>()
  #numbers = new Uint32Array(slots * merchantsAtFirst)

  get merchants(): number {
    return this.#places.size
  }

  /** @param yuan null: the bill does not say it where it can be trusted */
  payment(sub_mchid: string, type: string, appid: string, hour: number, yuan: number | null): void {
    const place = this.#placeOf(sub_mchid)
    const numbers = this.#numbers
    numbers[place + at.payments]! += 1
    numbers[place + at.hours + hour]! += 1
    if (yuan !== null) numbers[place + at.bands + bandOf(yuan)]! += 1
    if (type === 'JSAPI') this.#payByJsapi(place, appid)
    else numbers[place + at.ways + (wayIndex.get(type) ?? otherIndex)]! += 1
  }

  refund(sub_mchid: string): void {
    const place = this.#placeOf(sub_mchid)
    this.#numbers[place + at.refunds]! += 1
  }

  #payByJsapi(place: number, appid: string): void {
    const numbers = this.#numbers
    const index = this.#appidOf(appid)
    if (numbers[place + at.jsapi] === 0) numbers[place + at.appid] = index
    if (numbers[place + at.appid] === index) {
      numbers[place + at.jsapi]! += 1
      return
    }
    const key = (place / slots) * mostAppids + index
    this.#further.set(key, (this.#further.get(key) ?? 0) + 1)
  }

  #placeOf(sub_mchid: string): number {
    const known = this.#places.get(sub_mchid)
    if (known !== undefined) return known
    const place = this.#places.size * slots
    if (place === this.#numbers.length) {
      const more = new Uint32Array(this.#numbers.length * 2)
      more.set(this.#numbers)
      this.#numbers = more
    }
    this.#places.set(sub_mchid, place)
    return place
  }

  #appidOf(given: string): number {
    const known = this.#appids.get(given)
    if (known !== undefined) return known
    // whatever else stands there is none, and nothing of it is kept
    const appid = /^wx[0-9a-zA-Z]{6,30}$/.test(given) && this.#appidNames.length < mostAppids - 1 ? given : ''
    if (appid === '' && given !== '') return this.#appidOf('')
    // a copy: a part of a text keeps the whole block in memory
    const own = Buffer.from(appid, 'latin1').toString('latin1')
    const index = this.#appidNames.push(own) - 1
    this.#appids.set(own, index)
    return index
  }

  *all(): Generator<MerchantCounts> {
    const further = this.#furtherByMerchant()
    for (const [sub_mchid, place] of this.#places) {
      const part = (from: number, count: number) => [...this.#numbers.subarray(place + from, place + from + count)]
      const byWay = part(at.ways, ways.length)
      const jsapi = { ...further.get(place / slots) }
      const first = this.#numbers[place + at.jsapi]!
      if (first > 0) jsapi[this.#appidNames[this.#numbers[place + at.appid]!]!] = first
      yield {
        sub_mchid,
        payments: this.#numbers[place + at.payments]!,
        refunds: this.#numbers[place + at.refunds]!,
        ...(Object.fromEntries(ways.map((way, index) => [way, byWay[index]!])) as Record<Way, number>),
        jsapi,
        hours: part(at.hours, 24),
        bands: part(at.bands, bandsFrom.length + 1),
      }
    }
  }

  #furtherByMerchant(): Map<number, Record<string, number>> {
    const found = new Map<number, Record<string, number>>()
    for (const [key, payments] of this.#further) {
      const merchant = Math.floor(key / mostAppids)
      const one = found.get(merchant) ?? {}
      one[this.#appidNames[key % mostAppids]!] = payments
      found.set(merchant, one)
    }
    return found
  }
}
