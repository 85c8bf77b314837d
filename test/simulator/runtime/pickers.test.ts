import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { launchBrowser, openPhone, type Phone } from '../support/phone.ts'
import { removeProjects, unit, writeProject } from '../support/project.ts'

let browser: Browser
let phone: Phone
beforeAll(async () => {
  browser = await launchBrowser()
})
afterEach(async () => {
  expect(phone.errors).toEqual([])
  await phone.close()
})
afterAll(async () => {
  await browser.close()
  removeProjects()
})

const open = async (wxml: string, script = '') => {
  const page = `Page({ data: { value: [1, 2], list: ['a', 'b', 'c', 'd'], log: [] }, on(e) { this.data.log.push([e.type, e.detail]) }, ${script} })`
  phone = await openPhone(
    browser,
    writeProject({
      'app.json': '{ "pages": ["pages/a/index", "pages/b/index"] }',
      ...unit('pages/a/index', wxml, page),
      ...unit('pages/b/index', '<view id="b">b</view>'),
    }),
  )
}
type Log = [type: string, detail: Record<string, unknown>][]
const log = () => phone.page.evaluate(() => (runtime.pageStack()[0]!.instance.data['log'] as Log).map(entry => entry))
const heard = (type: string) =>
  phone.page.waitForFunction(wanted => (runtime.pageStack()[0]!.instance.data['log'] as Log).some(([name]) => name === wanted), type)
/** text of the item in the middle of each column */
const middle = (column = 'wx-picker-view-column') =>
  phone.page.evaluate(
    selector =>
      [...document.querySelectorAll(selector)].map(box => {
        const { top, height } = box.getBoundingClientRect()
        const at = [...box.children].find(item => {
          const rect = item.getBoundingClientRect()
          return rect.top <= top + height / 2 && rect.bottom > top + height / 2
        })
        return at?.textContent ?? ''
      }),
    column,
  )
const middleIs = async (texts: string[], column?: string) => {
  const until = Date.now() + 60_000
  while (Date.now() < until && (await middle(column)).join() !== texts.join()) await phone.page.evaluate(() => runtime.settled())
  expect(await middle(column)).toEqual(texts)
}

describe('given a picker-view', () => {
  const VIEW = `<picker-view style="width: 100%; height: 300px" indicator-style="height: 50px" value="{{value}}" bindchange="on" bindpickstart="on" bindpickend="on">
    <picker-view-column><view wx:for="{{list}}" wx:key="*this">{{item}}</view></picker-view-column>
    <picker-view-column><view>x</view><view>y</view><view>z</view></picker-view-column></picker-view>`

  test('when it opens then each column stands at its value, and items are as high as the indicator', async () => {
    await open(VIEW)
    await middleIs(['b', 'z'])
    expect(await phone.page.locator('wx-picker-view-column > wx-view').first().boundingBox()).toMatchObject({ height: 50 })
    expect(await log()).toEqual([])
  })

  test('when a person turns a column then start, the values of all columns and the end are told', async () => {
    await open(VIEW)
    await middleIs(['b', 'z'])
    await phone.page.mouse.move(90, 150)
    await phone.page.mouse.down()
    for (const y of [130, 110, 90, 70, 45]) await phone.page.mouse.move(90, y)
    await phone.page.mouse.up()
    await heard('pickend')
    await middleIs(['d', 'z'])
    expect((await log()).map(([type, { value }]) => [type, value])).toEqual([
      ['pickstart', undefined],
      ['change', [3, 2]],
      ['pickend', undefined],
    ])
  })

  test('when the app changes value and items then the columns follow and nothing is told', async () => {
    await open(VIEW)
    const change = (data: object) => phone.page.evaluate(given => runtime.pageStack()[0]!.instance.setData(given), data)
    await change({ value: [3, 0] })
    await middleIs(['d', 'x'])
    await change({ list: ['e', 'f'] })
    await middleIs(['f', 'x'])
    await change({ list: ['a', 'b', 'c', 'd'] })
    await middleIs(['d', 'x'])
    expect(await log()).toEqual([])
  })

  test('when it was hidden then its values are right once it is shown', async () => {
    await open(`<view hidden="{{!shown}}">${VIEW}</view>`)
    await phone.page.evaluate(() => runtime.pageStack()[0]!.instance.setData({ shown: true }))
    await middleIs(['b', 'z'])
  })
})

