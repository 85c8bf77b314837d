// The law in docs/ and the code: whatever is missing on one side is named.
import { describe, expect, test } from '@jest/globals'
import { checkDocuments } from '../../../scripts/checks/documents.ts'
import { bothSides, goneEndpoints, goneNames, type CodeSide } from '../../../scripts/checks/documents/both-sides.ts'
import { citationFaults, type Library } from '../../../scripts/checks/documents/citations.ts'
import { linkFaults, pathFaults } from '../../../scripts/checks/documents/links.ts'
import { outlineOf } from '../../../scripts/checks/documents/outline.ts'

const product = `
## 3 Decisions

1. Verdict first.
2. Evidence.

## 5 Model

### 5.2 Evidence kinds

| kind | fields |
| --- | --- |
| \`test_payment\` | entry |

## 6 Pages

| Route | what |
| --- | --- |
| \`pages/home/index\` | counts |

## 7 Contract

\`GET /me\` answers who asks.

### 7.4 Error catalogue

| code | status |
| --- | --- |
| \`NOT_FOUND\` | 404 |

Made by the app: \`NETWORK_OFFLINE\`.

## 9 Permissions

| Action | agent | lead |
| --- | --- | --- |
| \`ad_filter.set\` | – | ✓ |

## 10 Checklist

| id | part | item | type |
| --- | --- | --- | --- |
| A1\\* | 到店 | 名称一致 | single 一致/不一致 |

## 13 Scenarios

1. Given.
`
const facts = '## 1. Endpoints\n\n### 1.7 Errors\n\n| # | fact |\n| --- | --- |\n| F8 | receipt |\n'
const library: Library = {
  documents: new Map([
    ['product.md', outlineOf(product)],
    ['facts.md', outlineOf(facts)],
  ]),
  files: new Set(['docs/product.md', 'docs/facts.md', 'backend/README.md', 'backend/receipts/README.md', 'backend/a.ts']),
}
const code: CodeSide = {
  serverCodes: new Map([['NOT_FOUND', 404]]),
  appCodes: ['NETWORK_OFFLINE'],
  actions: new Map([['ad_filter.set', ['lead']]]),
  roles: ['agent', 'lead'],
  endpoints: ['GET /me'],
  pages: ['pages/home/index'],
  evidenceKinds: ['test_payment'],
  checklist: [{ id: 'A1', required: true, label_zh: '名称一致', type: 'single' }],
  capitals: new Set(['NOT_FOUND', 'NETWORK_OFFLINE']),
}
const faults = (text: string, file = 'backend/a.ts') => citationFaults(file, text, library)

test('given the project, then its documents and its code say the same', async () => {
  expect(await checkDocuments()).toEqual([])
})

describe('citations', () => {
  test.each([
    ['a section, an item of a list, an id', '// (product.md §5.2, §3.2; facts.md §1.7, F8)'],
    ['a bare § means the product', '// the table of §9'],
    ['the sections behind a link are those of its document', 'see [facts](x), [facts.md](facts.md) §1.7'],
    ['a section of somebody else', '// RFC 9110 §8.8'],
    ['READMEs by path, by name, from beside', 'backend/receipts/README.md, receipts/README.md, ./README.md'],
    ['an address is no document', 'https://example.com/a/missing.md'],
  ])('%s: nothing is wrong', (_what, text) => expect(faults(text)).toEqual([]))

  test.each([
    ['a section that is not there', '// one\n// (product.md §5.9)', 'backend/a.ts:2: product.md has no §5.9'],
    ['the second of a list', '// (product.md §5.2, §8)', 'backend/a.ts:1: product.md has no §8'],
    ['an item that a list does not have', '// product.md §3.3', 'backend/a.ts:1: product.md has no §3.3'],
    ['an id that is not there', '// (facts.md F8, F9)', 'backend/a.ts:1: facts.md has no F9'],
    ['a bare section', '// see §12', 'backend/a.ts:1: product.md has no §12'],
    ['a document that went', '// (old-facts §1.7)', 'backend/a.ts:1: there is no document old-facts to have a §1.7'],
    ['a README that moved', '// gone/README.md', 'backend/a.ts:1: there is no document gone/README.md'],
  ])('%s is named with its line', (_what, text, finding) => expect(faults(text)).toEqual([finding]))

  test('a scenario that is not there is named in a test', () => {
    expect(faults('// scenarios 1 and 7', 'test/e2e/a.test.ts')).toEqual(['test/e2e/a.test.ts:1: product.md §13 has no scenario 7'])
  })
})

