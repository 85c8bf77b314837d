import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { removeProjects, unit, writeProject } from '../support/project.ts'
import { startPhone, type RunningPhone } from './running-phone.ts'
import { eventually } from '../../support/eventually.ts'

const SCRIPT = `Page({
  data: { drawn: 0, measured: [] },
  onReady() {
    const context = wx.createCanvasContext('c')
    const measure = () => context.measureText('店').width
    context.setFontSize(20)
    const widths = [measure()]
    context.save()
    context.font = 'bold 40px sans-serif'
    widths.push(measure())
    context.restore()
    widths.push(measure())
    this.setData({ measured: widths })
    const gradient = context.createLinearGradient(0, 0, 100, 0)
    gradient.addColorStop(0, 'rgb(0, 0, 255)')
    gradient.addColorStop(1, 'rgb(0, 0, 255)')
    context.setFillStyle('red')
    context.fillRect(0, 0, 50, 50)
    context.fillStyle = gradient
    context.fillRect(50, 0, 50, 50)
    context.draw(false, () => {
      context.setFillStyle('lime')
      context.fillRect(0, 50, 50, 50)
      context.draw(true, () => wx.canvasToTempFilePath({ canvasId: 'c', success: ({ tempFilePath }) => this.setData({ drawn: 2, tempFilePath }) }))
    })
  },
})`

let phone: RunningPhone
beforeAll(async () => {
  phone = await startPhone({
    project: writeProject(unit('pages/a/index', '<canvas canvas-id="c" style="width: 100px; height: 100px"/>', SCRIPT)),
  })
})
afterAll(async () => {
  await phone.close()
  removeProjects()
})

describe('given a canvas of earlier years', () => {
  test('when it is drawn twice and the second keeps the first then all is there, in CSS pixels, and it can be a file; text is measured in the font of the moment', async () => {
    const frame = await eventually('the frame of the app', () =>
      phone.simulator.browserPage!.frames().find(candidate => candidate.url().includes('/frame/')),
    )
    await frame.waitForFunction(() => globalThis.__simulator?.runtime.pageStack()[0]?.instance.data['drawn'] === 2)
    const colors = await frame.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('wx-canvas canvas')!
      const ratio = canvas.width / 100
      const at = (x: number, y: number) => [...canvas.getContext('2d')!.getImageData(x * ratio, y * ratio, 1, 1).data]
      return [at(25, 25), at(75, 25), at(25, 75), at(75, 75)]
    })
    expect(colors).toEqual([
      [255, 0, 0, 255],
      [0, 0, 255, 255],
      [0, 255, 0, 255],
      [0, 0, 0, 0],
    ])
    expect(await frame.evaluate(() => globalThis.__simulator!.runtime.pageStack()[0]!.instance.data['measured'])).toEqual(
      [20, 40, 20].map(size => expect.closeTo(size, 1)),
    )
    const path = await frame.evaluate(() => globalThis.__simulator!.runtime.pageStack()[0]!.instance.data['tempFilePath'])
    expect(path).toMatch(/^wxfile:.*\.png$/)
  })
})
