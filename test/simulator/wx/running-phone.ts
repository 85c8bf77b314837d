// A simulator of its own for a test file, with the fixture app (or another folder) running in a real browser, and the automation client connected to it.
import { fileURLToPath } from 'node:url'
import automator from 'miniprogram-automator'
import { defaultSettings } from '../../../simulator/phone/settings.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator/server.ts'

export const FIXTURE = fileURLToPath(new URL('../fixtures-wx', import.meta.url))

export type MiniProgram = Awaited<ReturnType<typeof automator.connect>>

export interface RunningPhone {
  simulator: Simulator
  app: MiniProgram
  /** as it stands before anybody sets anything of it */
  untouched(): Promise<unknown>
  /** as a person who opens the app anew */
  reload(): Promise<void>
  close(): Promise<void>
}

export async function startPhone(options: Partial<SimulatorOptions> = {}): Promise<RunningPhone> {
  const simulator = await startSimulator({ project: FIXTURE, port: 0, automationPort: 0, headless: true, watch: false, ...options })
  const app = await automator.connect({ wsEndpoint: simulator.automationUrl })
  return {
    simulator,
    app,
    untouched: () => simulator.phone.set({ ...defaultSettings, loginCode: 'tester' }),
    reload: () => simulator.restart(),
    close: async () => {
      app.disconnect()
      await simulator.close()
    },
  }
}
