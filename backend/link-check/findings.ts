import { LinkCheckPart, type LinkCheckResult, type LinkFinding, type LinkFindingCode, type LinkSeverity } from './schema.ts'

const gravest: readonly LinkSeverity[] = ['error', 'warning', 'note', 'fine']
const parts = LinkCheckPart.anyOf.map(literal => literal.const)

/** Collects findings; a part without any was not reached. */
export class Findings {
  readonly #all: LinkFinding[] = []

  add(part: LinkFinding['part'], code: LinkFindingCode, severity: LinkSeverity, values: LinkFinding['values'] = {}): void {
    this.#all.push({ part, code, severity, values })
  }

  /** The part was looked at and is fine, unless an error or warning was found; a note stands beside it. */
  fine(part: LinkFinding['part']): void {
    if (!this.#all.some(one => one.part === part && one.severity !== 'note')) this.add(part, 'FINE', 'fine')
  }

  result(): Pick<LinkCheckResult, 'verdict' | 'findings'> {
    const findings = parts.flatMap(part => {
      const said = this.#all.filter(one => one.part === part)
      const against = said.filter(one => one.severity !== 'fine')
      if (against.some(one => one.severity !== 'note')) return against
      return said.length > 0 ? said : [{ part, code: 'NOT_REACHED' as const, severity: 'note' as const, values: {} }]
    })
    return { findings, verdict: gravest.find(severity => findings.some(one => one.severity === severity))! }
  }
}
