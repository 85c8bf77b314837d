// A storage that was damaged, or written by something else: the app opens all the same, and what it cannot read is as if it were not kept.
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import type { ChecklistTemplate } from '../../../typings/api.ts'
import { uuid } from '../../../miniprogram/rules/uuid.ts'
import { startWorld, type World } from '../support/world.ts'
import { merchantOf } from '../support/samples.ts'

const template = {
  ...(JSON.parse(
    readFileSync(new URL('../../../backend/field-work/checklists/onboarding-v1.json', import.meta.url), 'utf8'),
  ) as ChecklistTemplate),
  version: 1,
}
const shop = { sub_mchid: '1900000109', name: '科技面馆', region_name: '南山区' }

let world: World
beforeEach(async () => {
  world = await startWorld()
  await world.session.login()
})
afterEach(() => world.stop())

/** Everything that a day leaves on a phone. */
async function aDay(): Promise<Map<string, string>> {
  const { drafts, outbox, pictures, recents, details, preferences, settled } = world
  world.setOnline(false)
  preferences.setTheme('dark')
  recents.addSearch('面')
  recents.addMerchant(shop)
  details.put(merchantOf())
  const submitted = drafts.begin(shop, template, { answers: { A1: 'same' }, origins: {} })!.id
  pictures.next = () => [Buffer.from('picture')]
  await drafts.addPhoto(submitted, 'A3')
  const request = { id: uuid(), kind: 'test_payment', occurred_at: '2026-11-23T10:00:00+08:00', detail: {} }
  outbox.put({ shop, photos: [], content: { kind: 'evidence', request, form: {} } as never, revision: 0 })
  await settled()
  return new Map(world.kept)
}

const wrong: unknown[] = [null, 0, [null], { staff: null, photos: [null], theme_choice: 'x', language_choice: 7 }]

test('given a day’s work, when any of its values is of another shape, then the app opens, and all that is whole is there', async () => {
  const day = await aDay()
  expect([...day.keys()].map(key => key.replace(/^staff:[^:]*:|[0-9a-f-]{36}|\d{10}/g, '')).sort()).toEqual([
    'checklist:1',
    'detail:',
    'details',
    'draft:',
    'parcel:',
    'preferences',
    'recent-merchants',
    'recent-searches',
    'session',
  ])
  for (const key of day.keys()) {
    for (const value of [null, 'x', ...wrong.map(one => ({ kept_as: 1, value: one }))]) {
      world.kept.clear()
      for (const [name, text] of day) world.kept.set(name, name === key ? JSON.stringify(value) : text)
      const app = world.reopen()
      app.network.changed({ online: false, weak: false })
      await app.session.start()
      await world.settled()
      const seen = [
        app.recents.searches,
        app.recents.merchants,
        app.details.get(shop.sub_mchid),
        app.drafts.list,
        app.outbox.items,
        app.preferences.root_class,
      ]
      expect([key, value, seen.length]).toEqual([key, value, 6])
      app.cut()
    }
  }
})
