import type { ChaosReport } from './run.ts'

/** For a person, and the same text for a failing test. */
export function reportLines(
  { seed, minutes }: { seed: number; minutes: number },
  { counts, figures, claims, violations }: ChaosReport,
): string[] {
  const [first, ...others] = violations
  return [
    `seed ${seed}, ${minutes} min`,
    ...counts.map(([kind, times]) => `${String(times).padStart(6)}  ${kind.replace(/^: /, 'disturbance: ')}`),
    ...figures,
    `${claims} writes were answered for good`,
    ...(first ? [`first violation: ${first.what}`, 'what led to it:', ...first.ledTo.map(line => `  ${line}`)] : ['nothing was violated']),
    ...others.map(({ what }) => `then: ${what}`),
  ]
}
