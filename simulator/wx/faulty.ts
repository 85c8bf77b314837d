// The wx object with the faults that were set on the phone: what the app calls goes wrong as it would on a phone. Mocks and the automation port reach
// the methods behind it, so they are not concerned.
import { readFaults, type Fault } from '../phone/faults.ts'
import { settle, WxFailure, type Options, type Phone } from './core.ts'

/** what these give is used at once */
const GIVES_TASK = /^(request|uploadFile|downloadFile|connectSocket)$/
/** A task of which nothing comes. */
const TASK = Object.fromEntries(
  `abort send close onOpen onMessage onError onClose onProgressUpdate offProgressUpdate onHeadersReceived offHeadersReceived onChunkReceived`
    .split(' ')
    .map(name => [name, () => {}]),
)

type AnyFunction = (...values: unknown[]) => unknown

export class Faulty {
  private text = ''
  private faults: ReadonlyMap<string, Fault> = new Map()
  private readonly told = new WeakMap<AnyFunction, AnyFunction>()

  constructor(private readonly phone: Phone) {}

  /** `method` of that name as the app gets it */
  wrap(name: string, method: unknown): unknown {
    if (typeof method !== 'function') return method
    if (/^on[A-Z]/.test(name)) return (listener: unknown) => (method as AnyFunction)(this.listenerOf(name, listener))
    if (/^off[A-Z]/.test(name)) return (listener: unknown) => (method as AnyFunction)(this.told.get(listener as AnyFunction) ?? listener)
    const fault = this.of(name)
    return fault ? this.faulty(name, fault) : method
  }

  private of(name: string): Fault | undefined {
    if (this.phone.settings.faults !== this.text) {
      this.text = this.phone.settings.faults
      this.faults = readFaults(this.text)
    }
    return this.faults.get(name)
  }

  /** What is set after the app began to listen holds too. */
  private listenerOf(name: string, listener: unknown): unknown {
    if (typeof listener !== 'function') return listener
    const known = this.told.get(listener as AnyFunction)
    if (known) return known
    const told: AnyFunction = (...event) => (this.of(name)?.kind === 'never' ? undefined : (listener as AnyFunction)(...event))
    this.told.set(listener as AnyFunction, told)
    return told
  }

  private faulty(name: string, fault: Fault): AnyFunction {
    return options => {
      this.phone.log({ kind: 'console', text: `wx.${name}: ${fault.kind}` })
      if (fault.kind === 'throw') throw new Error(`${name}:fail ${fault.why}`)
      const outcome = fault.kind === 'never' ? new Promise<void>(() => {}) : Promise.reject(new WxFailure(fault.why))
      const told = settle(name, (options ?? {}) as Options, outcome)
      if (!GIVES_TASK.test(name)) return told
      told?.catch(() => {})
      return TASK
    }
  }
}
