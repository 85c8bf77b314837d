// A newer version of this app: one that WeChat has downloaded, or one that the server asks for. Bind: question.
import { makeAutoObservable } from 'mobx-miniprogram'
import type { ApiError } from '../api/errors'
import type { Updates } from '../phone/phone'
import { isOlder } from '../shared/client-version'

/** ready: it may be started · required: the server takes this version no more, and the new one is here · awaited: it is not here yet */
export type UpdateQuestion = 'ready' | 'required' | 'awaited'

export class UpdateStore {
  private ready = false
  private outdated = false
  /** what the person was asked since the app came to the screen */
  private asked: UpdateQuestion | null = null

  constructor(
    private readonly updates: Updates,
    /** x.y.z of this app; '' where it was not released */
    private readonly version: string,
  ) {
    makeAutoObservable<this, 'updates' | 'version'>(this, { updates: false, version: false }, { autoBind: true })
  }

  /** what is to be asked of the person; null: nothing, or it was asked */
  get question(): UpdateQuestion | null {
    const question = this.outdated ? (this.ready ? 'required' : 'awaited') : this.ready ? 'ready' : null
    return question === this.asked ? null : question
  }

  watch(): void {
    this.updates.watch(() => this.found())
  }
  /** For the request wrapper: any refusal of the server. */
  heard(error: ApiError): void {
    if (error.code === 'CLIENT_OUTDATED') this.outdated = true
  }
  /** The oldest version that the server takes. */
  told(least: string): void {
    if (isOlder(this.version, least)) this.outdated = true
  }
  wasAsked(question: UpdateQuestion): void {
    this.asked = question
  }
  /** The app came back to the screen: what the server insists on is said again. */
  shown(): void {
    if (this.asked !== 'ready') this.asked = null
  }
  apply(): void {
    this.updates.apply()
  }
  private found(): void {
    this.ready = true
  }
}
