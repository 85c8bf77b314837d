// index.html: each scene's modes side by side with what was found, findings first.
import type { Finding } from './inspect.ts'
import { MODES, type Mode } from './modes.ts'

export interface Drawn {
  scene: string
  mode: Mode
  /** file name below the folder; of a state that was not reached, what was there instead */
  picture: string
  findings: Finding[]
  /** why the state was not reached */
  failure: string | null
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const cell = ({ mode, picture, findings, failure }: Drawn) => `<figure class="${mode}">
<a href="${escaped(picture)}"><img loading="lazy" src="${escaped(picture)}" alt="${MODES[mode].label}"></a>
<figcaption>${MODES[mode].label}${failure ? `<p class="bad">${escaped(failure)}</p>` : ''}
${findings.map(({ kind, what }) => `<p class="bad">${escaped(kind)}: ${escaped(what)}</p>`).join('\n')}</figcaption>
</figure>`

const trouble = (drawn: Drawn[]) => drawn.some(({ findings, failure }) => findings.length > 0 || failure !== null)

export function contactSheet(all: Drawn[]): string {
  const byScene = group(all)
  const sections = [...byScene].sort(([, one], [, other]) => Number(trouble(other)) - Number(trouble(one)))
  return `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>screens</title>
<style>
body { margin: 24px; background: #d9d6cf; font: 13px/1.5 system-ui, sans-serif; color: #1d1b16 }
section { margin-bottom: 32px } h2 { font-size: 15px; margin: 0 0 8px }
.modes { display: flex; gap: 16px; align-items: flex-start } figure { margin: 0; width: 375px } img { width: 375px; display: block }
.bad { margin: 2px 0; color: #b3281f; overflow-wrap: anywhere }
</style>
${sections.map(([scene, drawn]) => `<section id="${escaped(scene)}"><h2>${escaped(scene)}</h2><div class="modes">${drawn.map(cell).join('')}</div></section>`).join('\n')}
</html>
`
}

function group(all: Drawn[]): Map<string, Drawn[]> {
  const groups = new Map<string, Drawn[]>()
  for (const drawn of all) groups.set(drawn.scene, [...(groups.get(drawn.scene) ?? []), drawn])
  return groups
}
