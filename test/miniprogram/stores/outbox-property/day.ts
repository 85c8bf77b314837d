// One run: what happens to a phone, what was promised to the person who holds it, and whether that was kept.
import { createHash } from 'node:crypto'
import type { ChecklistTemplate } from '../../../../typings/api.ts'
import type { LocalPhoto, Parcel, VisitDraft } from '../../../../miniprogram/rules/field-work.ts'
import { uuid } from '../../../../miniprogram/rules/uuid.ts'
import type { Backend } from '../../../backend/support/backend.ts'
import type { Command } from './commands.ts'
import { openApp, type Flash, type OpenApp } from './phone.ts'
import { FaultyServer } from './server.ts'

export interface Clock {
  /** of the server, ms */
  now: number
}

/** What the person was told lies on the phone. `contents`: more than one where a kill came in between and nothing was told. */
interface Work {
  id: string
  kind: 'visit' | 'evidence'
  contents: Set<string>
  queued: boolean
  /** the person threw it away, or was about to when the app was killed */
  removed: boolean
  /** the app was killed while the person threw it away: what is found counts */
  doubtful?: boolean
}

const CODE = 'demo-field_agent'
const OTHER_CODE = 'demo-region_lead'
const ROOM = 10 * 1024 * 1024
/** of the phone's time: longer than any request with its repetitions */
const LONGEST_WAIT_MS = 120_000
const EDITED = ['D1', 'E2', 'F3', 'F4', 'F4', 'C1'] as const
const VALUES: Record<string, unknown[]> = {
  D1: ['none', 'pickup_code', 'parking_time', 'none', 'none', 'member_points'],
  E2: ['set', 'not_wanted', 'not_set', 'set', 'set', 'set'],
  F3: ['王', undefined, '店长', '收银', '老板', undefined],
  F4: ['一', '二', '三', undefined, '五', '六'],
  C1: [false, false, false, false, false, false],
}
const START = { A1: 'same', A4: true, B1: ['payment_code'], B2: 'no', B3: true, C1: false, D1: 'none', E1: true, E2: 'not_wanted' }

export class Day {
  readonly server: FaultyServer
  private app!: OpenApp
  private readonly works = new Map<string, Work>()
  private readonly pictures: Buffer[] = []
  /** where in the album its pictures begin */
  private readonly first = Math.floor(Math.random() * 1_000)
  private readonly otherTokens = new Set<string>()
  private readonly flash: Flash
  private readonly did = new Set<string>()

  constructor(
    private readonly backend: Backend,
    private readonly clock: Clock,
    private readonly template: ChecklistTemplate,
    private readonly shops: readonly string[],
    private readonly album: readonly Buffer[],
    session: { token: string; expires_at: string; staff: unknown; me: unknown },
  ) {
    const part = () => 1 + Math.floor(Math.random() * 250)
    this.server = new FaultyServer(backend, `10.${part()}.${part()}.${part()}`)
    const kept = new Map([['session', JSON.stringify({ ...session, skew: 0 })]])
    this.flash = { kept, files: new Map(), most: ROOM, now: clock.now, online: true, loginCode: CODE }
  }

  async live(commands: readonly Command[]): Promise<void> {
    await this.open()
    for (const command of commands) {
      this.did.add(command.do)
      await this.obey(command)
      if (this.app.life.dead) await this.reopen()
      this.checkPhone()
    }
    await this.heal()
    await this.checkAll()
  }

  private async open(): Promise<void> {
    this.app = openApp(this.flash, this.server, Math.random)
    await this.during('the start', this.app.session.start())
    if (this.live_ && this.app.session.staff && !this.isMe) await this.during('logging out', this.app.session.logout())
    if (this.live_) await this.logInAgain()
  }
  private async reopen(): Promise<void> {
    this.flash.now = this.app.timers.now()
    this.flash.loginCode = CODE
    await this.open()
    if (this.app.life.dead) return this.reopen()
    if (this.isMe) for (const work of this.works.values()) this.settleContent(work)
  }
  /**
   * The work of one command; ends with it or with the kill. Where the app waits for time (a question that met a busy server is repeated after a pause), the
   * phone's time goes on.
   * @throws Error naming what has no end
   */
  private async during<T>(what: string, doing: Promise<T>): Promise<T | undefined> {
    const { timers } = this.app
    const giveUpAt = timers.now() + LONGEST_WAIT_MS
    let over = false
    const end = this.orKilled(doing).finally(() => (over = true))
    for (;;) {
      await this.server.quiet()
      if (over) return end
      if (timers.now() > giveUpAt || !(await timers.step())) throw new Error(`${what} waits for what does not come`)
    }
  }
  private async orKilled<T>(doing: Promise<T>): Promise<T | undefined> {
    return Promise.race([doing.catch(() => undefined), this.app.life.died.then(() => undefined)])
  }
  /** An account that was shut out or signed out comes back: the person logs in. */
  private async logInAgain(): Promise<void> {
    if (this.app.session.status !== 'ready' && this.flash.online) await this.during('logging in', this.app.session.login())
  }

