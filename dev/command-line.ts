// The command lines of what developers run. Each says how it is used where it is asked, and where it was given what it does not take.
import { parseArgs, type ParseArgsConfig } from 'node:util'
import '../backend/platform/printed.ts'

/**
 * What was given, and how to refuse it. Ends the process at `--help` (0), and where an option is not known (2).
 * @param usage "npm run soak -- [--kills 10]"
 */
export function commandLine<Config extends ParseArgsConfig>(usage: string, config: Config) {
  const refuse = (why?: string): never => {
    console.error(`${why === undefined ? '' : `${why}\n`}usage: ${usage}`)
    process.exit(2)
  }
  if (process.argv.slice(2).some(given => given === '--help' || given === '-h')) {
    console.log(`usage: ${usage}`)
    process.exit(0)
  }
  try {
    return { ...parseArgs(config), refuse }
  } catch (error) {
    return refuse((error as Error).message)
  }
}

/** A whole number of an option, in digits: 1e3 and 0x10 are none. @param refuse as commandLine gives it */
export function wholeNumber(given: string | undefined, [least, most]: readonly [number, number], refuse: (why: string) => never): number {
  const number = Number(given)
  if (/^\d+$/.test(given ?? '') && number >= least && number <= most) return number
  return refuse(`"${given}" is no whole number from ${least} to ${most}`)
}