describe('both sides', () => {
  const found = (text: string, side: Partial<CodeSide> = {}) => bothSides(text, { ...code, ...side })

  test('given the same on both, then nothing is wrong', () => expect(found(product)).toEqual([]))

  test.each([
    [
      'an error code',
      { serverCodes: new Map([...code.serverCodes, ['GONE', 410]]) },
      "error code GONE of the server's catalogue is not described",
    ],
    ['an error of the app', { appCodes: [...code.appCodes, 'ABORTED'] }, "error code ABORTED of the app's errors is not described"],
    ['an action', { actions: new Map([...code.actions, ['x.do', []]]) }, 'action x.do of the permissions is not described'],
    ['an endpoint', { endpoints: [...code.endpoints, 'PUT /me'] }, 'endpoint PUT /me of backend/openapi.json is not described'],
    ['a page', { pages: [...code.pages, 'pages/a/index'] }, 'page pages/a/index of miniprogram/app.json is not described'],
    ['an evidence kind', { evidenceKinds: ['test_payment', 'look'] }, 'evidence kind look of the schema of evidence is not described'],
    ['a status', { serverCodes: new Map([['NOT_FOUND', 410]]) }, 'NOT_FOUND is answered with 410, not 404'],
    ['a right', { actions: new Map([['ad_filter.set', ['agent', 'lead']]]) }, 'ad_filter.set: §9 and the code differ on agent'],
  ] satisfies [string, Partial<CodeSide>, string][])('%s that only code has is named', (_what, side, finding) => {
    expect(found(product, side)).toEqual([`docs/product.md: ${finding}`])
  })

  test.each([
    [
      'an error code',
      ['| `NOT_FOUND` | 404 |', '| `NOT_FOUND` | 404 |\n| `TEAPOT` | 418 |'],
      "error code TEAPOT is not in the server's catalogue",
    ],
    ['an action', ['`ad_filter.set`', '`ad_filter.set` `ad.fly`'], 'action ad.fly is not in the permissions'],
    ['an endpoint', ['`GET /me`', '`GET /me` `GET /you`'], 'endpoint GET /you is not in backend/openapi.json'],
    ['a page', ['`pages/home/index`', '`pages/home/index` `pages/b/index`'], 'page pages/b/index is not in miniprogram/app.json'],
    ['a word in capitals', ['Verdict first.', 'Verdict PAGE_SEEN first.'], 'PAGE_SEEN stands nowhere in code'],
  ] satisfies [string, [string, string], string][])('%s that only the document has is named', (_what, [from, to], finding) => {
    expect(found(product.replace(from, to))).toEqual([`docs/product.md: ${finding}`])
  })

  test('a row that stands twice, as after two changes at once, is named', () => {
    const row = '| `NOT_FOUND` | 404 |'
    expect(found(product.replace(row, `${row}\n${row}`))).toEqual(['docs/product.md: error code NOT_FOUND is described twice'])
  })

  test('an item of the checklist that reads otherwise is named on both sides', () => {
    expect(found(product.replace('名称一致', '名称相符'))).toEqual([
      'docs/product.md: item A1* 名称相符 (single) is not in the first checklist',
      'docs/product.md: item A1* 名称一致 (single) of the first checklist is not described',
    ])
  })
})

test('an endpoint that a README names and the contract does not have is named', () => {
  const text = '`GET /v1/me`, `PUT /v1/visits/{id}` and `GET /v1/you?since=1`; `GET /control` is none of ours'
  expect(goneEndpoints('a.md', text, ['GET /me', 'PUT /visits/{visit_id}'])).toEqual(['a.md: the contract has no GET /you'])
})

test('a name of the glossary that code no longer has is named', () => {
  const glossary = '| 中文 | English | in code |\n| --- | --- | --- |\n| 结论 | verdict | `derive`, `Verdict` |\n'
  expect(goneNames(glossary, 'backend/a.ts\nexport function derive() {}')).toEqual(['docs/glossary.md: Verdict stands nowhere in code'])
})

describe('links', () => {
  const exists = (path: string) => ['docs/product.md', 'docs', 'README.md'].includes(path)
  const links = (text: string) => linkFaults('docs/README.md', text, exists, () => '# One heading\n')

  test.each(['[a](product.md)', '[a](../README.md)', '[a](product.md#one-heading)', '[a](https://example.com)', '`[a](nothing.md)`'])(
    '%s leads somewhere, or is none',
    text => expect(links(text)).toEqual([]),
  )
  test('a link to nothing, and one to a heading that is not there, are named', () => {
    expect(links('[a](gone.md)\n[b](product.md#two)')).toEqual([
      'docs/README.md:1: the link to gone.md leads nowhere',
      'docs/README.md:2: docs/product.md has no heading #two',
    ])
  })
  test('a path in backticks that is not there is named; what does not begin at the root is none', () => {
    expect(pathFaults('a.md', '`docs/product.md`\n`docs/gone.md`, `gone/a.ts`, `docs/<page>/index.ts`', exists)).toEqual([
      'a.md:2: docs/gone.md is not there',
    ])
  })
})
