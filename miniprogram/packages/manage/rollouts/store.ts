// 批量开通 (product.md B02): rollouts page by page, the one in front with its items, and what a person does to it.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { NewRollout, Rollout, RolloutItem, RolloutStep } from '../../../../typings/api'
import type { ApiError } from '../../../api/errors'
import type { ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import { PagedList, type MoreStatus } from '../../../stores/paged-list'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { RolloutApi } from './endpoints'
import {
  detailOf,
  itemRow,
  reasonLabel,
  rolloutProblem,
  rowOf,
  type Cause,
  type ItemRow,
  type RolloutDetail,
  type RolloutRow,
} from './view'
import './words'

/** One that runs is looked at this often while somebody looks. */
const ASK_AGAIN_MS = 5_000

interface Step {
  id: string
  step: RolloutStep
  version: number
}

export class RolloutsStore {
  /** the one in front; null: only the list is */
  rollout_id: string | null = null
  /** whose items are shown; null: none */
  cause: Cause | null = null
  private shown = false
  private timer: unknown = null
  private readonly list: PagedList<Rollout>
  private readonly items: PagedList<RolloutItem>
  private readonly detail: Resource<Rollout>
  private readonly write: AskOnce<Step, Rollout>
  private readonly making: AskOnce<NewRollout, Rollout>

  constructor(
    private readonly context: StoreContext,
    private readonly api: RolloutApi,
    private readonly session: SessionStore,
  ) {
    const of = (cursor: string | null) => (cursor === null ? {} : { cursor })
    this.list = new PagedList({
      context,
      fetch: (cursor, scope) => api.listRollouts({ limit: 20, ...of(cursor) }, scope),
      idOf: ({ id }) => id,
    })
    this.items = new PagedList({
      context,
      fetch: (cursor, scope) =>
        api.listRolloutItems(
          this.rollout_id!,
          { limit: 50, status: this.cause!.status, ...(this.cause!.code && { code: this.cause!.code }), ...of(cursor) },
          scope,
        ),
      idOf: ({ sub_mchid }) => sub_mchid,
    })
    this.detail = new Resource(context, { forbidden: () => {} })
    this.write = new AskOnce(context, async ({ id, step, version }, key) => {
      const rollout = await api.stepRollout(id, step, { key, version })
      // also where another one is in front by then
      this.list.replace(id, () => rollout)
      return rollout
    })
    this.making = new AskOnce(context, (body, key) => api.createRollout(body, key))
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'timer' | 'list' | 'items' | 'detail' | 'write' | 'making'>(
      this,
      {
        context: false,
        api: false,
        session: false,
        timer: false,
        list: false,
        items: false,
        detail: false,
        write: false,
        making: false,
        rows: computed.struct,
        view: computed.struct,
        item_rows: computed.struct,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  get writes(): boolean {
    return this.session.me?.actions.includes('rollout.write') ?? false
  }
  get list_status(): ResourceStatus {
    return this.list.status
  }
  get list_skeleton(): boolean {
    return this.list.skeleton
  }
  get list_problem(): ProblemView | null {
    return this.list.problem
  }
  get list_more(): MoreStatus {
    return this.list.more
  }
  get rows(): RolloutRow[] {
    const { say } = this.context.preferences
    return this.list.items.map(rollout => rowOf(rollout, this.now, say))
  }
  get status(): ResourceStatus {
    return this.detail.status
  }
  get skeleton(): boolean {
    return this.detail.skeleton
  }
  get problem(): ProblemView | null {
    return this.problemOf(this.detail.error)
  }
  get rollout(): Rollout | null {
    return this.detail.value
  }
  get view(): RolloutDetail | null {
    return this.rollout && detailOf(this.rollout, this.writes, this.now, this.context.preferences.say)
  }
  get item_rows(): ItemRow[] {
    return this.items.items.map(item => itemRow(item, this.context.preferences.say))
  }
  get items_status(): ResourceStatus {
    return this.items.status
  }
  get items_more(): MoreStatus {
    return this.items.more
  }
  get items_problem(): ProblemView | null {
    return this.items.problem
  }
  get items_title(): string {
    const { say } = this.context.preferences
    return this.cause === null ? '' : say('rollouts.items_title', { reason: reasonLabel(this.cause.code, say), count: this.cause.count })
  }
  /** which step is on its way; '' for none */
  get sending(): RolloutStep | '' {
    return this.write.asking ? (this.write.unanswered?.step ?? '') : ''
  }
  get trying(): boolean {
    return this.making.asking
  }
  get refusal(): ProblemView | null {
    return this.problemOf(this.write.error)
  }
  /** why there was no dry run */
  get refused(): ProblemView | null {
    return this.problemOf(this.making.error)
  }

  /** At page show. */
  show(): void {
    this.shown = true
    this.follow()
  }
  /** At page hide, and when the app goes to the background. */
  hide(): void {
    this.shown = false
    this.follow()
  }
  async refresh(): Promise<void> {
    await this.list.load({ keep: true })
  }
  async loadMore(): Promise<void> {
    await this.list.loadMore()
  }
  async open(id: string): Promise<void> {
    if (this.rollout_id !== id) {
      this.close()
      this.rollout_id = id
      const known = this.list.items.find(one => one.id === id)
      if (known) this.detail.put(known)
    }
    await this.read()
  }
  close(): void {
    this.closeItems()
    this.rollout_id = null
    this.detail.reset()
    this.write.reset()
    this.follow()
  }
  openItems(cause: Cause): void {
    this.items.reset()
    this.cause = cause
    void this.readItems()
  }
  async readItems(): Promise<void> {
    await this.items.load()
  }
  async moreItems(): Promise<void> {
    await this.items.loadMore()
  }
  closeItems(): void {
    this.items.reset()
    this.cause = null
  }
  /** Whatever it had become meanwhile is drawn. */
  async step(step: RolloutStep): Promise<void> {
    const { rollout } = this
    if (!rollout || !this.context.network.online) return
    const answer = await this.write.ask({ id: rollout.id, step, version: rollout.version })
    if (answer) this.adopt(answer)
    else if (this.write.error?.code === 'INVALID_TRANSITION' || this.write.error?.code === 'VERSION_MISMATCH') await this.read()
  }
  /** 试算. @returns the id of what was made; null: it was refused, `refused` says why */
  async make(body: NewRollout): Promise<string | null> {
    const made = await this.making.ask(body)
    return made?.id ?? null
  }
  /** At unload of the page of a new one: nobody waits for its dry run any more. */
  leaveNew(): void {
    this.making.reset()
  }
  dismiss(): void {
    this.write.dismiss()
    this.making.dismiss()
  }
  /** Another account. */
  reset(): void {
    this.close()
    this.list.reset()
    this.making.reset()
  }

  private get now(): number {
    return this.session.serverNow()
  }
  private problemOf(error: ApiError | null): ProblemView | null {
    return error && rolloutProblem(error, this.context.preferences.say, this.session.staff?.role)
  }
  private async read(): Promise<void> {
    const { rollout_id } = this
    if (rollout_id === null) return
    if ((await this.detail.load(scope => this.api.getRollout(rollout_id, scope))) && this.rollout) this.adopt(this.rollout)
  }
  private adopt(rollout: Rollout): void {
    if (rollout.id === this.rollout_id) this.detail.put(rollout)
    this.list.replace(rollout.id, () => rollout)
    this.follow()
  }
  /** What still changes by itself is asked for again while it is in front. */
  private follow(): void {
    this.context.timers.clear(this.timer)
    const changes = this.rollout?.status === 'running' || (this.rollout?.progress.working ?? 0) > 0
    this.timer = this.shown && changes ? this.context.timers.set(() => void this.read().then(() => this.follow()), ASK_AGAIN_MS) : null
  }
}
