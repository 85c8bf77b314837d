// The wx object. What WeChat has and the simulator lacks fails by name (lacking.ts); what neither knows is undefined, so feature detection works.
import { BUILTINS } from '../builtins/attributes.ts'
import { account } from './account.ts'
import { Privacy } from './privacy.ts'
import { audio } from './audio.ts'
import { appEvents } from './app-events.ts'
import type { Phone, WxMethods } from './core.ts'
import { device } from './device.ts'
import { facts } from './facts.ts'
import { Faulty } from './faulty.ts'
import { files } from './files.ts'
import { lackingMethods } from './lacking.ts'
import { Leaving } from './leaving.ts'
import { location, Whereabouts } from './location.ts'
import { media } from './media.ts'
import { misc } from './misc.ts'
import { navigation } from './navigation.ts'
import { request } from './request.ts'
import { sensors } from './sensors.ts'
import { share } from './share.ts'
import { socket } from './socket.ts'
import { storage } from './storage.ts'
import { transfer } from './transfer.ts'
import { Transport } from './transport.ts'
import { ui } from './ui.ts'
import { update } from './update.ts'
import { view } from './view.ts'

export interface Wx {
  /** what app code sees as `wx` */
  wx: WxMethods
  /** the methods behind it; replacing one here (a mock) is seen by the app */
  methods: WxMethods
  privacy: Privacy
  leaving: Leaving
}

export function createWx(phone: Phone): Wx {
  const privacy = new Privacy(phone)
  const transport = new Transport(phone)
  const whereabouts = new Whereabouts(phone, privacy)
  const leaving = new Leaving(phone)
  share(phone)
  const supported: WxMethods = Object.assign(
    Object.create(lackingMethods(phone)) as WxMethods,
    storage(phone),
    request(phone, transport),
    transfer(phone, transport),
    socket(phone),
    files(phone),
    navigation(phone, leaving),
    leaving.methods,
    ui(phone),
    view(phone),
    device(phone),
    account(phone, privacy, whereabouts),
    location(phone, whereabouts),
    media(phone, privacy),
    audio(phone),
    sensors(phone),
    appEvents(phone),
    misc(phone),
    facts(phone),
    update(phone),
  )
  supported.canIUse = (schema: string) => canIUse(supported, String(schema))
  const faulty = new Faulty(phone)
  const wx = new Proxy(supported, {
    get: (target, name) => (typeof name === 'string' ? faulty.wrap(name, target[name]) : undefined),
  })
  return { wx, methods: supported, privacy, leaving }
}

/** `api` with anything after it (only the api itself is looked at), or `component`, `component.attribute`, `component.attribute.option`. */
function canIUse(supported: WxMethods, schema: string): boolean {
  const [name = '', attribute] = schema.split('.')
  if (Object.hasOwn(supported, name)) return true
  if (!Object.hasOwn(BUILTINS, name)) return false
  return attribute === undefined || BUILTINS[name]!.attributes.has(attribute)
}
