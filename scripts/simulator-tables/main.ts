// Writes the tables into simulator/README.md.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startSimulator } from '../../simulator/server.ts'
import { README, readmeWithTables } from './index.ts'
import { supportedMethods } from './supported.ts'
import '../../backend/platform/printed.ts'

const project = fileURLToPath(new URL('../../test/simulator/fixtures-wx', import.meta.url))
const simulator = await startSimulator({ project, port: 0, automationPort: 0, headless: true, watch: false })
try {
  const { now, wanted } = await readmeWithTables(await supportedMethods(simulator))
  if (now !== wanted) writeFileSync(README, wanted)
  console.log(now === wanted ? `${README} is what the code is` : `${README} is written`)
} finally {
  await simulator.close()
}
