import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { checkFormat } from '../../../scripts/checks/format.ts'

const rules =
  '{ "semi": false, "singleQuote": true, "printWidth": 140, "overrides": [{ "files": "*.wxss", "options": { "parser": "css" } }] }\n'

async function findingsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-format-test-'))
  try {
    for (const [path, text] of Object.entries({ '.prettierrc.json': rules, ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return await checkFormat(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const ugly = {
  'pages/index.ts': 'export const one  = 1\n',
  'ended.mjs': 'export const one = 1;\n',
  'setting.json': '{"one":1}\n',
  'pages/index.wxss': 'view{color:red}\n',
  'README.md': '*  one\n',
  'unreadable.ts': 'export const = \n',
}
let findings: string
beforeAll(async () => {
  findings = (await findingsOf({ ...ugly, 'as-written.ts': 'export const one = 1\n' })).join('\n')
})

test.each(Object.keys(ugly))('given %s is not as it is written, then it is named', path => {
  expect(findings).toContain(path)
})

test('given one is as it is written among them, then it is not named', () => {
  expect(findings).not.toContain('as-written.ts')
})

test('given all is as it is written, then nothing is found, nor where oxfmt alone would write otherwise', async () => {
  const classes =
    "'no_web_page' | 'web_page_unsure' | 'other_payee' | 'payee_not_checked' | 'not_paid' | 'unsure' | 'settling' | CountingPage"
  expect(await findingsOf({ 'one.ts': `export type Meaning =\n  ${classes}\n`, 'two.wxss': 'view {\n  color: red;\n}\n' })).toEqual([])
})
