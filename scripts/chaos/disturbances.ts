// What may happen to a provider's installation, each for a moment; it is over when its promise resolves. Which one comes when is the seed's; what it meets is not.
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { Random } from '../../dev/demo/random.ts'
import type { ScenarioName } from '../../dev/sandbox/index.ts'
import { pause } from './pause.ts'
import { shops } from './people.ts'
import { giveBack, loseRights } from './rights.ts'
import type { World } from './world.ts'

interface Moment {
  world: World
  random: Random
  /** the second process stays from now on */
  onlyFirst: boolean
}

export interface Disturbance {
  name: string
  run(moment: Moment): Promise<void>
}

const moment = (random: Random) => pause(random.integer(300, 3_000))
const anyBackend = ({ world, random, onlyFirst }: Moment) => (onlyFirst ? world.backends[0] : random.pick(world.backends))

/** One at a time: processes and the database. */
export const ofMachines: readonly Disturbance[] = [
  {
    name: 'kill -9 of a process',
    async run(now) {
      const backend = anyBackend(now)
      await backend.kill()
      await moment(now.random)
      await backend.start()
    },
  },
  {
    name: 'SIGTERM of a process',
    async run(now) {
      const backend = anyBackend(now)
      await backend.terminate()
      await backend.start()
    },
  },
  {
    name: 'a process stands still',
    async run({ world, random }) {
      const backend = random.pick(world.backends)
      backend.stand(true)
      await pause(random.integer(500, 6_000))
      backend.stand(false)
    },
  },
  {
    name: 'busy connections terminated',
    async run({ world, random }) {
      for (let times = random.integer(1, 5); times > 0; times -= 1) {
        await world.sql(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'goldplan_app' and state <> 'idle'`)
        await pause(random.integer(20, 300))
      }
    },
  },
  {
    name: 'PostgreSQL stopped and started',
    async run({ world, random }) {
      await world.stopDatabase()
      await pause(random.integer(300, 6_000))
      await world.startDatabase()
    },
  },
  {
    name: "PostgreSQL's disk is full",
    async run({ world, random }) {
      if (!world.disk) return
      await world.disk.fill()
      await pause(random.integer(1_000, 6_000))
      await world.disk.free()
    },
  },
]

/** how WeChat Pay may answer a shop's calls */
const troubles: readonly ScenarioName[] = [
  'slow',
  'late',
  'lost_before',
  'lost_after',
  'cut_body',
  'rate_limited_429',
  'forged',
  'stale',
  'gateway_timeout',
  'bad_gateway',
  'accepted_202',
  'service_unavailable',
]

/** Beside one of the above: what lies between and around. */
export const ofSurroundings: readonly Disturbance[] = [
  {
    name: 'connections of clients cut',
    async run({ world, random }) {
      for (let times = random.integer(1, 4); times > 0; times -= 1) {
        random.pick(world.backends).wire.cut()
        await pause(random.integer(50, 600))
      }
    },
  },
  {
    name: 'connections to the database cut',
    async run({ world, random }) {
      for (let times = random.integer(1, 4); times > 0; times -= 1) {
        world.databaseWire.cut()
        await pause(random.integer(50, 600))
      }
    },
  },
  {
    name: 'a slow network',
    async run({ world, random }) {
      const wire = random.pick(world.backends).wire
      wire.delayMs = random.integer(50, 1_500)
      await moment(random)
      wire.delayMs = 0
    },
  },
  {
    name: 'a slow database',
    async run({ world, random }) {
      world.databaseWire.delayMs = random.integer(20, 400)
      await moment(random)
      world.databaseWire.delayMs = 0
    },
  },
  {
    name: 'the clock moved',
    async run({ world, random }) {
      // back to within minutes of the true time, so that "half an hour ago" stays past
      const offset = world.sandbox.control.clock.offset()
      const by = random.integer(10, 180) * 1_000 * (offset > 240_000 || (offset > -240_000 && random.chance(0.5)) ? -1 : 1)
      world.sandbox.control.clock.advance(by)
      world.journal.note(`the clock is moved by ${by / 1_000} s`)
    },
  },
  {
    name: 'WeChat out of reach',
    async run({ world, random }) {
      world.sandbox.control.setWechat({ status: random.pick(['busy', 'lost'] as const) })
      await moment(random)
      world.sandbox.control.setWechat({ status: 'normal' })
    },
  },
  {
    name: 'a photo folder that cannot be written',
    async run({ world, random }) {
      takePhotosAway(world)
      await moment(random)
      bringPhotosBack(world)
    },
  },
  { name: 'somebody disabled in the middle of his requests', run: ({ world, random }) => loseRights(world, random, 'disabled') },
  { name: 'somebody moved in the middle of his requests', run: ({ world, random }) => loseRights(world, random, 'moved') },
]

/** All the time, and each shop for itself: most calls of a run are answered well all the same. */
export const ofWechatPay: readonly Disturbance[] = [
  {
    name: 'WeChat Pay in trouble with some shops',
    async run({ world, random }) {
      const hit = shops.here.filter(() => random.chance(0.5))
      for (const sub_mchid of hit)
        world.sandbox.control.setMerchant(sub_mchid, { scenario: random.pick(troubles), delay_seconds: random.integer(1, 12) })
      await pause(random.integer(1_500, 6_000))
      for (const sub_mchid of hit) world.sandbox.control.setMerchant(sub_mchid, { scenario: 'normal' })
    },
  },
]

/** Rights do not stop root: in its place lies what is no folder. */
function takePhotosAway({ photoDir }: World): void {
  mkdirSync(photoDir, { recursive: true })
  renameSync(photoDir, `${photoDir}.away`)
  writeFileSync(photoDir, '')
  chmodSync(photoDir, 0o444)
}

function bringPhotosBack({ photoDir }: World): void {
  if (!existsSync(`${photoDir}.away`)) return
  rmSync(photoDir, { force: true })
  renameSync(`${photoDir}.away`, photoDir)
}

/** Whatever was interrupted in the middle. */
export async function liftEverything(world: World): Promise<void> {
  for (const sub_mchid of shops.here) world.sandbox.control.setMerchant(sub_mchid, { scenario: 'normal' })
  world.sandbox.control.setWechat({ status: 'normal' })
  world.databaseWire.delayMs = 0
  await world.disk?.free()
  await world.startDatabase()
  for (const backend of world.backends) {
    backend.wire.delayMs = 0
    backend.stand(false)
    if (backend.url() === null) await backend.start()
  }
  bringPhotosBack(world)
  await giveBack(world)
}
