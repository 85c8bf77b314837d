// Compile conditions of project.config.json: what is refused.
import { describe, expect, it } from '@jest/globals'
import { checkCompileConditions, completed, conditionFaults, withNewPages } from '../../../scripts/checks/compile-conditions.ts'

const app = { pages: ['pages/home/index'], subPackages: [{ root: 'packages/merchant', pages: ['detail/index'] }] }
const home = { name: 'home', pathName: 'pages/home/index', query: '' }
const detail = { name: 'detail', pathName: 'packages/merchant/detail/index', query: 'sub_mchid=1900000109' }

describe('compile conditions', () => {
  it("those of this project open every page with something of the demo's", async () => {
    expect(await checkCompileConditions()).toEqual([])
  })

  it.each([
    ['a page without one', [home], /no compile condition opens packages\/merchant\/detail\/index/],
    ['a page that is gone', [home, detail, { ...home, pathName: 'pages/gone/index' }], /which is no page/],
    ['a page without what it shows', [home, { ...detail, query: '' }], /gives no sub_mchid/],
    ['a shop that the demo lacks', [home, { ...detail, query: 'sub_mchid=1900000999' }], /the demo has no sub_mchid=1900000999/],
  ])('%s', (_, conditions, finding) => {
    expect(conditionFaults(conditions, app)).toEqual([expect.stringMatching(finding)])
  })
})

describe('npm run conditions', () => {
  it('given the folder of a page that app.json does not name, then it is named last and the others keep their order', () => {
    expect(withNewPages(['detail/index', 'audit/index'], ['audit', 'detail', 'fresh'])).toEqual([
      'detail/index',
      'audit/index',
      'fresh/index',
    ])
  })

  it('given a page without one, then it gets one with a shop of the demo, and the others stay as they are', () => {
    const found = completed([home], app, page => `title of ${page}`)
    const made = { name: `title of ${detail.pathName} 1900000109`, pathName: detail.pathName, query: detail.query, scene: null }
    expect(found).toEqual([home, made])
    expect(conditionFaults(found, app)).toEqual([])
  })

  it('given one of a page that is gone, then it goes', () => {
    expect(completed([home, detail, { ...detail, pathName: 'pages/gone/index' }], app, () => '')).toEqual([home, detail])
  })
})
