// Photos of visits and test payments, from the camera to a file that stays (product.md M18, B14, §8).
import { makeAutoObservable, runInAction } from 'mobx-miniprogram'
import type { Camera } from '../phone/camera'
import type { LocalPhoto } from '../rules/field-work'
import { uuid } from '../rules/uuid'
import { watermark } from '../rules/watermark'
import type { StoreContext } from './context'
import type { Photos, Taken } from './field-work'

const MOST_BYTES = 1.5 * 1024 * 1024
const EDGE = 1_600
/** over a weak network */
const WEAK_EDGE = 1_200

export interface PhotosOptions {
  context: StoreContext
  camera: Camera
  /** who takes it; null: nobody is logged in */
  staff: () => string | null
  /** server time, ms */
  serverNow: () => number
  /** whether the storage still has room for the note of a photo */
  hasRoom: () => boolean
}

export class PhotosStore implements Photos {
  busy = false

  constructor(private readonly options: PhotosOptions) {
    makeAutoObservable<this, 'options'>(this, { options: false }, { autoBind: true })
  }

  async take({ sub_mchid, item_id, most, from = 'camera', known = [] }: Parameters<Photos['take']>[0]): Promise<Taken> {
    const { camera, staff, hasRoom } = this.options
    const none = (outcome: Taken['outcome']): Taken => ({ outcome, photos: [], duplicates: 0 })
    const staff_id = staff()
    if (this.busy || staff_id === null) return none('cancelled')
    if (most <= 0) return none('too_many')
    if (!hasRoom()) return none('storage_full')
    const chosen = await camera.choose(most, from).catch(() => ({ outcome: 'failed' as const }))
    if (chosen.outcome !== 'chosen') return none(chosen.outcome)
    // whoever was asked is gone
    if (staff() !== staff_id) return none('cancelled')
    runInAction(() => {
      this.busy = true
    })
    try {
      const taken: Taken = { outcome: 'taken', photos: [], duplicates: 0 }
      for (const path of chosen.paths.slice(0, most)) await this.makeReady(path, { sub_mchid, item_id, staff_id, known }, taken)
      return taken
    } finally {
      runInAction(() => {
        this.busy = false
      })
    }
  }
  preview(photos: readonly Pick<LocalPhoto, 'path'>[], at: number): void {
    this.options.camera.preview(
      photos.map(({ path }) => path),
      at,
    )
  }
  remove({ path }: Pick<LocalPhoto, 'path'>): void {
    this.options.camera.forget(path)
  }

  private async makeReady(
    path: string,
    { sub_mchid, item_id, staff_id, known }: { sub_mchid: string; item_id: string | null; staff_id: string; known: readonly LocalPhoto[] },
    taken: Taken,
  ): Promise<void> {
    const { camera, context, serverNow } = this.options
    const at = serverNow()
    const id = uuid(context.random)
    try {
      // the picture itself, before time is drawn on it: the same one chosen twice is the same
      const source = await camera.measure(path)
      if ([...known, ...taken.photos].some(one => one.source_sha256 === source.sha256)) {
        taken.duplicates += 1
        return
      }
      const lines = watermark({ at, sub_mchid, staff_id })
      const drawn = await camera.draw(path, { edge: context.network.weak ? WEAK_EDGE : EDGE, bytes: MOST_BYTES, lines })
      const { bytes, sha256 } = await camera.measure(drawn.path)
      const kept = await camera.keep(drawn.path, `${id}.jpg`).catch(() => null)
      if (kept === null) {
        taken.outcome = 'storage_full'
        return
      }
      const taken_at = new Date(at).toISOString()
      if (!drawn.marked) taken.outcome = 'unmarked'
      taken.photos.push({ id, item_id, path: kept, taken_at, sha256, source_sha256: source.sha256, bytes })
    } catch {
      taken.outcome = 'unreadable'
    }
  }
}
