// The outbox (product.md §8, M20): visits and test payments that the server does not have yet, with their photos. The rules are rules/outbox's; here they
// meet storage, network and clock. Bind: items, unsent, failed, last_sent_at, held, sending.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { EvidenceResult, VisitResult } from '../../typings/api'
import { ApiError, asApiError } from '../api/errors'
import { problemView, type ProblemView } from '../rules/error-copy'
import type { OutboxItem, Parcel } from '../rules/field-work'
import {
  afterRefusal,
  afterUpload,
  atStart,
  dueNow,
  evidenceRequestOf,
  isAhead,
  isMoving,
  isOvertaken,
  isStuck,
  itemsOf,
  meaningOf,
  needsPerson,
  nextTime,
  nextToSend,
  triedOf,
  visitRequestOf,
  withTimeUntil,
  withTried,
  type Meaning,
  type Piece,
} from '../rules/outbox'
import { uuid } from '../rules/uuid'
import type { StoreContext } from './context'
import type { Held, NewParcel, Outbox } from './field-work'
import { keysOfWork, liesAt, photosAt, UnsentWork, type WorkKind } from './unsent-work'
import { keptAs } from '../phone/kept-as'

/** Clocks jump while a timer runs: it is looked again at least this often. */
const LONGEST_TIMER_MS = 15 * 60_000

const PARCEL = keptAs<Parcel>(1, { id: '', shop: {}, photos: [{}] })
/** ms of the phone */
const SENT = keptAs<number>(1, 0)

type Result = VisitResult | EvidenceResult
type Answer = { photo_id: string } | Result
type TakenListener = (parcel: Parcel, result: Result) => void

export interface OutboxOptions {
  context: StoreContext
  /** names of all kept values */
  keys: () => readonly string[]
  files: { exists(path: string): boolean; forget(path: string): void }
  /** whose session the next request would go out with; null: nobody's */
  sender: () => string | null
  /** server time, ms */
  serverNow: () => number
  /** asks the server for its time */
  measure: () => Promise<void>
  /** whether the person lets photos go over this network */
  photosAllowed: () => boolean
}

export class OutboxStore implements Outbox {
  last_sent_at: number | null = null
  private parcels: Parcel[] = []
  private stopped: 'signed_out' | 'disabled' | 'outdated' | null = null
  private staff_id: string | null = null
  /** ids of what is on its way, whoever is logged in by now */
  private readonly flying = new Set<string>()
  private timer: unknown = null
  private readonly work: UnsentWork<Parcel>
  private waiting: (() => void)[] = []
  private readonly listeners: TakenListener[] = []

  constructor(private readonly options: OutboxOptions) {
    this.work = new UnsentWork(options.context.phone.storage, options.keys, 'parcel', PARCEL)
    makeAutoObservable<this, 'options' | 'work' | 'timer' | 'waiting' | 'flying' | 'listeners' | 'parcels'>(
      this,
      {
        options: false,
        work: false,
        timer: false,
        waiting: false,
        flying: false,
        listeners: false,
        parcels: observable.ref,
        items: computed.struct,
      },
      { autoBind: true },
    )
  }

  get items(): OutboxItem[] {
    return itemsOf(this.parcels)
  }
  get unsent(): number {
    return this.parcels.length
  }
  get failed(): number {
    return this.parcels.filter(needsPerson).length
  }
  get sending(): boolean {
    return this.parcels.some(isMoving)
  }
  get held(): Held | null {
    const waiting = this.parcels.filter(parcel => !isStuck(parcel))
    if (waiting.length === 0) return null
    if (this.stopped) return this.stopped
    if (!this.options.context.network.online) return 'offline'
    const forWifi = !this.options.photosAllowed() && waiting.every(({ photos }) => photos.some(({ photo_id }) => photo_id === null))
    return forWifi ? 'wifi' : null
  }
  parcel(id: string): Parcel | null {
    return this.parcels.find(one => one.id === id) ?? null
  }
  problemOf(id: string): ProblemView | null {
    const error = this.pieceOf(id) && triedOf(this.pieceOf(id)!).error
    return error ? problemView(error, this.options.context.preferences.say) : null
  }

  /** Is told what the server made of a visit or test payment, while its account is here. */
  onTaken(listener: TakenListener): void {
    this.listeners.push(listener)
  }

  /** Shows and sends what lies here for this account; null: for nobody. */
  use(staff_id: string | null): void {
    if (staff_id === this.staff_id) return
    this.staff_id = staff_id
    this.stopped = null
    this.clearTimer()
    const kept = staff_id === null ? [] : this.work.all(staff_id)
    this.parcels = kept.map(parcel => atStart(parcel, id => this.flying.has(id)))
    this.last_sent_at = staff_id === null ? null : SENT.read(this.options.context.phone.storage, sentKey(staff_id))
  }
  /** The account left the phone. What it has not sent stays for it (product.md §8). */
  wipe(): void {
    this.use(null)
  }

