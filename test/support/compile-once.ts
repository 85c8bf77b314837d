// The app as the simulator runs it, compiled once a worker: its sources stand still while tests run.
import { compileProject } from '../../simulator/compiler/index.ts'
import type { CompiledProject } from '../../simulator/runtime/contract.ts'

/** worker/environment.mjs lends it; outside of jest there is none */
const lent = globalThis as { ofTheWorker?: { builds: Map<string, string> } }

/** As compileProject. Kept as text: an object of a file that is over would keep all of its realm. */
export const compileOnce: typeof compileProject = async (folder, options) => {
  const builds = lent.ofTheWorker?.builds
  const asked = JSON.stringify([folder, options])
  const known = builds?.get(asked)
  if (known !== undefined) return JSON.parse(known) as CompiledProject
  const built = await compileProject(folder, options)
  builds?.set(asked, JSON.stringify(built))
  return built
}
