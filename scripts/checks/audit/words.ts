// The dictionaries: tsc holds the two languages beside each other; here no English text has Chinese in it, no key stands in two of them, and none is left that
// nobody says.
import { drawnBy, drawnName, saidBy, type Dictionary } from '../dictionaries.ts'

interface Source {
  file: string
  text: string
}

/** a language is called by its own name in every language */
const OWN_NAMES = ['settings.language_zh']
const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/

/** WeChat: "confirmText length should not larger than 4 Chinese characters", and the dialog does not open. Letters count as characters. */
const MOST_OF_BUTTON = 4

/** @param sources scripts and WXML of the app without the dictionaries */
export function words(sources: readonly Source[], all: readonly Dictionary[]): string[] {
  const says = sayer(sources)
  const seen = new Set<string>()
  return all.flatMap(({ file, language, words: texts }) => {
    const at = `miniprogram/${file}`
    return Object.entries(texts).flatMap(([key, text]) => {
      const twice = seen.has(`${language} ${key}`)
      seen.add(`${language} ${key}`)
      return [
        ...(key.startsWith('button.') && Array.from(text).length > MOST_OF_BUTTON
          ? [`${at}: ${key} has more than ${MOST_OF_BUTTON} characters: a dialog with that button does not open`]
          : []),
        ...(language === 'en' && CHINESE.test(text) && !OWN_NAMES.includes(key) ? [`${at}: ${key} has Chinese in its English text`] : []),
        ...(twice ? [`${at}: ${key} stands in another dictionary too`] : []),
        ...(language === 'zh-CN' && !says(key) ? [`${at}: nobody says ${key}`] : []),
      ]
    })
  })
}

/** Whether somebody says a key: a script by its name, a template as copy.section.name, or a component that is given the whole section as copy.name. */
function sayer(sources: readonly Source[]): (key: string) => boolean {
  const text = sources.map(source => source.text).join('\n')
  const { literals, shapes } = saidBy(text)
  const drawn = drawnBy(text)
  const givenWhole = new Set([...text.matchAll(/\bcopy\.(\w+)(?![\w.])/g)].map(([, section]) => section!))
  const members = new Set([...text.matchAll(/\.(\w+)/g)].map(([, name]) => name!))
  return key => {
    const [section, ...rest] = key.split('.') as [string, ...string[]]
    const inSection = rest.join('_')
    return (
      literals.has(key) ||
      shapes.some(shape => shape.test(key)) ||
      drawn.has(drawnName(key)) ||
      (givenWhole.has(section) && (members.has(inSection) || literals.has(inSection)))
    )
  }
}
