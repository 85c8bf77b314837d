// Element.getWXML: the element as it is drawn, in WXML's words.
import type * as glassEasel from 'glass-easel'
import { tagOf } from './handles.ts'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

function attributesOf(element: glassEasel.Element): string {
  const attributes: [string, unknown][] = [
    ['id', element.id],
    ['class', element.class],
    ['style', element.style],
    ...Object.entries(element.dataset).map(([name, value]): [string, unknown] => [
      `data-${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`,
      value,
    ]),
  ]
  return attributes
    .filter(([, value]) => value !== '' && value !== undefined && value !== null)
    .map(([name, value]) => ` ${name}="${escaped(typeof value === 'object' ? JSON.stringify(value) : String(value))}"`)
    .join('')
}

export function innerWxml(element: glassEasel.Element): string {
  let written = ''
  element.forEachComposedChild(node => {
    const text = node.asTextNode()
    if (text) written += escaped(text.textContent)
    else written += outerWxml(node.asElement()!)
  })
  return written
}

export function outerWxml(element: glassEasel.Element): string {
  if (element.isVirtual()) return innerWxml(element)
  const tag = tagOf(element)
  return `<${tag}${attributesOf(element)}>${innerWxml(element)}</${tag}>`
}