  put({ shop, photos, content, revision }: NewParcel): boolean {
    const { staff_id } = this
    if (staff_id === null) return false
    const { timers, random } = this.options.context
    const fresh = { status: 'waiting' as const, tries: 0, next_at: null, unsure: false, error: null }
    const before = this.parcel(idOf(content))
    const parcel = {
      ...content,
      ...fresh,
      id: idOf(content),
      // what is recorded is recorded once, whoever sends it how often
      key: content.kind === 'evidence' ? content.request.id : uuid(random),
      staff_id,
      shop,
      created_at: timers.now(),
      turn: Math.max(0, ...this.parcels.map(({ turn }) => turn)) + 1,
      revision,
      resent: 0,
      photos: photos.map(
        photo => before?.photos.find(({ id }) => id === photo.id) ?? { ...photo, ...fresh, key: uuid(random), photo_id: null },
      ),
    } as Parcel
    try {
      this.work.put(staff_id, parcel.id, parcel)
    } catch {
      return false
    }
    this.parcels = [...this.parcels.filter(({ id }) => id !== parcel.id), parcel]
    this.pump()
    return true
  }

  /** The next try of everything that waits is now. */
  flush(): Promise<void> {
    this.stopped = null
    this.parcels = this.parcels.map(parcel => dueNow(parcel, this.newKey))
    return this.run()
  }
  retry(id: string): Promise<void> {
    return this.retryThese(parcel => parcel.id === id || parcel.photos.some(photo => photo.id === id))
  }
  retryAll(): Promise<void> {
    return this.retryThese(() => true)
  }

  reopen(id: string, keep: (parcel: Parcel) => boolean): boolean {
    const parcel = this.parcel(id)
    if (!parcel || isMoving(parcel)) return false
    // the server may have it, and would answer another content under this id with the first
    if (parcel.kind === 'evidence' && parcel.unsure) return false
    if (!keep(parcel)) return false
    this.forget(parcel)
    return true
  }
  supersede(id: string): void {
    const parcel = this.parcel(id)
    if (parcel) this.forget(parcel)
  }
  remove(id: string): boolean {
    const parcel = this.parcel(id)
    if (!parcel || isMoving(parcel)) return false
    this.forget(parcel)
    parcel.photos.forEach(({ path }) => this.options.files.forget(path))
    return true
  }

  unsentOf(staff_id: string): { waiting: number; drafts: number } {
    const { storage } = this.options.context.phone
    // one that could not be removed was emptied
    const count = (kind: WorkKind) => keysOfWork(this.options.keys(), staff_id, kind).filter(key => liesAt(storage, key)).length
    return { waiting: count('parcel'), drafts: count('draft') + count('test') }
  }
  abandon(staff_id: string): void {
    const { storage } = this.options.context.phone
    const kinds: WorkKind[] = ['draft', 'test', 'parcel']
    const lying = kinds.flatMap(kind => keysOfWork(this.options.keys(), staff_id, kind))
    lying.forEach(key => {
      const photos = photosAt(storage, key)
      storage.remove(key)
      photos.forEach(({ path }) => this.options.files.forget(path))
    })
    storage.remove(sentKey(staff_id))
    if (staff_id === this.staff_id) this.parcels = []
  }

  private get mayGo(): boolean {
    return this.staff_id !== null && this.stopped === null && this.options.context.network.mayTry && this.options.sender() === this.staff_id
  }

  private retryThese(wanted: (parcel: Parcel) => boolean): Promise<void> {
    const { staff_id } = this
    const these = () => this.parcels.filter(parcel => wanted(parcel) && !isMoving(parcel))
    const again = () => {
      if (staff_id !== this.staff_id) return Promise.resolve()
      runInAction(() => {
        this.stopped = null
        these().forEach(this.takeUp)
      })
      return this.run()
    }
    // a time that was refused is corrected by the server's, not by the clock that made it
    return these().some(isAhead) ? this.options.measure().then(again) : again()
  }

  private run(): Promise<void> {
    this.pump()
    if (this.flying.size === 0) return Promise.resolve()
    return new Promise(resolve => void this.waiting.push(resolve))
  }

  /** Starts what may start, and sets the clock for the rest. */
  private pump(): void {
    this.clearTimer()
    if (this.mayGo) {
      const { timers } = this.options.context
      const allowed = this.options.photosAllowed()
      const now = timers.now()
      nextToSend(this.parcels, now, allowed).forEach(piece => void this.send(piece))
      const at = nextTime(this.parcels, now, allowed)
      if (at !== null) this.timer = timers.set(this.pump, Math.min(at - now, LONGEST_TIMER_MS))
    }
    if (this.flying.size === 0) this.waiting.splice(0).forEach(resolve => resolve())
  }

