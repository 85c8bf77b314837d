// What is wrong with a drawn screen, found in the frame itself: overflow, text that is cut off, missing glyphs, blank areas, contrast, keys of words,
// words of the other language, values that are not there, and what is too small for a thumb.
// `inspectScreen` is sent into the page as text, so it uses nothing from outside itself.

import type { Foreign } from './foreign.ts'

export interface Finding {
  kind: 'overflow' | 'clipped' | 'missing glyph' | 'blank' | 'contrast' | 'key' | 'language' | 'value' | 'broken' | 'touch' | 'gold'
  what: string
}

/** Contrast below this fails, whatever the size of the text (WCAG 2.2 AA for body text). */
const MINIMUM_CONTRAST = 4.5

/** What a screen is measured by. */
export interface Measures {
  minimumContrast: number
  /** what is not said on a page in this language */
  foreign: Foreign
  /** rpx, both ways, of whatever is tapped on a phone */
  touch: number
}
export const measuresOf = (foreign: Foreign): Measures => ({ minimumContrast: MINIMUM_CONTRAST, foreign, touch: 88 })

export async function inspectScreen({ minimumContrast, foreign, touch }: Measures): Promise<Finding[]> {
  await document.fonts.ready
  const findings: Finding[] = []
  const seen = new Set<string>()
  const report = (kind: Finding['kind'], what: string) => {
    if (seen.has(kind + what)) return
    seen.add(kind + what)
    findings.push({ kind, what })
  }
  const describe = (element: Element) => {
    const name =
      element.tagName.toLowerCase() +
      (element.id ? `#${element.id}` : '') +
      [...element.classList]
        .slice(0, 2)
        .map(c => `.${c}`)
        .join('')
    const text = (element.textContent || element.getAttribute('placeholder') || '').trim().slice(0, 24)
    return text ? `${name} "${text}"` : name
  }
  const visible = (element: Element) => {
    const box = element.getBoundingClientRect()
    if (box.width < 1 || box.height < 1 || box.bottom <= 0 || box.right <= 0 || box.left >= innerWidth || box.top >= innerHeight)
      return false
    for (let at: Element | null = element; at; at = at.parentElement) {
      const style = getComputedStyle(at)
      if (style.display === 'none' || style.visibility === 'hidden' || Number(style.opacity) < 0.1) return false
    }
    const x = Math.min(Math.max((box.left + box.right) / 2, 1), innerWidth - 2)
    const y = Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 2)
    const top = (element.getRootNode() as Document | ShadowRoot).elementFromPoint(x, y)
    return top === null || element.contains(top) || top.contains(element)
  }

  // colours
  type Rgba = [number, number, number, number]
  const parse = (text: string): Rgba => {
    const numbers = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0]
    return [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0, numbers[3] ?? 1]
  }
  const over = (top: Rgba, below: Rgba): Rgba => {
    const alpha = top[3] + below[3] * (1 - top[3])
    const mix = (i: 0 | 1 | 2) => (alpha === 0 ? 0 : (top[i] * top[3] + below[i] * below[3] * (1 - top[3])) / alpha)
    return [mix(0), mix(1), mix(2), alpha]
  }
  /** what is seen where the element's text is, and beside it, through every layer and opacity; undefined over a picture */
  const seenColours = (element: Element, pseudo?: string): { text: Rgba; beside: Rgba } | undefined => {
    let text = parse(getComputedStyle(element, pseudo).color)
    let beside: Rgba = [0, 0, 0, 0]
    for (let at: Element | null = element; at; at = at.parentElement) {
      const style = getComputedStyle(at)
      if (style.backgroundImage !== 'none' && beside[3] < 1) return undefined
      const layer = parse(style.backgroundColor)
      const faded = (colour: Rgba): Rgba => [colour[0], colour[1], colour[2], colour[3] * Number(style.opacity)]
      text = faded(over(text, layer))
      beside = faded(over(beside, layer))
    }
    const paper: Rgba = [255, 255, 255, 1]
    return { text: over(text, paper), beside: over(beside, paper) }
  }
  const luminance = ([r, g, b]: Rgba) => {
    const linear = (c: number) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  }
  const contrast = (a: Rgba, b: Rgba) => {
    const [bright, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
    return (bright + 0.05) / (dark + 0.05)
  }

  // glyphs: a character that is drawn exactly like an unassigned code point has no glyph
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 32
  const pen = canvas.getContext('2d', { willReadFrequently: true })!
  const picture = (character: string, font: string) => {
    pen.clearRect(0, 0, 32, 32)
    pen.font = `24px ${font}`
    pen.fillText(character, 2, 26)
    return pen.getImageData(0, 0, 32, 32).data.join()
  }
  // a character of the supplementary planes, and one that would be an emoji: each falls back to another font's empty box
  const UNASSIGNED = ['\u{10FFFD}', '\u{1FAFF}']
  const missingByFont = new Map<string, string[]>()
  const checked = new Set<string>()
  const checkGlyphs = (text: string, font: string) => {
    for (const character of text) {
      if (/[\s\p{Mn}\p{Cf}]/u.test(character) || checked.has(font + character)) continue
      checked.add(font + character)
      let missing = missingByFont.get(font)
      if (missing === undefined) {
        missing = UNASSIGNED.map(unassigned => picture(unassigned, font))
        missingByFont.set(font, missing)
      }
      if (missing.includes(picture(character, font)))
        report('missing glyph', `${character} (U+${character.codePointAt(0)!.toString(16).toUpperCase()})`)
    }
  }
  const checkContrast = (element: Element, pseudo?: string) => {
    const colours = seenColours(element, pseudo)
    if (!colours) return
    const ratio = contrast(colours.text, colours.beside)
    if (ratio < minimumContrast - 0.05) report('contrast', `${ratio.toFixed(2)}:1 ${describe(element)}`)
  }

  const texts: Node[] = []
  // what WeChat itself draws over a page (toast, modal) stands in a shadow root
  const shadows = [...document.querySelectorAll('*')].flatMap(element => element.shadowRoot ?? [])
  for (const root of [document.body, ...shadows]) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node)
  }
  const foreignTexts = new Set(foreign.texts)
  const foreignShapes = foreign.shapes.map(shape => new RegExp(shape))
  let words = 0
  for (const node of texts) {
    const text = (node.textContent ?? '').trim()
    const element = node.parentElement
    if (text === '' || !element || !visible(element)) continue
    words += 1
    const style = getComputedStyle(element)
    checkGlyphs(text, style.fontFamily)
    checkContrast(element)
    // "settings.language": the name of a word instead of the word; names of hosts have more parts, or none with _
    if (/^[a-z]+(_[a-z]+)*\.[a-z0-9]+(_[A-Za-z0-9]+)*$/.test(text) || /^[a-z_]+(\.[a-z0-9]+)*\.[a-z0-9]+_\w+$/.test(text))
      report('key', text)
    if (foreignTexts.has(text) || foreignShapes.some(shape => shape.test(text))) report('language', text.slice(0, 60))
    if (/\bundefined\b|\bNaN\b|\[object |\{\w+\}|[，。；：、]{2}|[.,;:][，。；：、]/.test(text)) report('value', text.slice(0, 60))
    // a word of letters alone that goes on in the next line; addresses and numbers may
    for (const word of (node.textContent ?? '').matchAll(/(?<![\w/.:@-])[A-Za-z']{4,}(?![\w/.:@-])/g)) {
      const letters = document.createRange()
      letters.setStart(node, word.index)
      letters.setEnd(node, word.index + word[0].length)
      const lines = [...letters.getClientRects()].map(rect => rect.top)
      if (Math.max(...lines) - Math.min(...lines) > 4) report('broken', `${word[0]} in ${describe(element)}`)
    }
    const range = document.createRange()
    range.selectNodeContents(node)
    let box = range.getBoundingClientRect()
    for (let at: Element | null = element; at; at = at.parentElement) {
      const atStyle = getComputedStyle(at)
      const own = at.getBoundingClientRect()
      // What stands outside a box that scrolls can be brought in, and an ellipsis says that there is more: for what is around it, the text ends where
      // the box ends.
      const cutOnPurpose = atStyle.overflowX === 'hidden' && (atStyle.textOverflow === 'ellipsis' || atStyle.webkitLineClamp !== 'none')
      if (cutOnPurpose || /auto|scroll/.test(atStyle.overflowX)) box = new DOMRect(own.left, box.top, own.width, box.height)
      if (cutOnPurpose || /auto|scroll/.test(atStyle.overflowY)) box = new DOMRect(box.left, own.top, box.width, own.height)
      const cuts = atStyle.overflowX === 'hidden' || atStyle.overflowY === 'hidden'
      if (!cuts || cutOnPurpose) continue
      if (own.width < 2 || own.height < 2 || at === document.body || at === document.documentElement) continue
      if (box.right > own.right + 1.5 || (box.bottom > own.bottom + 3 && atStyle.overflowY === 'hidden'))
        report('clipped', describe(element))
    }
    if (box.right > innerWidth + 1 || box.left < -1) report('overflow', describe(element))
  }
  for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) {
    if (!visible(field)) continue
    words += 1
    checkContrast(field, field.value === '' ? '::placeholder' : undefined)
  }
  // what can be tapped, as far as the finger finds it: an ::after that reaches beyond the box belongs to it
  const needed = (touch * innerWidth) / 750 - 1.5
  const phone = innerWidth < 700
  for (const element of phone ? document.querySelectorAll('[role], [aria-role]') : []) {
    const role = element.getAttribute('role') ?? element.getAttribute('aria-role') ?? ''
    if (!/^(button|link|checkbox|radio|switch|tab)$/.test(role) || !visible(element)) continue
    const box = element.getBoundingClientRect()
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
    // at an edge, the rest of it may be scrolled in
    if (box.left < 0 || box.right > innerWidth || box.top < touch / 4 || box.bottom > innerHeight - touch / 4) continue
    const isHit = (atX: number, atY: number) => {
      const hit = document.elementFromPoint(atX, atY)
      return hit !== null && (hit === element || element.contains(hit))
    }
    const reach = (stepX: number, stepY: number) => {
      let far = 0
      while (far < touch && isHit(x + stepX * far, y + stepY * far)) far += 0.5
      return far
    }
    if (!isHit(x, y)) continue
    const [left, right, up, down] = [reach(-1, 0), reach(1, 0), reach(0, -1), reach(0, 1)]
    // what lies over a part of it, a bar at the bottom, is not there when the page is scrolled
    if (Math.min(up, down) < Math.min(touch / 2, box.height / 2 - 1) || Math.min(left, right) < Math.min(touch / 2, box.width / 2 - 1))
      continue
    const [wide, high] = [left + right, up + down]
    if (wide < needed || high < needed) report('touch', `${Math.round(wide)} × ${Math.round(high)} px: ${describe(element)}`)
  }
  // gold is for the one thing to do next (docs/look.md §6)
  const golden = new Set<Element>()
  for (const element of document.querySelectorAll('wx-button, [role="button"], [aria-role="button"]')) {
    const box = element.getBoundingClientRect()
    const style = getComputedStyle(element)
    const gold = style.getPropertyValue('--gold').trim()
    const fill = parse(style.backgroundColor).slice(0, 3)
    const hex = `#${fill.map(part => part.toString(16).padStart(2, '0')).join('')}`
    if (gold.toLowerCase() === hex && box.width >= 40 && box.height >= 30 && visible(element)) golden.add(element)
  }
  if (golden.size > 1) report('gold', [...golden].map(describe).join(' and '))
  // a skeleton is the one screen that says nothing yet
  const skeleton = [...document.querySelectorAll('[class*="skeleton"]')].some(visible)
  if (words < 2 && !skeleton) report('blank', `only ${words} pieces of text on the whole screen`)
  for (const card of document.querySelectorAll('.card, [class*="--card"]')) {
    const box = card.getBoundingClientRect()
    if (
      box.height > 24 &&
      visible(card) &&
      (card.textContent ?? '').trim() === '' &&
      !card.querySelector('canvas, img') &&
      !card.closest('[class*="skeleton"]')
    )
      report('blank', describe(card))
  }
  return findings
}
