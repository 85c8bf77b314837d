// Links to photos that are on the server: 15 minutes each, asked for when they are drawn and again when they are over (product.md §7.3).
import { observable, runInAction } from 'mobx-miniprogram'
import { isRecent } from '../../../rules/timers'
import type { StoreContext } from '../../../stores/context'

const LAST_MS = 15 * 60_000
const BEFORE_THE_END = 60_000

type Links = Readonly<Record<string, { src: string; at: number }>>

export class PhotoLinks {
  /** a new table with each link: of mobx no maps are shipped (scripts/build-npm.ts) */
  private readonly links = observable.box<Links>({}, { deep: false })
  private readonly asked = new Set<string>()

  constructor(
    private readonly context: Pick<StoreContext, 'api' | 'timers'>,
    private readonly baseUrl: () => string,
  ) {}

  /** '' while the link is awaited. */
  src(photo_id: string): string {
    return this.links.get()[photo_id]?.src ?? ''
  }
  /** Asks for the links that are missing or nearly over. A photo whose link cannot be had stays without one: 重试 of the page asks again. */
  async load(photo_ids: readonly string[]): Promise<void> {
    const now = this.context.timers.now()
    const isGood = (id: string) => isRecent(this.links.get()[id]?.at ?? 0, LAST_MS - BEFORE_THE_END, this.context.timers)
    const wanted = photo_ids.filter(id => !this.asked.has(id) && !isGood(id))
    wanted.forEach(id => this.asked.add(id))
    await Promise.all(
      wanted.map(async id => {
        try {
          const { url } = await this.context.api.getPhotoLink(id)
          // by the phone's own clock: how long they last is known, what the server's clock says is not needed
          runInAction(() => this.links.set({ ...this.links.get(), [id]: { src: this.baseUrl() + url, at: now } }))
        } catch {
          // drawn as a photo without a picture
        } finally {
          this.asked.delete(id)
        }
      }),
    )
  }
  reset(): void {
    runInAction(() => this.links.set({}))
  }
}
