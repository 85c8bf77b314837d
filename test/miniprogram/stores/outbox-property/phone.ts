// A phone that can be killed at any line that leaves a trace: at a write to its storage or files, before a request leaves, or before its answer is heard.
import type { Phone } from '../../../../miniprogram/phone/phone.ts'
import { createStores } from '../../../../miniprogram/stores/create.ts'
import { neededPhotos, sweepPhotos } from '../../../../miniprogram/stores/unsent-work.ts'
import { ManualTimers } from '../../support/manual-timers.ts'
import { MemoryCamera } from '../../support/memory-camera.ts'
import { parts } from '../../support/scripts-of.ts'
import { Life } from './life.ts'
import type { FaultyServer } from './server.ts'

class MortalCamera extends MemoryCamera {
  constructor(
    files: Map<string, Buffer>,
    private readonly life: Life,
  ) {
    super(files)
  }
  override async keep(path: string, name: string): Promise<string> {
    const content = this.read(path)
    return this.life.step(() => {
      if (this.full) throw new Error('saveFile:fail the maximum size of the file storage limit is exceeded')
      this.files.set(`wxfile://usr/photos/${name}`, content)
      return `wxfile://usr/photos/${name}`
    })
  }
  override forget(path: string): void {
    this.life.step(() => super.forget(path))
  }
}

/** What outlives a kill. */
export interface Flash {
  kept: Map<string, string>
  files: Map<string, Buffer>
  /** bytes that the storage holds at most */
  most: number
  /** phone time, ms */
  now: number
  online: boolean
  /** whose WeChat it is: the code that wx.login gives */
  loginCode: string
}

export function openApp(flash: Flash, server: FaultyServer, random: () => number) {
  const life = new Life()
  const timers = new ManualTimers(flash.now, () => server.quiet())
  const bytes = () => [...flash.kept].reduce((sum, [key, value]) => sum + key.length + value.length, 0)
  const bare: Phone = {
    storage: {
      get: <T>(key: string) => (flash.kept.has(key) ? (JSON.parse(flash.kept.get(key)!) as T) : null),
      set: (key, value) =>
        life.step(() => {
          const text = JSON.stringify(value)
          const before = flash.kept.get(key)?.length ?? -key.length
          // a value that does not grow always fits
          if (text.length > before && bytes() + text.length - before > flash.most)
            throw new Error('setStorageSync:fail exceed storage max size 10Mb')
          flash.kept.set(key, text)
        }),
      remove: key => life.step(() => void flash.kept.delete(key)),
    },
    storageUsed: bytes,
    storedKeys: () => [...flash.kept.keys()],
    misread: () => false,
    loginCode: async () => flash.loginCode,
    consentNeeded: async () => false,
    scan: async () => ({ outcome: 'cancelled' }),
    watchNetwork: () => {},
    networkNow: async () => null,
    watchAppearance: () => {},
  }
  const camera = new MortalCamera(flash.files, life)
  const { context, stores } = createStores(
    {
      phone: bare,
      camera,
      updates: { watch: () => {}, apply: () => {} },
      english: async () => ({}),
      packDownload: () => Promise.reject(new Error('no pack here')),
      scanPart: () => Promise.reject(new Error('nobody scans here')),
    },
    {
      transport: (request, aborting) => server.exchange(request, aborting, life, path => camera.read(path)),
      baseUrl: () => '',
      version: '0.1.0',
      scanHosts: () => [],
    },
    timers,
    parts,
    { random, mostBytes: flash.most },
  )
  const { network, session, outbox, photos, drafts } = stores
  network.changed({ online: flash.online, weak: false })
  sweepPhotos(camera, neededPhotos(context.phone.storage, context.phone.storedKeys()))
  return { life, timers, camera, network, session, outbox, photos, drafts }
}
export type OpenApp = ReturnType<typeof openApp>
