// Talks to the sandbox's thread (sandbox-thread.mjs): one question after the other.
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { SandboxControl } from '../../dev/sandbox/control.ts'
import { builtProgram } from '../../dev/programs.ts'
import type { WechatPayCredentials } from '../../backend/wechatpay/index.ts'

type Weather = Parameters<SandboxControl['setWeather']>[0]
type Ledger = ReturnType<SandboxControl['ledger']>

export interface SoakSandbox {
  /** the backend's environment variables */
  environment: Record<string, string>
  /** for a client without a backend */
  credentials: WechatPayCredentials
  setWeather(weather: Weather): Promise<void>
  callsOfSeconds(): Promise<ReadonlyMap<number, number>>
  /** in the order of these numbers */
  ledgers(sub_mchids: readonly string[]): Promise<Ledger[]>
  close(): Promise<void>
}

/** @param programs the folder that they were built into */
export async function openSandbox(programs: string, sp_mchid: string): Promise<SoakSandbox> {
  const worker = new Worker(new URL('./sandbox-thread.mjs', import.meta.url), {
    workerData: { sandbox: pathToFileURL(builtProgram(programs, 'dev/sandbox/index.ts')).href, sp_mchid },
    execArgv: [],
  })
  const answer = async <T>(): Promise<T> => ((await once(worker, 'message')) as [{ answer: T }])[0].answer
  const { environment, credentials } = await answer<Pick<SoakSandbox, 'environment' | 'credentials'>>()
  let last: Promise<unknown> = Promise.resolve()
  const ask = <T>(act: string, given?: unknown): Promise<T> => {
    const asked = last.then(() => {
      worker.postMessage({ act, given })
      return answer<T>()
    })
    last = asked.catch(() => undefined)
    return asked
  }
  return {
    environment,
    credentials,
    setWeather: weather => ask('setWeather', weather),
    callsOfSeconds: () => ask('callsOfSeconds'),
    ledgers: sub_mchids => ask('ledgers', sub_mchids),
    close: () => ask('close'),
  }
}
