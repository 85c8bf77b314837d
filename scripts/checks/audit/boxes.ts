// A box keeps what stands in it at blur and confirm too: pinyin and dictation end without an input event on some phones.
import type { App } from '../app-parts.ts'
import { walk, type Element } from '../wxml.ts'

const BOXES: Record<string, readonly string[]> = {
  input: ['input', 'blur', 'confirm'],
  textarea: ['input', 'blur', 'confirm'],
  'van-field': ['change', 'blur', 'confirm'],
  'van-search': ['change', 'blur', 'search'],
}
const binds = ({ attributes }: Element, event: string) => attributes.has(`bind${event}`) || attributes.has(`bind:${event}`)

export const boxes = ({ parts }: App): string[] =>
  parts.flatMap(({ path, wxml }) =>
    [...walk(wxml)].flatMap(element =>
      (BOXES[element.name] ?? [])
        .filter(event => !binds(element, event))
        .map(event => `${path}.wxml:${element.line}: <${element.name}> does not bind ${event}: what stands in the box may be lost`),
    ),
  )