  private get isMe(): boolean {
    return this.app.session.sender === 'staff-field_agent'
  }
  private get live_(): boolean {
    return !this.app.life.dead
  }
  private mine(): Work[] {
    return [...this.works.values()].filter(({ removed }) => !removed)
  }
  /** of mine that this can happen to */
  private pick(at: number, fits: (work: Work) => boolean = () => true): Work | undefined {
    const all = this.mine().filter(fits)
    return all[at % Math.max(all.length, 1)]
  }
  private readonly isDraft = ({ id }: Work): boolean => this.app.drafts.find(id) !== null
  private readonly isQueued = ({ id }: Work): boolean => this.app.outbox.parcel(id) !== null

  private async obey(command: Command): Promise<void> {
    const { app, flash } = this
    switch (command.do) {
      case 'begin':
        return this.begin(command.shop)
      case 'answer':
        return this.change(command.work, draft => {
          const item = EDITED[command.item]!
          return app.drafts.answer(draft.id, item, VALUES[item]![command.value] as never)
        })
      case 'photo':
        return this.addPhoto(command)
      case 'remove_photo':
        return this.change(command.work, draft => {
          const photo = draft.photos[command.photo % Math.max(draft.photos.length, 1)]
          return photo ? app.drafts.removePhoto(draft.id, photo.id) : 'gone'
        })
      case 'submit':
        return this.submit(command.work)
      case 'test':
        return this.test(command.shop, command.photos)
      case 'discard': {
        const work = this.pick(command.work, this.isDraft)
        if (!work) return
        app.drafts.discard(work.id)
        if (command.undo) app.drafts.undo()
        else work.removed = true
        return
      }
      case 'reopen': {
        const work = this.pick(command.work, one => one.kind === 'visit' && this.isQueued(one))
        if (!work) return
        if (this.attempt(() => app.drafts.reopen(work.id)) !== null && this.live_) work.queued = false
        return
      }
      case 'remove': {
        const work = this.pick(command.work, this.isQueued)
        if (work && this.attempt(() => app.outbox.remove(work.id)) !== false) work.removed = true
        return
      }
      case 'retry': {
        const work = this.pick(command.work, this.isQueued)
        if (work) void app.outbox.retry(work.id).catch(() => {})
        return
      }
      case 'retry_all':
        return void app.outbox.retryAll().catch(() => {})
      case 'flush':
        return void app.outbox.flush().catch(() => {})
      case 'kill':
        return command.steps === 0 ? app.life.kill() : app.life.arm(command.steps, command.done)
      case 'network':
        flash.online = command.on
        app.network.changed({ online: command.on, weak: false })
        if (command.on) {
          await this.logInAgain()
          void app.outbox.flush().catch(() => {})
        }
        return
      case 'fault':
        this.server.faults.push(...command.faults)
        return
      case 'busy':
        this.server.busy = command.times
        return
      case 'wait':
        this.clock.now += command.ms
        await this.orKilled(app.timers.advance(command.ms))
        return this.logInAgain()
      case 'clock':
        return app.timers.sleep(command.by)
      case 'full':
        flash.most = command.full ? [...flash.kept].reduce((sum, [key, value]) => sum + key.length + value.length, 0) + 200 : ROOM
        return
      case 'purge':
        await this.server.quiet()
        return this.purge()
      case 'review':
        return this.review(command.work, command.result)
      case 'switch':
        return this.switchAccount()
      case 'abandon':
        return this.abandon()
    }
  }

  /** What a kill in the middle leaves unsaid is no answer. */
  private attempt<T>(act: () => T): T | undefined {
    try {
      return act()
    } catch (thrown) {
      if (this.live_) throw thrown
      return undefined
    }
  }

