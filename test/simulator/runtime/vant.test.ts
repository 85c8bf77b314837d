import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { fixture, launchBrowser, openPhone, type Phone } from '../support/phone.ts'

let browser: Browser
let phone: Phone
beforeAll(async () => {
  browser = await launchBrowser()
})
afterEach(async () => {
  expect(phone.errors).toEqual([])
  await phone.close()
})
afterAll(() => browser.close())

const open = async (page: string) => {
  phone = await openPhone(browser, fixture('vant'), { path: `pages/${page}/index` })
}
const becomes = (name: string, value: unknown) =>
  phone.page.waitForFunction(
    ([key, wanted]) => JSON.stringify(runtime.pageStack()[0]!.instance.data[key as string]) === wanted,
    [name, JSON.stringify(value)],
  )

describe('given the form components of Vant', () => {
  test('when a person uses each then the page gets what they chose', async () => {
    await open('form')
    await phone.page.click('#name input')
    await phone.page.keyboard.type('面馆')
    await becomes('name', '面馆')
    await phone.page.click('#search input')
    await phone.page.keyboard.type('noodle')
    await phone.page.keyboard.press('Enter')
    await becomes('searched', 'noodle')
    await phone.page.click('#switch')
    await becomes('on', true)
    await phone.page.click('#radio-b')
    await becomes('radio', 'b')
    await phone.page.click('#check-x')
    await becomes('checks', ['y', 'x'])
    await phone.page.click('#cell')
    await phone.page.click('#primary')
    await becomes('cells', 2)
    await phone.page.click('#slider', { position: { x: 300, y: 3 } })
    await phone.page.waitForFunction(() => (runtime.pageStack()[0]!.instance.data['slid'] as number) > 50)
    await phone.page.getByText('宁波').click()
    await becomes('picked', '宁波')
  })
})

describe('given the display components of Vant', () => {
  test('when the page opens then what is measured after the first layout has its size', async () => {
    await open('display')
    const box = (selector: string) =>
      phone.page.evaluate(
        target => document.querySelector(target)!.getBoundingClientRect().toJSON() as { width: number; height: number },
        selector,
      )
    // three columns: only `ready` tells grid items their width
    expect((await box('#grid [class*="van-grid-item"]')).width).toBeCloseTo(125, 0)
    expect((await box('#tabbar wx-view')).height).toBeGreaterThan(49)
    expect(await phone.page.textContent('#countdown')).toBe('21:00:00')
    await phone.page.waitForFunction(
      () => document.querySelector('.van-tabs__line, [class*="van-tabs__line"]')!.getBoundingClientRect().width > 10,
    )
  })

  test('when tabs and collapse are tapped then they switch', async () => {
    await open('display')
    await phone.page.getByText('待开通').click()
    await becomes('tab', 1)
    await phone.page.waitForFunction(() => document.querySelector('[class*="collapse-item__wrapper"]')!.clientHeight > 20)
    await phone.page.getByText('依据').click()
    await becomes('open', [])
    await phone.page.waitForFunction(() => document.querySelector('[class*="collapse-item__wrapper"]')!.clientHeight === 0)
    await phone.page.locator('#tabbar').getByText('商户').click()
    await becomes('bar', 1)
  })

  test('when a dropdown is opened and chosen from then its title changes', async () => {
    await open('display')
    await phone.page.locator('#dropdown').getByText('全部商户').first().click()
    await phone.page.locator('#dropdown van-cell').getByText('我的商户').first().click()
    await phone.page.waitForFunction(() =>
      [...document.querySelectorAll('[class*="dropdown-menu__title"]')].every(title => title.textContent!.trim() === '我的商户'),
    )
  })
})

describe('given the feedback components of Vant', () => {
  test('when popup, dialog, toast and action sheet are asked for then they show and go', async () => {
    await open('feedback')
    await phone.page.click('#open-popup')
    await phone.page.waitForSelector('#popup-body')
    await phone.page.mouse.click(180, 60)
    await becomes('popup', false)
    await phone.page.waitForSelector('#popup-body', { state: 'hidden' })
    await phone.page.click('#open-dialog')
    await phone.page.getByText('确认').click()
    await becomes('confirmed', 'yes')
    await phone.page.waitForSelector('text=开通后 24 小时内不能关闭', { state: 'hidden' })
    await phone.page.click('#open-sheet')
    await phone.page.getByText('选项二').click()
    await becomes('selected', '选项二')
    await phone.page.waitForSelector('text=选项二', { state: 'hidden' })
    await phone.page.click('#open-toast')
    await phone.page.waitForSelector('text=已开通')
  })
})
