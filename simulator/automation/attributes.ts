// An attribute as WXML has it: from the dataset, a property, or the drawn element.
import * as glassEasel from 'glass-easel'
import { shownBy } from './handles.ts'

export function attribute(element: glassEasel.Element, name: string): string | null {
  if (name === 'class') return element.class
  if (name === 'id') return element.id || null
  if (name === 'style') return element.style
  const inData = name.startsWith('data-')
    ? element.dataset[name.slice(5).replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())]
    : undefined
  const component = element.asGeneralComponent()
  const property = name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const inProperties = component && glassEasel.Component.hasProperty(component, property) ? component.data[property] : undefined
  const value = inData ?? inProperties ?? element.getAttribute(name) ?? shownBy(element).getAttribute(name)
  if (value === undefined || value === null) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
