// Waiting for a phone that does not answer: what the machine does ends by time, what a person does ends by what they do next.
import { describe, expect, it } from '@jest/globals'
import { cameraFailure } from '../../../miniprogram/phone/camera-failure.ts'
import { answered, PersonWait, RETURN_GRACE_MS } from '../../../miniprogram/phone/timeout.ts'
import { ManualTimers } from '../support/manual-timers.ts'

function camera() {
  const timers = new ManualTimers()
  const app = { show: () => {}, hide: () => {} }
  const wait = new PersonWait<string>(
    timers,
    { onShow: listener => void (app.show = listener), onHide: listener => void (app.hide = listener) },
    'given up',
  )
  const open = () => {
    const opened = { answer: (_: string) => {}, got: null as string | null, times: 0 }
    const asked = wait.ask(done => {
      opened.times += 1
      opened.answer = done
    })
    void asked.then(value => (opened.got = value))
    return opened
  }
  return { timers, app, open }
}
const tick = () => new Promise(resolve => setImmediate(resolve))

describe('a person in the camera', () => {
  it('given an hour in it, then the photo is still taken', async () => {
    const { timers, app, open } = camera()
    const first = open()
    app.hide()
    await timers.advance(3_600_000)
    app.show()
    await timers.advance(RETURN_GRACE_MS - 1)
    first.answer('photo')
    await tick()
    expect(first.got).toBe('photo')
    expect(timers.pending).toBe(0)
  })

  it('given that they came back and WeChat says nothing, then it ends some time later', async () => {
    const { timers, app, open } = camera()
    const first = open()
    app.hide()
    app.show()
    await timers.advance(RETURN_GRACE_MS)
    await tick()
    expect(first.got).toBe('given up')
  })

  it('given that they look in and go back to the camera, then the time does not run', async () => {
    const { timers, app, open } = camera()
    const first = open()
    app.show()
    app.hide()
    await timers.advance(RETURN_GRACE_MS * 2)
    await tick()
    expect(first.got).toBeNull()
  })

  it('given another tap, then the lost one ends and the camera opens anew', async () => {
    const { timers, open } = camera()
    const lost = open()
    await timers.advance(2_000)
    const next = open()
    await tick()
    expect([lost.got, next.got, next.times]).toEqual(['given up', null, 1])
    lost.answer('late')
    next.answer('photo')
    await tick()
    expect([lost.got, next.got]).toEqual(['given up', 'photo'])
  })

  it('given a double tap, then the camera opens once', async () => {
    const { timers, open } = camera()
    const first = open()
    await timers.advance(300)
    const second = open()
    await tick()
    expect([second.times, second.got]).toEqual([0, 'given up'])
    first.answer('photo')
    await tick()
    expect(first.got).toBe('photo')
  })
})

describe('what the phone does by itself', () => {
  it('given no callback, then it fails by name', async () => {
    await expect(answered('saveFile', () => {}, 20)).rejects.toThrow('saveFile did not call back')
  })
  it('given a method that throws, then it is a failure', async () => {
    await expect(
      answered('saveFile', () => {
        throw new Error('saveFile:fail')
      }),
    ).rejects.toThrow('saveFile:fail')
  })
})

describe('a camera that gives nothing', () => {
  it.each([
    ['chooseMedia:fail cancel', 'cancelled'],
    ['chooseMedia:fail auth deny', 'camera_refused'],
    ['chooseMedia:fail system permission denied', 'camera_refused'],
    ['scanCode:fail authorize no response', 'camera_refused'],
    ['chooseMedia:fail privacy permission is not authorized', 'consent_refused'],
    ['chooseMedia:fail api scope is not declared in the privacy agreement', 'not_supported'],
    ['chooseMedia:fail:out of memory', 'no_memory'],
    ['chooseMedia:fail not support', 'not_supported'],
    ['scanCode:fail:not supported', 'not_supported'],
    ['chooseMedia:fail system error', 'failed'],
    [undefined, 'failed'],
  ])('%s is %s', (errMsg, failure) => expect(cameraFailure(errMsg)).toBe(failure))
})
