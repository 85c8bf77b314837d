// The wx object. What WeChat has and the simulator lacks fails by name when it is called; what neither knows is undefined, so feature detection works.
import { account, Privacy } from './account.ts'
import { appEvents } from './app-events.ts'
import type { Phone, WxMethods } from './core.ts'
import { device } from './device.ts'
import { Faulty } from './faulty.ts'
import { files } from './files.ts'
import { media } from './media.ts'
import { misc } from './misc.ts'
import { navigation } from './navigation.ts'
import { request } from './request.ts'
import { storage } from './storage.ts'
import { transfer } from './transfer.ts'
import { Transport } from './transport.ts'
import { ui } from './ui.ts'
import { update } from './update.ts'
import { view } from './view.ts'
import { WECHAT_METHODS } from './wechat-methods.ts'

export interface Wx {
  /** what app code sees as `wx` */
  wx: WxMethods
  /** the methods behind it; replacing one here (a mock) is seen by the app */
  methods: WxMethods
  privacy: Privacy
}

export function createWx(phone: Phone): Wx {
  const privacy = new Privacy(phone)
  const transport = new Transport(phone)
  const supported: WxMethods = Object.assign(
    {},
    storage(phone),
    request(phone, transport),
    transfer(phone, transport),
    files(phone),
    navigation(phone),
    ui(phone),
    view(phone),
    device(phone),
    account(phone, privacy),
    media(phone, privacy),
    appEvents(phone),
    misc(phone),
    update(phone),
  )
  /** `api`, `api.return.field`, `component.attribute`: only the api itself is looked at */
  supported.canIUse = (schema: string) => Object.hasOwn(supported, String(schema).replace(/\..*$/, ''))
  const faulty = new Faulty(phone)
  const lacking = new Set(WECHAT_METHODS.filter(name => !(name in supported)))
  const wx = new Proxy(supported, {
    get: (target, name) => {
      if (typeof name === 'string' && lacking.has(name) && !(name in target))
        return () => {
          throw new Error(`wx.${name} is not supported by the simulator`)
        }
      return typeof name === 'string' ? faulty.wrap(name, target[name]) : undefined
    },
  })
  return { wx, methods: supported, privacy }
}
