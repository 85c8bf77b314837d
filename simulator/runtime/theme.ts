// theme.json: "@name" in app.json's window and tabBar and in page JSON stands for the variable of the current colour scheme.
import type { ProjectBundle } from '../compiler/index.ts'

export class Theme {
  current: 'light' | 'dark' = 'light'
  readonly #variables: ProjectBundle['theme']

  constructor(variables: ProjectBundle['theme']) {
    this.#variables = variables
  }

  resolve<T>(value: T): T {
    if (typeof value === 'string' && value.startsWith('@')) return (this.#variables[this.current][value.slice(1)] ?? value) as T
    if (Array.isArray(value)) return value.map((item: unknown) => this.resolve(item)) as T
    if (value && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.resolve(item as unknown)])) as T
    return value
  }
}
