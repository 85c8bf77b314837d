// The order of test files: those that take longest first, so that the workers end together, on a machine that never ran them too.
// `KEEP_TEST_TIMES=1 npx tsx scripts/test.ts .` writes how long they took.
import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** path of a test file → seconds */
const keptFile = fileURLToPath(new URL('test-times.json', import.meta.url))
/** seconds; shorter files fill the gaps at the end, in any order */
const worthKeeping = 2

const nameOf = (path, { rootDir }) => relative(rootDir, path).replaceAll('\\', '/')

/** @see https://jestjs.io/docs/configuration#testsequencer-string */
export default class LongestFirst {
  sort(tests) {
    const kept = JSON.parse(readFileSync(keptFile, 'utf8'))
    const seconds = test => kept[nameOf(test.path, test.context.config)] ?? 0
    return [...tests].sort((one, other) => seconds(other) - seconds(one) || one.path.localeCompare(other.path))
  }

  cacheResults([first], { testResults }) {
    if (!first || !process.env.KEEP_TEST_TIMES) return
    const times = testResults
      .map(({ testFilePath, perfStats }) => [nameOf(testFilePath, first.context.config), Math.round(perfStats.runtime / 1_000)])
      .filter(([, seconds]) => seconds >= worthKeeping)
      .sort(([, one], [, other]) => other - one)
    writeFileSync(keptFile, `${JSON.stringify(Object.fromEntries(times), null, 2)}\n`)
  }

  /** None is known to have failed: `--onlyFailures` runs all. */
  allFailedTests(tests) {
    return tests
  }
}