  private async begin(shop: number): Promise<void> {
    const sub_mchid = this.shops[shop % this.shops.length]!
    if (this.works.size > 5) return
    const draft = this.attempt(() =>
      this.app.drafts.begin({ sub_mchid, name: `店 ${shop}`, region_name: '南山区' }, this.template, {
        answers: { ...START },
        origins: {},
      }),
    )
    if (!draft || !this.live_) return
    this.works.set(draft.id, { id: draft.id, kind: 'visit', contents: new Set([contentOfDraft(draft)]), queued: false, removed: false })
    if (shop > 0) await this.addPhoto({ work: this.mine().filter(this.isDraft).length - 1, item: 0, count: 1, again: false })
  }
  /** Changes a draft: the new content is promised when it is acknowledged, and possible when the app was killed meanwhile. */
  private async change(at: number, act: (draft: VisitDraft) => unknown): Promise<void> {
    const work = this.pick(at, this.isDraft)
    const draft = work && this.app.drafts.find(work.id)
    if (!work || !draft) return
    const result = this.attempt(() => act(draft))
    if (!this.live_) return this.maybe(work)
    if (result !== 'ok') return
    work.contents = new Set([contentOfDraft(this.app.drafts.find(work.id)!)])
  }
  private async addPhoto({ work: at, item, count, again }: { work: number; item: number; count: number; again: boolean }): Promise<void> {
    const work = this.pick(at, this.isDraft)
    if (!work) return
    this.app.camera.next = most => Array.from({ length: Math.min(most, count) }, () => this.picture(again))
    await this.during('taking a photo', this.app.drafts.addPhoto(work.id, item === 0 ? 'A3' : 'B4', 'album'))
    // who is shut out meanwhile is not told whether it was kept
    if (!this.live_ || !this.isMe) return this.maybe(work)
    const draft = this.app.drafts.find(work.id)
    if (draft) work.contents = new Set([contentOfDraft(draft)])
  }
  private picture(again: boolean): Buffer {
    const old = this.pictures.at(-1)
    if (again && old) return old
    const fresh = this.album[(this.first + this.pictures.length) % this.album.length]!
    this.pictures.push(fresh)
    return fresh
  }
  private async submit(at: number): Promise<void> {
    const work = this.pick(at, this.isDraft)
    if (!work) return
    if (!('A3' in this.app.drafts.find(work.id)!.answers)) await this.addPhoto({ work: at, item: 0, count: 1, again: false })
    if (!this.live_) return
    const result = this.attempt(() => this.app.drafts.submit(work.id))
    if (!this.live_) {
      work.queued = true
      return this.maybe(work)
    }
    if (result?.outcome === 'queued') work.queued = true
  }
  private async test(shop: number, count: number): Promise<void> {
    const { app } = this
    const staff_id = app.session.sender
    if (staff_id === null || this.works.size > 6) return
    const sub_mchid = this.shops[shop % this.shops.length]!
    app.camera.next = () => Array.from({ length: count }, () => this.picture(false))
    const taken = count === 0 ? undefined : await this.during('taking a photo', app.photos.take({ sub_mchid, item_id: null, most: 9 }))
    if (!this.live_ || app.session.sender !== staff_id) return
    const id = uuid()
    const detail = { entry: 'h5_link', web_page_opened: true, payee_matches: 'yes', after_page: 'closed', note: id } as const
    const occurred_at = new Date(app.session.serverNow()).toISOString()
    const photos = taken?.photos ?? []
    const content = { kind: 'evidence' as const, request: { id, kind: 'test_payment' as const, occurred_at, detail }, form: {} }
    const kept = this.attempt(() => app.outbox.put({ shop: { sub_mchid, name: '店', region_name: '' }, photos, content, revision: 0 }))
    if (kept === true && this.live_)
      this.works.set(id, { id, kind: 'evidence', contents: new Set([contentOfTest(id, photos)]), queued: true, removed: false })
  }
  private async purge(): Promise<void> {
    const { db } = this.backend
    const unattached = db.selectFrom('photo_attachments').select('photo_id')
    const shas = this.pictures.map(sha)
    if (shas.length > 0) await db.deleteFrom('photos').where('sha256', 'in', shas).where('id', 'not in', unattached).execute()
  }
  private async review(at: number, result: 'accepted' | 'returned'): Promise<void> {
    const work = this.pick(at, one => one.kind === 'visit' && one.queued)
    if (!work) return
    await this.server.quiet()
    await this.backend.call('region_lead', 'POST', `/v1/visits/${work.id}/review`, {
      headers: { 'idempotency-key': uuid() },
      body: { result, ...(result === 'returned' ? { comment: '请补拍' } : {}) },
    })
  }
  private async switchAccount(): Promise<void> {
    const { app, flash } = this
    if (!flash.online) return
    await this.during('logging out', app.session.logout())
    flash.loginCode = OTHER_CODE
    await this.during('logging in', app.session.login())
    if (this.live_ && app.session.status === 'ready') {
      this.otherTokens.add(`Bearer ${app.session.currentToken()}`)
      const seen = app.outbox.items.length + app.drafts.list.length
      if (seen > 0) throw new Error(`another account sees ${seen} of mine`)
      await this.during('sending', app.outbox.flush())
      await this.during('logging out', app.session.logout())
    }
    flash.loginCode = CODE
    await this.logInAgain()
  }
  private async abandon(): Promise<void> {
    const { app } = this
    const staff_id = app.session.staff?.id
    if (!staff_id || !this.flash.online) return
    this.attempt(() => app.outbox.abandon(staff_id))
    for (const work of this.mine()) {
      if (this.live_) work.removed = true
      else work.doubtful = true
    }
    await this.during('logging out', app.session.logout())
    await this.logInAgain()
  }

