// What a process holds, as it says itself.
import type { BackendProcess } from './backend-process.ts'

export interface Figures {
  /** mebibytes */
  rss: number
  /** open files and sockets */
  files: number
  handles: number
  /** seconds of a core since it began */
  cpu: number
  /** 99 of 100 turns of the event loop came no later, milliseconds, since it was last asked */
  lag: number
  /** requests that wait for a connection to the database, at this moment */
  waiting: number
}

/** @returns null where it does not answer, or its system does not count files */
export async function figuresOf(backend: BackendProcess): Promise<Figures | null> {
  const url = backend.url()
  if (!url) return null
  const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(10_000) }).catch(() => null)
  if (!answer?.ok) return null
  const text = await answer.text()
  const value = (name: string) =>
    Number(
      text
        .split('\n')
        .find(line => line.startsWith(`${name} `))
        ?.slice(name.length) ?? Number.NaN,
    )
  return {
    rss: Math.round(value('process_resident_memory_bytes') / 2 ** 20),
    files: value('process_open_fds'),
    handles: value('nodejs_active_handles_total'),
    cpu: value('process_cpu_seconds_total'),
    lag: value('nodejs_eventloop_lag_p99_seconds') * 1_000,
    waiting: value('database_connections{state="waiting"}'),
  }
}

/** A heap that has seen its load grows no further; a connection may be open at the one moment and closed at the other. */
export const isFlat = (then: Figures, now: Figures): boolean =>
  now.rss <= then.rss * 1.5 + 64 && !(now.files > then.files + 30) && !(now.handles > then.handles + 30)

export const told = ({ rss, files, handles }: Figures): string => `${rss} MiB, ${files} files, ${handles} handles`
