// What of WeChat's 体验评分 has to be seen: size of the tree, hit areas, data that is drawn. The main pages with demo data, 375 px wide, in a real browser.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readApp, type Part } from '../../../scripts/checks/app-parts.ts'
import { isDrawn, leavesOf, usesOf } from '../../../scripts/checks/drawn-paths.ts'
import { eventually } from '../../support/eventually.ts'
import { createWorld, type World } from '../../support/world.ts'

/** 体验评分: nodes of a page, their depth, children of one node */
const MOST = { nodes: 1_000, depth: 30, children: 60 }
/** product.md M28: 88 rpx at 375 px; a hair less for what a screen rounds */
const HIT = 43.5

const PAGES: { path: string; open: string; shows: string; tab?: true }[] = [
  { path: 'pages/home/index', open: '/pages/home/index', shows: '#find', tab: true },
  { path: 'pages/merchants/index', open: '/pages/merchants/index', shows: '#footer', tab: true },
  { path: 'pages/visits/index', open: '/pages/visits/index', shows: '.page', tab: true },
  { path: 'pages/mine/index', open: '/pages/mine/index', shows: '.page', tab: true },
  { path: 'packages/visit/edit/index', open: '/packages/visit/edit/index?sub_mchid=1900000109', shows: '#progress' },
  {
    path: 'packages/visit/detail/index',
    open: '/packages/visit/detail/index?visit_id=00000000-0000-4000-8002-000000000004',
    shows: '#reviews',
  },
  { path: 'packages/system/settings/index', open: '/packages/system/settings/index', shows: '.page' },
  ...['104', '109', '121', '128'].map(number => ({
    path: 'packages/merchant/detail/index',
    open: `/packages/merchant/detail/index?sub_mchid=1900000${number}`,
    shows: '#verdict',
  })),
  ...['evidence', 'test-payment', 'troubleshoot', 'portal-check', 'ad-filter', 'explain', 'receipt-content', 'onboarding'].map(page => ({
    path: `packages/merchant/${page}/index`,
    open: `/packages/merchant/${page}/index?sub_mchid=1900000109`,
    shows: '.page',
  })),
]

interface Measured {
  nodes: number
  depth: number
  children: number
  small: { id: string; text: string; width: number; height: number }[]
  tapped: number
}

let world: World
let parts: Map<string, Part>

/** Runs in the frame. Hit areas are felt with a finger: from the middle outwards until something else would be hit. */
function measure(hit: number): Measured {
  const page = [...document.querySelectorAll<HTMLElement>('.mp-page')].filter(one => one.clientHeight > 0).at(-1)!
  const all = [...page.querySelectorAll('*')]
  let depth = 0
  for (const element of all) {
    let at: Element | null = element
    let level = 0
    while (at && at !== page) {
      level += 1
      at = at.parentElement
    }
    depth = Math.max(depth, level)
  }
  const small: Measured['small'] = []
  const tappable = all.filter(element => /^(button|switch|tab|radio|checkbox|link)$/.test(element.getAttribute('role') ?? ''))
  let tapped = 0
  for (const element of tappable) {
    if (getComputedStyle(element).visibility === 'hidden') continue
    element.scrollIntoView({ block: 'center', inline: 'center' })
    const box = element.getBoundingClientRect()
    if (box.width === 0) continue
    const x = box.left + box.width / 2
    const y = box.top + box.height / 2
    const hits = (px: number, py: number) => element.contains(document.elementFromPoint(px, py))
    if (!hits(x, y)) continue
    tapped += 1
    const reach = (dx: number, dy: number) => {
      let far = 0
      while (far < 60 && hits(x + dx * (far + 0.5), y + dy * (far + 0.5))) far += 0.5
      return far
    }
    const width = reach(-1, 0) + reach(1, 0)
    const height = reach(0, -1) + reach(0, 1)
    if (width < hit || height < hit) {
      const host = element.closest('[id]')
      small.push({
        id: host?.id ?? '',
        text: (element.getAttribute('aria-label') ?? element.textContent ?? '').slice(0, 20),
        width,
        height,
      })
    }
  }
  return { nodes: all.length, depth, children: Math.max(0, ...all.map(({ children }) => children.length)), small, tapped }
}

beforeAll(async () => {
  parts = new Map((await readApp()).parts.map(part => [part.path, part]))
  world = await createWorld()
  await world.loginAs('operator')
  await world.phone.logIn()
})
afterAll(() => world?.close())

describe.each(PAGES)('$open', ({ path, open, shows, tab }) => {
  it('keeps the limits of 体验评分, is easy to hit, and sends nothing that is not drawn', async () => {
    await world.phone.open(open, tab ? 'switchTab' : 'reLaunch')
    await world.phone.find(shows)
    const frame = world.simulator.browserPage!.frames().find(one => one.url().includes('/frame/'))!
    await eventually('nothing loading', async () => !(await world.phone.shows('#state-skeleton')))
    await frame.evaluate('globalThis.__name ??= named => named')
    // a page that is still being drawn has nothing to tap yet
    const { nodes, depth, children, small } = await eventually('something to tap', async () => {
      const measured = await frame.evaluate(measure, HIT)
      return measured.tapped > 0 ? measured : null
    })
    expect({
      nodes: nodes < MOST.nodes,
      depth: depth < MOST.depth,
      children: children < MOST.children,
      seen: [nodes, depth, children],
    }).toMatchObject({
      nodes: true,
      depth: true,
      children: true,
    })
    expect(small).toEqual([])

    const part = parts.get(`miniprogram/${path}`)!
    const uses = usesOf(part, parts)
    const data = (await (await world.phone.page()).data()) as Record<string, unknown>
    const sent = Object.fromEntries(Object.entries(data).filter(([key]) => !part.properties.includes(key) && key !== 'copy'))
    const idle = new Set(
      leavesOf(sent)
        .filter(leaf => !isDrawn(leaf.path, uses))
        .map(leaf => leaf.path.join('.')),
    )
    expect([...idle]).toEqual([])
  })
})