  private async send(piece: Piece): Promise<void> {
    const staff_id = this.staff_id!
    const { id } = piece.parcel
    const photo_id = piece.photo?.id ?? null
    const parcel = this.parcel(id)!
    // kept before it leaves: whoever finds it after a kill knows that the server may have it
    this.keep(staff_id, withTried({ ...piece, parcel }, { status: 'sending' }))
    this.flying.add(photo_id ?? id)
    try {
      const answer = await this.exchange(piece)
      this.settle(staff_id, id, photo_id, parcel => ('photo_id' in answer ? afterUpload(parcel, photo_id!, answer.photo_id) : null), answer)
    } catch (thrown) {
      this.refused(staff_id, id, photo_id, asApiError(thrown))
    } finally {
      runInAction(() => {
        this.flying.delete(photo_id ?? id)
        this.pump()
      })
    }
  }

  /** Throws or rejects. */
  private exchange({ parcel, photo }: Piece): Promise<Answer> {
    const { api } = this.options.context
    if (photo) {
      if (!this.options.files.exists(photo.path)) throw new ApiError({ kind: 'problem', code: 'PHOTO_GONE' })
      return api.uploadPhoto(photo, photo.key).then(({ id }) => ({ photo_id: id }))
    }
    if (parcel.kind === 'visit') {
      return api.putVisit(parcel.id, visitRequestOf(parcel), parcel.key).then(taken => {
        if (isOvertaken(parcel.request, taken.visit)) throw new ApiError({ kind: 'problem', code: 'VISIT_OVERTAKEN', status: 409 })
        return taken
      })
    }
    return api.recordEvidence(parcel.shop.sub_mchid, evidenceRequestOf(parcel), parcel.key)
  }

  private refused(staff_id: string, id: string, photo_id: string | null, error: ApiError): void {
    let meaning: Meaning = 'again'
    this.settle(staff_id, id, photo_id, (parcel, piece) => {
      meaning = meaningOf(error, piece)
      const { timers, random } = this.options.context
      return afterRefusal({ ...piece, parcel }, error, { now: timers.now(), random, newKey: this.newKey })
    })
    if (staff_id !== this.staff_id) return
    runInAction(() => {
      if (meaning === 'signed_out' || meaning === 'disabled' || meaning === 'outdated') this.stopped = meaning
    })
  }

  /** Brings an answer home, also to an account that has left meanwhile. `next` gives null when the server has it all. */
  private settle(
    staff_id: string,
    id: string,
    photo_id: string | null,
    next: (parcel: Parcel, piece: Piece) => Parcel | null,
    answer?: Answer,
  ): void {
    const here = staff_id === this.staff_id
    const parcel = here ? this.parcel(id) : this.work.get(staff_id, id)
    // given up meanwhile
    if (!parcel) return
    const photo = parcel.photos.find(one => one.id === photo_id) ?? null
    if (photo_id !== null && photo === null) return
    const after = next(parcel, { parcel, photo })
    runInAction(() => {
      if (after) return this.keep(staff_id, after)
      this.work.drop(staff_id, id)
      if (here) this.parcels = this.parcels.filter(one => one.id !== id)
      this.noteSent(staff_id)
    })
    if (after) return
    // only now: the server has what they belong to
    parcel.photos.forEach(({ path }) => this.options.files.forget(path))
    if (here && answer && !('photo_id' in answer)) runInAction(() => this.listeners.forEach(listener => listener(parcel, answer)))
  }

  /** A state that finds no room is the same after a restart as one that was lost: it is sent again with its key. */
  private keep(staff_id: string, parcel: Parcel): void {
    try {
      this.work.put(staff_id, parcel.id, parcel)
    } catch {
      // said above
    }
    if (staff_id === this.staff_id) this.parcels = this.parcels.map(one => (one.id === parcel.id ? parcel : one))
  }
  private takeUp(parcel: Parcel): void {
    if (parcel.status === 'conflict') return
    this.keep(parcel.staff_id, dueNow(withTimeUntil(parcel, this.options.serverNow(), this.newKey), this.newKey, true))
  }
  private forget({ staff_id, id }: Parcel): void {
    this.work.drop(staff_id, id)
    this.parcels = this.parcels.filter(one => one.id !== id)
  }
  private noteSent(staff_id: string): void {
    const at = this.options.context.timers.now()
    SENT.writeIfRoom(this.options.context.phone.storage, sentKey(staff_id), at)
    if (staff_id === this.staff_id) this.last_sent_at = at
  }
  private pieceOf(id: string): Piece | null {
    const parcel = this.parcels.find(one => one.id === id || one.photos.some(photo => photo.id === id))
    return parcel ? { parcel, photo: parcel.photos.find(photo => photo.id === id) ?? null } : null
  }
  private newKey(): string {
    return uuid(this.options.context.random)
  }
  private clearTimer(): void {
    if (this.timer !== null) this.options.context.timers.clear(this.timer)
    this.timer = null
  }
}

const sentKey = (staff_id: string) => `staff:${staff_id}:last-sent`
const idOf = (content: NewParcel['content']): string => (content.kind === 'visit' ? content.draft.id : content.request.id)
