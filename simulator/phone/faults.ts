// Faults of a phone that a browser does not have: an API that never calls back, fails, or throws. Written as one line, e.g.
// `chooseMedia=never; scanCode=fail auth deny; getStorageSync=throw`.

export type Fault =
  /** neither success nor fail nor complete is called; a listener is never told */
  | { kind: 'never' }
  /** `errMsg` becomes `<api>:fail <why>` */
  | { kind: 'fail'; why: string }
  | { kind: 'throw'; why: string }

const LINE = /^([A-Za-z]+)\s*=\s*(never|fail|throw)(?:\s+(.+))?$/

/** @throws Error that shows how a fault is written */
export function readFaults(text: string): ReadonlyMap<string, Fault> {
  const faults = new Map<string, Fault>()
  for (const line of text.split(/[;\n]/)) {
    if (line.trim() === '') continue
    const [, api, kind, why = ''] = LINE.exec(line.trim()) ?? []
    if (api === undefined)
      throw new Error(`faults: "${line.trim()}" is none; write api=never, api=fail why or api=throw why, with ; between them`)
    faults.set(api, kind === 'never' ? { kind } : { kind: kind as 'fail' | 'throw', why: why || 'the phone is set to fail here' })
  }
  return faults
}
