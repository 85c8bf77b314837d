// The offline pack in words: how much, how old, how far a download is.
import { relativeTime } from './relative-time'
import type { Say } from '../words/say'

export interface PackState {
  /** the pack that can be searched */
  facts: { rows: number; bytes: number; as_of: string; complete: boolean; total: number } | null
  running: boolean
  progress: { rows: number; of: number | null } | null
}

export interface PackWords {
  /** "128 家 · 0.2 MB · 3 小时前更新", 还没有下载 */
  line: string
  /** what the pack does not hold, what is under way, or where it stopped; '' for nothing */
  note: string
  /** 下载, 继续下载, 更新; '' while it runs */
  action: string
  removable: boolean
}

/** Up to this many shops are counted by the server. */
const COUNTED_UP_TO = 100_000

/** @param now server time (ms) */
export function packWords({ facts, running, progress }: PackState, now: number, say: Say): PackWords {
  return {
    line: facts
      ? say('pack.facts', { count: facts.rows, size: sizeOf(facts.bytes, say), age: relativeTime(facts.as_of, now, say) })
      : say('pack.none'),
    note: noteOf({ facts, running, progress }, say),
    action: running ? '' : say(progress ? 'pack.resume' : facts ? 'pack.refresh' : 'pack.download'),
    removable: facts !== null && !running,
  }
}

function noteOf({ facts, running, progress }: PackState, say: Say): string {
  if (running) {
    if (!progress || progress.of === null) return say('pack.running')
    return say('pack.running_of', { rows: progress.rows, of: progress.of })
  }
  if (progress) return progress.of === null ? say('pack.stopped') : say('pack.stopped_of', { rows: progress.rows, of: progress.of })
  if (!facts || facts.complete) return ''
  if (facts.total >= COUNTED_UP_TO) return say('pack.part_many', { count: facts.rows })
  return say('pack.part', { total: facts.total, count: facts.rows })
}

function sizeOf(bytes: number, say: Say): string {
  const kilobytes = bytes / 1024
  if (kilobytes < 1000) return say('pack.size_kb', { n: Math.max(1, Math.round(kilobytes)) })
  return say('pack.size_mb', { n: (kilobytes / 1024).toFixed(1) })
}
