// What a photo costs to write anew: milliseconds and memory, beside jimp, which does it in JavaScript. Each in a process of its own.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Report } from './measure.ts'

type Engine = 'nothing' | 'libvips' | 'jimp'
interface Cost {
  /** median of the counted photos, ms */
  ms: number
  /** highest of the process, MB */
  peak: number
}

const script = fileURLToPath(new URL('reencode-photos.ts', import.meta.url))

function costOf(engine: Engine): Cost {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', script, engine], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${engine}: ${stderr}`)
  return JSON.parse(stdout) as Cost
}

export async function measurePhotos(): Promise<Report> {
  const [nothing, ours, peer] = [costOf('nothing'), costOf('libvips'), costOf('jimp')]
  const [memory, peerMemory] = [ours.peak - nothing.peak, peer.peak - nothing.peak]
  const line = (name: string, { ms, peak }: Cost) =>
    `  ${name}: ${ms.toFixed(0)} ms a photo, ${(peak - nothing.peak).toFixed(0)} MB above a process that only reads it`
  return {
    lines: [
      'photos: one of 4,000 × 3,000 written anew as 1,600 × 1,200, median of five, peak of the process',
      line('libvips (sharp)', ours),
      line('jimp', peer),
      `  libvips ÷ jimp: time ${(ours.ms / peer.ms).toFixed(2)}, memory ${(memory / peerMemory).toFixed(2)}`,
    ],
    missed: ours.ms < peer.ms && memory < peerMemory ? [] : ['photos: libvips costs more than jimp'],
  }
}
