// The backend's programs as processes, built once a test run (test/support/global-setup.ts).
import { builtProgram } from '../../dev/programs.ts'

/** What node is given to run the program whose source is at `path`: `backend/main.ts`. Packages and files are found from any folder. */
export function built(path: string, ...args: string[]): string[] {
  const folder = process.env.TEST_PROGRAMS
  if (!folder) throw new Error('TEST_PROGRAMS is not set: run tests by scripts/test.ts')
  return [builtProgram(folder, path), ...args]
}