  /** Killed in the middle of a change: what it was and what it was to be are both right. */
  private maybe(work: Work): void {
    work.contents.add('?')
  }
  /** What is found after a kill is what counts from then on. */
  private settleContent(work: Work): void {
    if (work.doubtful && this.onPhone(work) === null) work.removed = true
    work.doubtful = false
    if (this.app.drafts.find(work.id)) work.queued = false
    if (!work.contents.has('?')) return
    const there = this.onPhone(work)
    if (there === null) return
    work.contents = new Set([there])
  }

  private onPhone({ id }: Work): string | null {
    const draft = this.app.drafts.find(id)
    if (draft) return contentOfDraft(draft)
    const parcel = this.app.outbox.parcel(id)
    return parcel && contentOfParcel(parcel)
  }
  /** At any moment: what was promised lies on the phone, or has left it. */
  private checkPhone(): void {
    if (!this.isMe) return
    for (const work of this.mine()) {
      const there = this.onPhone(work)
      if (there === null && !work.queued) throw new Error(`a draft is gone: ${work.id}`)
      if (there !== null && !work.contents.has(there) && !work.contents.has('?'))
        throw new Error(`${work.id} is ${there}, promised was ${[...work.contents].join(' or ')}`)
    }
    const needed = [...this.app.drafts.list, ...this.app.outbox.items.flatMap(({ parcel_id }) => this.app.outbox.parcel(parcel_id) ?? [])]
    for (const { photos } of needed)
      for (const { path } of photos) if (!this.flash.files.has(path)) throw new Error(`a photo that is still needed is gone: ${path}`)
  }

  /** The network is back for good, the clock is right, and the person tries once more whatever was refused. */
  private async heal(): Promise<void> {
    this.server.faults = []
    this.server.busy = 0
    this.flash.most = ROOM
    await this.server.quiet()
    this.app.life.kill()
    this.flash.now = this.clock.now
    this.flash.online = true
    this.flash.loginCode = CODE
    await this.reopen()
    await this.server.quiet()
    for (let round = 0; round < 4 && this.app.outbox.items.some(({ status }) => status !== 'conflict'); round += 1) {
      await this.during('trying again', this.app.outbox.retryAll())
      await this.server.quiet()
    }
  }

