/** An element with what it needs in one expression; children that are texts become text nodes. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

/** 1,234 B · 12.3 KB · 1.2 MB */
export function bytesText(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`
  if (bytes < 1_048_576) return `${(bytes / 1_024).toFixed(1)} KB`
  return `${(bytes / 1_048_576).toFixed(1)} MB`
}

const MOST_CHARACTERS = 100_000

/** JSON of a value in lines; what JSON cannot say is named, what is too long is cut. */
export function jsonLines(value: unknown): string {
  const above: unknown[] = []
  const text =
    JSON.stringify(
      value,
      function (this: unknown, _name, part: unknown) {
        if (typeof part === 'function') return `[Function ${part.name}]`
        if (typeof part === 'bigint') return `${part}n`
        if (typeof part !== 'object' || part === null) return part
        while (above.length > 0 && above.at(-1) !== this) above.pop()
        if (above.includes(part)) return '[Circular]'
        above.push(part)
        return part
      },
      2,
    ) ?? 'undefined'
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}
