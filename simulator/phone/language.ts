// The phone page speaks Chinese or English, as the browser does or at a press: the English stands beside the Chinese (data-en in page.html, the second word of say()).

export type Language = 'zh' | 'en'

const KEPT = 'simulator-language'
/** attribute → where its English stands */
const TRANSLATED: Record<string, string> = {
  'aria-label': 'data-en-label',
  title: 'data-en-label',
  placeholder: 'data-en-placeholder',
}
const chinese = new WeakMap<Element, Record<string, string>>()
const followers: (() => void)[] = []
let language: Language = 'zh'

export const current = (): Language => language
export const say = (zh: string, en: string): string => (language === 'zh' ? zh : en)
/** `draw` is called now and after each change of language. */
export function inEachLanguage(draw: () => void): void {
  followers.push(draw)
  draw()
}

export function setLanguage(chosen: Language): void {
  language = chosen
  try {
    localStorage.setItem(KEPT, chosen)
  } catch {
    // private windows forbid it: then the choice lasts as long as the page
  }
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en'
  for (const element of document.querySelectorAll('[data-en], [data-en-label], [data-en-placeholder]')) translate(element)
  for (const follow of followers) follow()
}

/** `?lang=en` in the address counts more than what was chosen before, and that more than the browser's language. */
export function startLanguage(): void {
  const named = new URLSearchParams(location.search).get('lang')
  let kept: string | null = null
  try {
    kept = localStorage.getItem(KEPT)
  } catch {
    // as above
  }
  const chosen = named ?? kept ?? navigator.language
  setLanguage(chosen.startsWith('zh') ? 'zh' : 'en')
}

/** A text made by a script, in the language of now and of later. */
export function bilingual(element: Element, zh: string, en: string): void {
  element.textContent = zh
  element.setAttribute('data-en', en)
  chinese.delete(element)
  translate(element)
}

function translate(element: Element): void {
  let written = chinese.get(element)
  if (!written) {
    written = { text: element.textContent ?? '' }
    for (const attribute of Object.keys(TRANSLATED)) written[attribute] = element.getAttribute(attribute) ?? ''
    chinese.set(element, written)
  }
  const english = element.getAttribute('data-en')
  if (english !== null) element.textContent = say(written['text']!, english)
  for (const [attribute, source] of Object.entries(TRANSLATED)) {
    const other = element.getAttribute(source)
    if (other !== null && element.hasAttribute(attribute)) element.setAttribute(attribute, say(written[attribute]!, other))
  }
}
