// Time that is let pass on the phone: what waiting would bring, without the waiting.
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { eventually } from '../../support/eventually.ts'
import { removeProjects, unit, writeProject } from '../support/project.ts'
import { startPhone, type RunningPhone } from '../wx/running-phone.ts'

const APP = `App({
  said: [],
  begin() {
    const from = Date.now()
    const say = what => this.said.push(what + ', ' + Math.round((Date.now() - from) / 1000) + ' s')
    setTimeout(say, 50000, 'late')
    setTimeout(() => { say('early'); setTimeout(say, 20000, 'after early') }, 20000)
    const every = setInterval(say, 30000, 'again')
    clearTimeout(setTimeout(say, 35000, 'never'))
    this.end = () => clearInterval(every)
  },
})`

let phone: RunningPhone
beforeAll(async () => {
  phone = await startPhone({ project: writeProject({ ...unit('pages/a/index', '<view />'), 'app.js': APP }) })
})
afterAll(async () => {
  await phone?.close()
  removeProjects()
})
const said = () => phone.app.evaluate('function () { return getApp().said }') as unknown as Promise<string[]>

it('given timers, when the clock is set, then none goes off; when time passes, each that is due goes off at its own moment, in order', async () => {
  await phone.app.evaluate('function () { getApp().begin() }')
  await phone.simulator.phone.set({ clockOffsetMs: 3_600_000 })
  expect(await said()).toEqual([])
  await phone.simulator.phone.set({ clockOffsetMs: 0 })
  await phone.simulator.phone.pass(45_000)
  expect(await said()).toEqual(['early, 20 s', 'again, 30 s', 'after early, 40 s'])
  await phone.simulator.phone.pass(20_000)
  expect(await said()).toEqual(['early, 20 s', 'again, 30 s', 'after early, 40 s', 'late, 50 s', 'again, 60 s'])
  await phone.app.evaluate('function () { getApp().end() }')
  await phone.simulator.phone.pass(60_000)
  expect(await said()).toHaveLength(5)
})

it('given time stands, then long waits end only where it is let pass, each at its own moment; short ones by themselves; afterwards all go on', async () => {
  const { phone: held } = phone.simulator
  await held.still(1_000)
  await phone.app.evaluate(`function () {
    const app = getApp()
    app.said = []
    setTimeout(() => app.said.push('long'), 1000)
    setTimeout(() => app.said.push('longer'), 3000)
    return new Promise(done => setTimeout(done, 900)).then(() => new Promise(done => setTimeout(done, 900)))
  }`)
  expect(await said()).toEqual([])
  await held.pass(900)
  expect(await said()).toEqual([])
  await held.pass(150)
  expect(await said()).toEqual(['long'])
  await held.still(null)
  await eventually('what was left of the other', async () => (await said()).length === 2)
  expect(await said()).toEqual(['long', 'longer'])
})

it('given time has passed, then the app and the settings have the same clock', async () => {
  const before = phone.simulator.phone.get().clockOffsetMs
  await phone.simulator.phone.pass(3_600_000)
  expect(phone.simulator.phone.get().clockOffsetMs).toBe(before + 3_600_000)
  const ahead = Number(await phone.app.evaluate('function () { return Date.now() }')) - Date.now()
  expect(Math.round((ahead - before) / 60_000)).toBe(60)
})
