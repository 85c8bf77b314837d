// A phone as the contract of the pack asks it to behave, and nothing more.
import type { OfflinePack, OfflinePackRow } from '../../../../backend/directory/offline-pack/schema.ts'

export class PackedPhone {
  private rows = new Map<string, OfflinePackRow>()
  private since: string | undefined

  /** @param limit rows an answer; absent: as many as there are to be had */
  constructor(
    private readonly ask: (query: Record<string, string | number>) => Promise<OfflinePack>,
    private readonly limit?: number,
  ) {}

  /** One pack to its end. @returns its answers */
  async pull(): Promise<OfflinePack[]> {
    const pages: OfflinePack[] = []
    let cursor: string | null = null
    do {
      const page: OfflinePack = await this.ask({
        ...(this.limit ? { limit: this.limit } : {}),
        ...(this.since ? { since: this.since } : {}),
        ...(cursor ? { cursor } : {}),
      })
      if (page.reset) this.rows.clear()
      for (const sub_mchid of page.removed) this.rows.delete(sub_mchid)
      for (const row of page.items) this.rows.set(row.sub_mchid, row)
      pages.push(page)
      cursor = page.next_cursor
    } while (cursor)
    this.since = pages.at(-1)!.since
    return pages
  }

  held = (): string[] => [...this.rows.keys()].sort()
  row = (sub_mchid: string): OfflinePackRow => this.rows.get(sub_mchid)!
  names = (): [string, string][] => this.held().map(sub_mchid => [sub_mchid, this.row(sub_mchid).name])
}
