// Tags of templates that are no components here. A built-in of WeChat's that is not played is a named box of its usual size, with its children over
// it (the buttons on a map); so is a component that is not there; a container that is not played, and a tag that nobody knows (<div>), shows its children, as WeChat does with the latter.
import type * as glassEasel from 'glass-easel'
import { defineBuiltin, type Builtin } from './define.ts'

/** Lacking built-ins that are nothing to see themselves: how their children are laid out. */
const CONTAINERS: Record<string, string> = {
  'page-meta': 'contents',
  'match-media': 'block',
  'grid-view': 'block',
  'list-view': 'block',
  'sticky-header': 'block',
  'sticky-section': 'block',
  snapshot: 'block',
  span: 'inline',
  'share-element': 'block',
  'draggable-sheet': 'block',
  'double-tap-gesture-handler': 'contents',
  'tap-gesture-handler': 'contents',
  'pan-gesture-handler': 'contents',
  selection: 'block',
  'open-data-list': 'block',
  'functional-page-navigator': 'block',
  'keyboard-accessory': 'none',
  'navigation-bar': 'none',
}

/** Width and height by which WeChat draws a built-in that the app gives none; 300px × 150px where nothing is said. */
const SIZES: Record<string, [width: string, height: string]> = {
  video: ['300px', '225px'],
  camera: ['100%', '300px'],
  'live-player': ['300px', '225px'],
  'live-pusher': ['300px', '225px'],
  'channel-live': ['300px', '225px'],
  'channel-video': ['300px', '225px'],
  'voip-room': ['300px', '225px'],
  audio: ['300px', '66px'],
  editor: ['100%', '200px'],
  ad: ['100%', '100px'],
  'ad-custom': ['100%', '100px'],
  'official-account': ['100%', '84px'],
  'open-data': ['auto', 'auto'],
  'open-data-item': ['auto', 'auto'],
}

/** `:where` leaves every say to the app's own styles. */
export const FOREIGN_CSS = `
:where([data-lacking]) { display: block; position: relative; box-sizing: border-box; width: var(--lacking-width, 300px); height: var(--lacking-height, 150px); overflow: hidden; background: repeating-linear-gradient(135deg, rgba(128, 128, 128, .12) 0 8px, rgba(128, 128, 128, .2) 8px 16px); }
:where([data-lacking]):not(wx-open-data, wx-open-data-item)::before { content: attr(data-lacking); position: absolute; inset: 0; display: grid; place-content: center; outline: 1px dashed rgba(128, 128, 128, .8); outline-offset: -1px; font: 13px/1.4 ui-monospace, monospace; color: #666; text-align: center; overflow-wrap: anywhere; pointer-events: none; }
:where(.mp-root[data-theme=dark] [data-lacking])::before { color: #aaa; }
:where(wx-open-data, wx-open-data-item)[data-lacking] { display: inline-block; }
:where(wx-open-data, wx-open-data-item)::before { content: attr(data-lacking); }
:where(wx-web-view)[data-lacking] { position: fixed; inset: 0; width: auto; height: auto; }
`

/** Draws `element` as a box with a name, for what cannot be drawn itself. */
export function drawBox(element: HTMLElement, label: string, [width, height] = ['300px', '150px']): void {
  element.dataset['lacking'] = label
  element.style.setProperty('--lacking-width', width)
  element.style.setProperty('--lacking-height', height)
}

/** @param tags whether a box stands for each */
export function registerForeign(space: glassEasel.ComponentSpace, tags: Record<string, boolean>): void {
  for (const [tag, isBox] of Object.entries(tags)) defineBuiltin(space, isBox ? lacking(tag) : { tag }, {})
}

function lacking(tag: string): Builtin {
  return {
    tag,
    setup({ element }) {
      const display = CONTAINERS[tag]
      if (display) element.style.display = display
      else drawBox(element, `<${tag}>`, SIZES[tag])
    },
  }
}
