// Shifts Date in the frame, so that the app sees the time that the person or a test has chosen.

export interface ShiftedClock {
  /** milliseconds ahead of the machine */
  offset: number
}

export function shiftDate(): ShiftedClock {
  const clock: ShiftedClock = { offset: 0 }
  const RealDate = Date
  const now = () => RealDate.now() + clock.offset
  const Shifted: DateConstructor = new Proxy(RealDate, {
    construct: (target, given: unknown[], newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  })
  Object.defineProperty(RealDate.prototype, 'constructor', { value: Shifted })
  globalThis.Date = Shifted
  return clock
}