describe('given the sheet of a picker', () => {
  const confirm = () => phone.page.click('.mp-picker-bar button:last-child')
  const turnTo = async (column: number, text: string) => {
    await phone.page.locator('.mp-wheel').nth(column).getByText(text, { exact: true }).click()
    await phone.page.waitForFunction(
      ([index, wanted]) => {
        const wheel = document.querySelectorAll('.mp-wheel')[index as number]!
        return wheel.children[Math.round(wheel.scrollTop / 34)]?.textContent === wanted && Math.abs(wheel.scrollTop % 34) < 1
      },
      [column, text] as const,
    )
    // what rests is chosen a moment later
    await phone.page.waitForTimeout(150)
  }

  test('when it opens then it covers what is behind it, and it goes when the app opens another page', async () => {
    await open(`<picker id="p" range="{{list}}" bindcancel="on">p</picker>`)
    await phone.page.click('#p')
    const seen = await phone.page.evaluate(() => {
      const { backgroundColor, maskImage } = getComputedStyle(document.querySelector('.mp-picker-wheels')!)
      return { backgroundColor, maskImage }
    })
    expect(seen).toEqual({ backgroundColor: 'rgb(255, 255, 255)', maskImage: 'none' })
    await phone.page.evaluate(() => runtime.reLaunch('/pages/b/index'))
    expect(await phone.page.locator('.mp-picker').count()).toBe(0)
  })

  test.each([
    [
      'time',
      'mode="time" value="08:30" start="07:15" end="21:00"',
      [['08', '30']],
      [
        [0, '07'],
        [1, '15'],
      ],
      '07:15',
    ],
    [
      'date',
      'mode="date" value="2024-02-29" start="2020-01-01" end="2024-03-10"',
      [['2024年', '02月', '29日']],
      [
        [1, '03月'],
        [2, '10日'],
      ],
      '2024-03-10',
    ],
    ['month', 'mode="date" fields="month" value="2024-02"', [['2024年', '02月']], [[1, '03月']], '2024-03'],
    [
      'region',
      `mode="region" value="{{['广东省', '深圳市', '南山区']}}"`,
      [['广东省', '深圳市', '南山区']],
      [[1, '珠海市']],
      ['广东省', '珠海市', '香洲区'],
    ],
  ] as [string, string, string[][], [number, string][], unknown][])(
    'when the mode is %s then the wheels stand at its value and the choice is told',
    async (_, attributes, [first], turns, value) => {
      await open(`<picker id="p" ${attributes} bindchange="on">p</picker>`)
      await phone.page.click('#p')
      await middleIs(first!, '.mp-wheel')
      for (const [column, text] of turns) await turnTo(column, text)
      await confirm()
      const [[type, detail]] = (await log()) as [[string, { value: unknown; code?: string[] }]]
      expect([type, detail.value]).toEqual(['change', value])
      if (Array.isArray(value)) expect(detail.code).toEqual(['440000', '440400', '440402'])
    },
  )

  test('when a day is beyond the month that was chosen then it is the last day of that month', async () => {
    await open('<picker id="p" mode="date" value="2023-01-31" bindchange="on">p</picker>')
    await phone.page.click('#p')
    await turnTo(1, '02月')
    await middleIs(['2023年', '02月', '28日'], '.mp-wheel')
    await confirm()
    expect(await log()).toEqual([['change', { value: '2023-02-28' }]])
  })

  test('when the app answers columnchange with other items then the sheet shows them', async () => {
    await open(
      '<picker id="p" mode="multiSelector" range="{{range}}" value="{{at}}" bindchange="on" bindcolumnchange="column">p</picker>',
      `onLoad() { this.setData({ range: [['fruit', 'roots'], ['apple', 'pear']], at: [0, 1] }) },
       column(e) { this.on(e); if (e.detail.column === 0) this.setData({ 'range[1]': ['carrot', 'beet', 'radish'], at: [1, 0] }) }`,
    )
    await phone.page.click('#p')
    await middleIs(['fruit', 'pear'], '.mp-wheel')
    await turnTo(0, 'roots')
    await middleIs(['roots', 'carrot'], '.mp-wheel')
    await turnTo(1, 'radish')
    await confirm()
    expect((await log()).at(-1)).toEqual(['change', { value: [1, 2] }])
    expect((await log())[0]).toEqual(['columnchange', { column: 0, value: 1 }])
  })
})
