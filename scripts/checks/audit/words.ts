// The two dictionaries: tsc holds their keys equal; here no English text has Chinese in it, and no key is left that nobody says.
import { en } from '../../../miniprogram/i18n/en.ts'

interface Source {
  file: string
  text: string
}

/** a language is called by its own name in every language */
const OWN_NAMES = ['settings.language_zh']
const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/

/** @param sources scripts and WXML of the app without the dictionaries */
export function words(sources: Source[]): string[] {
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
  return Object.entries(en).flatMap(([key, english]) => [
    ...(CHINESE.test(english) && !OWN_NAMES.includes(key) ? [`miniprogram/i18n: ${key} has Chinese in its English text`] : []),
    ...(said(key) ? [] : [`miniprogram/i18n: nobody says ${key}`]),
  ])
}
