// Sound: wx.createInnerAudioContext, the one background player, and the methods that it had before there was a manager for it.
// https://developers.weixin.qq.com/miniprogram/dev/api/media/audio/InnerAudioContext.html
import { Listeners, methods, text, WxFailure, type Phone, type WxMethods } from './core.ts'

/** The browser's name of an event → WeChat's. */
const EVENTS = {
  canplay: 'Canplay',
  play: 'Play',
  pause: 'Pause',
  ended: 'Ended',
  timeupdate: 'TimeUpdate',
  waiting: 'Waiting',
  seeking: 'Seeking',
  seeked: 'Seeked',
} as const
/** of MediaError: network, decoding, no such source */
const CODES: Record<number, number> = { 2: 10_002, 3: 10_004, 4: 10_003 }

/** What has no event of the browser: the others are there for who listens, and come of nobody. */
type Own = 'Stop' | 'Error' | 'Next' | 'Prev'
type Told = (typeof EVENTS)[keyof typeof EVENTS] | Own
const TOLD: Told[] = [...Object.values(EVENTS), 'Stop', 'Error', 'Next', 'Prev']

class AudioPlayer {
  startTime = 0
  obeyMuteSwitch = true
  readonly #element = new Audio()
  readonly #listeners = Object.fromEntries(TOLD.map(name => [name, new Listeners<object>()])) as Record<Told, Listeners<object>>
  readonly #addressOf: (src: string) => string
  #src = ''

  constructor(addressOf: (src: string) => string) {
    this.#addressOf = addressOf
    for (const name of TOLD) Object.assign(this, this.#listeners[name].pair(name))
    for (const [name, told] of Object.entries(EVENTS))
      this.#element.addEventListener(name, () => {
        // a browser calls the end of a piece, and being put back to its start, a pause
        if (told === 'Pause' && (this.#element.ended || this.#element.dataset['stopped'])) return
        this.#tell(told)
      })
    this.#element.addEventListener('error', () => {
      const { code = 0, message = '' } = this.#element.error ?? {}
      if (this.#src) this.#tell('Error', { errCode: CODES[code] ?? -1, errMsg: `the sound cannot be played: ${message || this.#src}` })
    })
  }

  #tell(name: Told, event: object = {}): void {
    this.#listeners[name].emit(event)
  }

  get src(): string {
    return this.#src
  }
  set src(src: string) {
    this.#src = String(src ?? '')
    if (this.#src) this.#element.src = this.#addressOf(this.#src)
    else this.#element.removeAttribute('src')
    if (this.startTime > 0) this.#element.currentTime = this.startTime
  }
  get autoplay(): boolean {
    return this.#element.autoplay
  }
  set autoplay(on: boolean) {
    this.#element.autoplay = Boolean(on)
  }
  get loop(): boolean {
    return this.#element.loop
  }
  set loop(on: boolean) {
    this.#element.loop = Boolean(on)
  }
  get volume(): number {
    return this.#element.volume
  }
  set volume(volume: number) {
    this.#element.volume = Math.max(0, Math.min(1, Number(volume) || 0))
  }
  get playbackRate(): number {
    return this.#element.playbackRate
  }
  set playbackRate(rate: number) {
    this.#element.playbackRate = Math.max(0.5, Math.min(2, Number(rate) || 1))
  }
  /** seconds; 0 until it is known */
  get duration(): number {
    return Number.isFinite(this.#element.duration) ? this.#element.duration : 0
  }
  get currentTime(): number {
    return this.#element.currentTime
  }
  get paused(): boolean {
    return this.#element.paused
  }
  get buffered(): number {
    const { buffered } = this.#element
    return buffered.length === 0 ? 0 : buffered.end(buffered.length - 1)
  }

  play(): void {
    delete this.#element.dataset['stopped']
    this.#element.play().catch((error: Error) => {
      // what is wrong with the source is told by its own event; a piece that was stopped or replaced meanwhile is no error
      if (error.name === 'NotAllowedError') this.#tell('Error', { errCode: -1, errMsg: 'the browser plays no sound before the first tap' })
    })
  }
  pause(): void {
    this.#element.pause()
  }
  stop(): void {
    this.#element.dataset['stopped'] = 'yes'
    this.#element.pause()
    this.#element.currentTime = 0
    this.#tell('Stop')
  }
  /** @param position seconds */
  seek(position: number): void {
    this.#element.currentTime = Number(position) || 0
  }
  destroy(): void {
    this.#element.pause()
    for (const name of TOLD) this.#listeners[name].remove()
    this.src = ''
  }
}

/** Plays as soon as it has a source, goes on when the app is left, and can be shown with title and singer. */
class BackgroundPlayer extends AudioPlayer {
  title = ''
  epname = ''
  singer = ''
  coverImgUrl = ''
  webUrl = ''
  protocol = 'http'

  override get src(): string {
    return super.src
  }
  override set src(src: string) {
    super.src = src
    if (src) this.play()
  }
}

export function audio(phone: Phone): WxMethods {
  const addressOf = (src: string): string => {
    if (src.startsWith('wxfile:')) return phone.files.drawable(src)
    return /^(https?:|data:|blob:)/.test(src) ? src : `/__media/${src.replace(/^\.?\//, '')}`
  }
  let background: BackgroundPlayer | undefined
  const manager = () => (background ??= new BackgroundPlayer(addressOf))
  /** those that the app may still hear of */
  const inner = new Set<WeakRef<AudioPlayer>>()
  phone.runtime.events.on('appHide', () => {
    for (const one of inner) {
      const player = one.deref()
      if (player) player.pause()
      else inner.delete(one)
    }
  })
  const heard = (event: 'Play' | 'Pause' | 'Stop') => (listener: () => void) =>
    (manager() as unknown as Record<string, (listener: () => void) => void>)[`on${event}`]!(listener)

  return {
    createInnerAudioContext: () => {
      const player = new AudioPlayer(addressOf)
      inner.add(new WeakRef(player))
      return player
    },
    getBackgroundAudioManager: manager,
    createWebAudioContext: () => new AudioContext(),
    onBackgroundAudioPlay: heard('Play'),
    onBackgroundAudioPause: heard('Pause'),
    onBackgroundAudioStop: heard('Stop'),
    ...methods({
      setInnerAudioOption: () => {},
      playBackgroundAudio: options => {
        const player = manager()
        const { title, coverImgUrl } = options as { title?: string; coverImgUrl?: string }
        Object.assign(player, { ...(title ? { title } : {}), ...(coverImgUrl ? { coverImgUrl } : {}) })
        const src = text(options, 'dataUrl')
        if (player.src === src) player.play()
        else player.src = src
      },
      pauseBackgroundAudio: () => manager().pause(),
      stopBackgroundAudio: () => manager().stop(),
      seekBackgroundAudio: ({ position }) => manager().seek(Number(position)),
      getBackgroundAudioPlayerState: () => {
        if (!background?.src) throw new WxFailure('no music')
        const { src, duration, currentTime, buffered, paused } = background
        return {
          status: paused ? 0 : 1,
          dataUrl: src,
          duration: Math.round(duration),
          currentPosition: Math.round(currentTime),
          downloadPercent: duration > 0 ? Math.round((100 * buffered) / duration) : 0,
        }
      },
    }),
  }
}
