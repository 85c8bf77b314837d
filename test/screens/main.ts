// `npm run screens [-- --only <text>,<text> --mode light]`: draws every page in every state, light, dark and in large text, into .screens/, and
// fails when something on them is cut off, overflows, has no glyph, is blank or too faint. `--against <folder>` lists each picture that is not as in there.
// `--reverse` draws the last scene first: what one scene leaves behind, another must not stumble over.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandLine } from '../../dev/command-line.ts'
import { startPostgres } from '../../dev/postgres/server.ts'
import { createWorld } from '../support/world.ts'
import { difference } from './compare.ts'
import { contactSheet, type Drawn } from './contact-sheet.ts'
import { isExpected } from './exceptions.ts'
import { foreignTo } from './foreign.ts'
import { inspectScreen, measuresOf } from './inspect.ts'
import { MODE_NAMES, type Mode } from './modes.ts'
import type { Scene } from './scene.ts'
import { scenes } from './scenes.ts'
import { Stage } from './stage.ts'
import '../../backend/platform/printed.ts'

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.screens')

const usage = `npm run screens -- [--only text,text] [--mode ${MODE_NAMES.join(' | ')}] [--against folder] [--reverse]`
const { values, refuse } = commandLine(usage, {
  options: {
    only: { type: 'string' },
    mode: { type: 'string' },
    against: { type: 'string' },
    reverse: { type: 'boolean', default: false },
  },
})
const modes = MODE_NAMES.filter(mode => values.mode === undefined || values.mode === mode)
const asked = scenes.filter(({ name }) => values.only === undefined || values.only.split(',').some(text => name.includes(text)))
const chosen = values.reverse ? asked.toReversed() : asked
if (modes.length === 0) refuse(`there is no mode "${values.mode}"`)
if (chosen.length === 0) refuse(`no scene has ${values.only} in its name`)

let different = 0
async function compareWith(before: string, drawn: Buffer, name: string): Promise<void> {
  const what = existsSync(before) ? await difference(drawn, readFileSync(before)) : 'there was none before'
  if (what === null) return
  different += 1
  console.log(`${name}: not as before: ${what}`)
}

async function drawIn(stage: Stage, scene: Scene, mode: Mode): Promise<Drawn> {
  await stage.settled(scene)
  await stage.unfold(scene)
  const found = await (await stage.frame()).evaluate(inspectScreen, measuresOf(foreignTo(mode === 'english' ? 'en' : 'zh-CN')))
  const findings = found.filter(finding => !isExpected(finding))
  const picture = `${scene.name.replace('/', '-')}.${mode}.png`
  const drawn = await stage.picture()
  writeFileSync(join(folder, picture), drawn)
  if (values.against !== undefined) await compareWith(join(values.against, picture), drawn, `${scene.name} ${mode}`)
  await stage.fold()
  return { scene: scene.name, mode, picture, findings, failure: null }
}

async function drawScene(stage: Stage, scene: Scene): Promise<Drawn[]> {
  const drawn: Drawn[] = []
  for (const mode of modes) {
    if (!stage.draws(mode)) continue
    try {
      const saidAnew = mode === 'english' && scene.saidOnce
      if (scene.fleeting || saidAnew || drawn.length === 0) {
        await stage.strike()
        // what is arranged mostly waits for Chinese words
        await stage.setMode(mode === 'english' ? 'light' : mode)
        await stage.giveTo(scene.as)
        if (saidAnew) await stage.setMode(mode)
        await scene.arrange(stage)
        if (mode === 'english') await stage.settled(scene)
      }
      if (!stage.draws(mode)) continue
      await stage.setMode(mode)
      drawn.push(await drawIn(stage, scene, mode))
    } catch (error) {
      await stage.fold()
      const picture = `${scene.name.replace('/', '-')}.${mode}.not-reached.png`
      writeFileSync(join(folder, picture), await stage.picture())
      drawn.push({ scene: scene.name, mode, picture, findings: [], failure: (error as Error).message })
      stage.takeBack()
      break
    }
  }
  await stage.strike()
  return drawn
}

const report = ({ scene, mode, findings, failure }: Drawn) => {
  for (const { kind, what } of findings) console.log(`${scene} ${mode}: ${kind}: ${what}`)
  if (failure) console.log(`${scene} ${mode}: not reached: ${failure}`)
}

const began = Date.now()
const temporary = mkdtempSync(join(tmpdir(), 'goldplan-screens-'))
// as root, PostgreSQL runs as another user, who must reach it
chmodSync(temporary, 0o755)
const postgres = await startPostgres({ dataDir: join(temporary, 'postgresql'), log: () => {} })
process.env.TEST_DATABASE_URL = postgres.ownerUrl
process.env.TEST_PROGRAM_URL = postgres.url
const drawn: Drawn[] = []
try {
  const world = await createWorld({ receiptSite: true })
  try {
    mkdirSync(folder, { recursive: true })
    const stage = new Stage(world, world.simulator.browserPage!)
    for (const scene of chosen) {
      const pictures = await drawScene(stage, scene)
      pictures.forEach(report)
      drawn.push(...pictures)
    }
  } finally {
    await world.close()
  }
} finally {
  await postgres.stop()
  rmSync(temporary, { recursive: true, force: true })
}
writeFileSync(join(folder, 'index.html'), contactSheet(drawn))
const bad = drawn.filter(({ findings, failure }) => findings.length > 0 || failure !== null).length
const seconds = Math.round((Date.now() - began) / 1_000)
console.log(
  `${chosen.length} scenes, ${drawn.length} pictures in ${seconds} s: ${join(folder, 'index.html')}${bad ? `; ${bad} with findings` : ''}`,
)
if (values.against !== undefined) console.log(`${different} of them are not as in ${values.against}`)
process.exitCode = bad ? 1 : 0
