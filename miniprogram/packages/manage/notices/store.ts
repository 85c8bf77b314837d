// 提醒 (product.md B05): what this person is told, newest first; whatever became of WeChat's message, it stands here.
import { computed, makeAutoObservable, runInAction } from 'mobx-miniprogram'
import type { Notice } from '../../../../typings/api'
import type { ProblemView } from '../../../rules/error-copy'
import { uuid } from '../../../rules/uuid'
import type { StoreContext } from '../../../stores/context'
import { PagedList, type MoreStatus } from '../../../stores/paged-list'
import type { ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { NoticeApi } from './endpoints'
import { noticeRow, type NoticeRow } from './view'

export class NoticesStore {
  unread = 0
  private readonly list: PagedList<Notice>

  constructor(
    private readonly context: StoreContext,
    private readonly api: NoticeApi,
    private readonly session: SessionStore,
  ) {
    this.list = new PagedList({
      context,
      fetch: async (cursor, scope) => {
        const page = await api.listNotices({ limit: 50, ...(cursor !== null && { cursor }) }, scope)
        if (!scope.aborted) runInAction(() => (this.unread = page.unread))
        return page
      },
      idOf: ({ id }) => id,
    })
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'list'>(
      this,
      { context: false, api: false, session: false, list: false, rows: computed.struct },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.list.status
  }
  get skeleton(): boolean {
    return this.list.skeleton
  }
  get problem(): ProblemView | null {
    return this.list.problem
  }
  /** What is shown is from before: the last attempt failed. */
  get stale(): boolean {
    return this.list.problem !== null && this.list.items.length > 0
  }
  get as_of(): number | null {
    return this.list.as_of
  }
  get more(): MoreStatus {
    return this.list.more
  }
  get rows(): NoticeRow[] {
    return this.list.items.map(notice => noticeRow(notice, this.session.serverNow(), this.context.preferences.say))
  }

  async refresh(): Promise<void> {
    await this.list.load({ keep: true })
  }
  async loadMore(): Promise<void> {
    await this.list.loadMore()
  }
  /** Opened is read. */
  async read(id: string): Promise<void> {
    if (this.list.items.some(one => one.id === id && !one.read)) await this.send([id])
  }
  /** Returns whether the server knows. */
  readAll(): Promise<boolean> {
    return this.send(null)
  }
  /** Another account. */
  reset(): void {
    this.list.reset()
    this.unread = 0
  }

  /** One that gets lost is unread still: the next tap says it again. */
  private async send(ids: string[] | null): Promise<boolean> {
    const answer = await this.api.readNotices(ids, uuid(this.context.random)).catch(() => null)
    if (answer === null) return false
    runInAction(() => (this.unread = answer.unread))
    for (const { id } of this.list.items) if (ids === null || ids.includes(id)) this.list.replace(id, one => ({ ...one, read: true }))
    return true
  }
}
