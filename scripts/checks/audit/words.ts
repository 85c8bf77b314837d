// The two dictionaries: tsc holds their keys equal; here no English text has Chinese in it, and no key is left that nobody says.
import { en } from '../../../miniprogram/words/en.ts'
import { zhCN } from '../../../miniprogram/words/zh-CN.ts'

interface Source {
  file: string
  text: string
}

type Dictionaries = Record<'zh-CN' | 'en', Readonly<Record<string, string>>>

/** a language is called by its own name in every language */
const OWN_NAMES = ['settings.language_zh']
const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/

/** WeChat: "confirmText length should not larger than 4 Chinese characters", and the dialog does not open. Letters count as characters. */
const MOST_OF_BUTTON = 4
const tooLong = (key: string, dictionaries: Dictionaries): string[] =>
  Object.entries(dictionaries)
    .filter(([, dictionary]) => Array.from(dictionary[key] ?? '').length > MOST_OF_BUTTON)
    .map(
      ([language]) =>
        `miniprogram/words: ${key} in ${language} has more than ${MOST_OF_BUTTON} characters: a dialog with that button does not open`,
    )

/**
 * @param sources scripts and WXML of the app without the dictionaries
 * @param dictionaries the app's own; a test gives others
 */
export function words(sources: Source[], dictionaries: Dictionaries = { 'zh-CN': zhCN, en }): string[] {
  const text = sources.map(source => source.text).join('\n')
  const literals = new Set([...text.matchAll(/(['"])((?:(?!\1)[^\\\n])*)\1/g)].map(([, , literal]) => literal!))
  // `evidence.${kind}` says every key of that shape; without a dot before the gap it would say anything
  const shapes = [...text.matchAll(/`([\w.]*\$\{[^`]*)`/g)]
    .map(([, template]) => template!.split(/\$\{[^}]*\}/))
    .filter(pieces => pieces.some(piece => piece.includes('.')) || pieces[0]!.includes('.'))
    .map(pieces => new RegExp(`^${pieces.map(piece => piece.replaceAll('.', '\\.')).join('.+')}$`))
  // a page's words: `copy.detail.all_evidence`, `steps.step_missing`, `copy.common[footer]`
  const members = new Set([...text.matchAll(/\.(\w+)/g)].map(([, name]) => name!))
  const said = (key: string) => {
    const inPage = key.slice(key.indexOf('.') + 1).replaceAll('.', '_')
    return literals.has(key) || literals.has(inPage) || members.has(inPage) || shapes.some(shape => shape.test(key))
  }
  return Object.entries(dictionaries.en).flatMap(([key, english]) => [
    ...(key.startsWith('button.') ? tooLong(key, dictionaries) : []),
    ...(CHINESE.test(english) && !OWN_NAMES.includes(key) ? [`miniprogram/words: ${key} has Chinese in its English text`] : []),
    ...(said(key) ? [] : [`miniprogram/words: nobody says ${key}`]),
  ])
}