  private async checkAll(): Promise<void> {
    if (this.server.broken.length > 0) throw new Error(this.server.broken.join(', '))
    this.checkPhone()
    const stuck = this.app.outbox.items.filter(({ status }) => status !== 'conflict' && status !== 'done')
    const inConflict = new Set(this.app.outbox.items.filter(({ status }) => status === 'conflict').map(({ parcel_id }) => parcel_id))
    for (const item of stuck) if (!inConflict.has(item.parcel_id)) throw new Error(`still waiting at the end: ${JSON.stringify(item)}`)
    for (const work of this.mine()) if (this.onPhone(work) === null) await this.checkServer(work)
    this.checkKeys()
    const needed = new Set(
      [...this.app.drafts.list, ...[...this.works.keys()].flatMap(id => this.app.outbox.parcel(id) ?? [])].flatMap(({ photos }) =>
        photos.map(({ path }) => path),
      ),
    )
    for (const path of this.flash.files.keys())
      if (!needed.has(path) && this.works.size === this.mine().length && !this.did.has('kill') && !this.did.has('test'))
        throw new Error(`a file is left behind: ${path}`)
  }
  private async checkServer(work: Work): Promise<void> {
    const { db } = this.backend
    const attached = await db
      .selectFrom('photo_attachments as a')
      .innerJoin('photos as p', 'p.id', 'a.photo_id')
      .select(['p.sha256', 'p.id'])
      .where(work.kind === 'visit' ? 'a.visit_id' : 'a.evidence_id', '=', work.id)
      .execute()
    const shaOf = new Map(attached.map(({ id, sha256 }) => [id, sha256]))
    if (work.kind === 'evidence') {
      const rows = await db.selectFrom('evidence').select(['id', 'detail']).where('id', '=', work.id).execute()
      if (rows.length !== 1) throw new Error(`the server has ${rows.length} of the test payment ${work.id}`)
      this.compare(work, JSON.stringify([work.id, attached.map(({ sha256 }) => sha256).sort()]))
      return
    }
    const rows = await db.selectFrom('visits').select(['answers']).where('id', '=', work.id).execute()
    if (rows.length !== 1) throw new Error(`the server has ${rows.length} of the visit ${work.id}`)
    this.compare(
      work,
      contentOf(rows[0]!.answers as Record<string, unknown>, id => shaOf.get(id) ?? `not attached: ${id}`),
    )
    const concluded = await db
      .selectFrom('visit_evidence as v')
      .leftJoin('evidence_withdrawals as w', 'w.evidence_id', 'v.evidence_id')
      .select('v.kind')
      .where('v.visit_id', '=', work.id)
      .where('w.evidence_id', 'is', null)
      .execute()
    if (concluded.length !== 1) throw new Error(`the visit ${work.id} gave ${concluded.length} items of evidence`)
  }
  private compare(work: Work, there: string): void {
    if (!work.contents.has(there) && !work.contents.has('?'))
      throw new Error(`the server has ${there} of ${work.id}, promised was ${[...work.contents].join(' or ')}`)
  }
  /** One key stands for one content, and nothing of mine went out in another name; photos always came before what names them. */
  private checkKeys(): void {
    const meant = new Map<string, string>()
    for (const { line, key, content, token, status } of this.server.sent) {
      if (this.otherTokens.has(token)) throw new Error(`sent in another name: ${line}`)
      const what = `${line} ${content}`
      if (meant.get(key) !== undefined && meant.get(key) !== what) throw new Error(`one key for two contents: ${key}`)
      meant.set(key, what)
      if (status === 422 && !this.did.has('purge') && !this.did.has('clock')) throw new Error(`the server found fault with ${line}`)
    }
    if (['purge', 'clock', 'reopen'].some(one => this.did.has(one))) return
    const contents = [...meant.values()].filter(what => !what.startsWith('POST /v1/photos'))
    if (new Set(contents).size !== contents.length) throw new Error('the same content was sent with two keys')
  }
}

const sha = (content: Buffer): string => createHash('sha256').update(content).digest('hex')
const contentOf = (answers: Record<string, unknown>, shaOf: (id: string) => string): string =>
  JSON.stringify(
    Object.entries(answers)
      .map(([item, value]) => [item, item === 'A3' || item === 'B4' ? (value as string[]).map(shaOf).sort() : value])
      .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  )
const shasOf = (photos: readonly LocalPhoto[]) => {
  const known = new Map(photos.map(({ id, sha256 }) => [id, sha256]))
  return (id: string) => known.get(id) ?? `unknown photo ${id}`
}
const contentOfDraft = ({ answers, photos }: VisitDraft): string => contentOf(answers, shasOf(photos))
const contentOfTest = (id: string, photos: readonly LocalPhoto[]): string => JSON.stringify([id, photos.map(({ sha256 }) => sha256).sort()])
const contentOfParcel = (parcel: Parcel): string =>
  parcel.kind === 'visit' ? contentOf(parcel.request.answers, shasOf(parcel.photos)) : contentOfTest(parcel.id, parcel.photos)
