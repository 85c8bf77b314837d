// What WeChat has and the simulator lacks: it fails by name, in the way that apps are ready for. Nothing of it throws where WeChat would answer later, so
// that an onLaunch goes on and `if (wx.onX) wx.onX(…)` holds. `wx.canIUse` says no to all of it.
import { Listeners, settle, WxFailure, type Options, type Phone, type WxMethods } from './core.ts'
import { WECHAT_METHODS } from './wechat-methods.ts'

type AnyFunction = (...values: unknown[]) => unknown

/** what these give is used at once: a manager, a context, an audio player */
const MAKES_OBJECT = /^create[A-Z]|^get\w+(Manager|Adapter|System)$/
const IS_EVENT = /^(on|off)[A-Z]/
/** members that hold others: wx.worklet.Easing, wx.cloud.database().command */
const IS_NAMESPACE = /^([A-Z]\w*|command)$/
/** of managers: what gives a promise */
const PROMISES = /^wx\.create\w+Ad\.(show|load)$/
/** methods of managers that end something: nobody waits for a word of theirs */
const ENDS = /^(destroy|close|stop|pause|abort|hide|off|exit|disconnect)/
/** methods of cloud objects that ask the cloud; the others (where, orderBy, doc …) only name what is asked for */
const ASKS_CLOUD = /^(callFunction|callContainer|uploadFile|downloadFile|deleteFile|getTempFileURL|get|add|set|update|remove|count|end)$/

const words = (name: string) => `${name} is not supported by the simulator`

/** The lacking methods, to be inherited by the supported ones: a mock of an app's test may take the place of either. */
export function lackingMethods(phone: Pick<Phone, 'log'>): WxMethods {
  const told = new Set<string>()
  const tell = (name: string) => {
    if (told.has(name)) return
    told.add(name)
    phone.log({ kind: 'console', text: words(name) })
  }
  const lacking: WxMethods = Object.fromEntries(WECHAT_METHODS.map(name => [name, lackingMethod(name, tell)]))
  lacking['cloud'] = lackingObject('wx.cloud', 'cloud', tell, name => !ASKS_CLOUD.test(name))
  lacking['router'] = lackingObject('wx.router', 'router', tell, () => false)
  return lacking
}

/** What `requirePlugin` gives: plug-ins are lacking, and whatever is asked of one does nothing. */
export function lackingPlugin(phone: Pick<Phone, 'log'>, name: string): object {
  const tell = (text: string) => phone.log({ kind: 'console', text: words(text) })
  tell(`plugin ${name}`)
  return lackingObject(
    `plugin ${name}`,
    'plugin',
    () => {},
    () => false,
  )
}

function lackingMethod(api: string, tell: (name: string) => void): AnyFunction {
  const name = `wx.${api}`
  if (IS_EVENT.test(api)) return () => tell(name)
  if (MAKES_OBJECT.test(api)) {
    return () => {
      tell(name)
      return lackingObject(name, api, tell, () => false)
    }
  }
  if (api.endsWith('Sync')) {
    return () => {
      tell(name)
      throw new Error(`${api}:fail ${words(name)}`)
    }
  }
  return options => {
    tell(name)
    return failLater(api, name, options)
  }
}

const failLater = (api: string, name: string, options: unknown) =>
  settle(api, (options && typeof options === 'object' ? options : {}) as Options, Promise.reject(new WxFailure(words(name))))

/** Its own class tells it from plain values, which are copied on their way to the app. */
class Lacking {}

/**
 * An object of which any method can be called. What is assigned to it stays. Who listens to its errors hears of each method that does nothing.
 * @param chains whether a method gives another such object
 */
function lackingObject(name: string, api: string, tell: (name: string) => void, chains: (method: string) => boolean): object {
  const errors = new Listeners<object>()
  const answer = (method: string, property: string, options: unknown): unknown => {
    if (chains(property)) return lackingObject(method, property, tell, chains)
    // a manager's methods answer by callback or event; only who asks for an answer gets one
    if (api === 'cloud' || name.startsWith('wx.cloud') || PROMISES.test(method) || hasCallback(options))
      return failLater(property, method, options)
    if (!ENDS.test(property)) setTimeout(() => errors.emit({ errMsg: `${property}:fail ${words(method)}`, errCode: -1 }))
    return undefined
  }
  return new Proxy<Record<string | symbol, unknown>>(new Lacking() as unknown as Record<string | symbol, unknown>, {
    get(kept, property) {
      // an object with `then` would be waited for
      if (property in kept || typeof property === 'symbol' || property === 'then') return kept[property]
      const method = `${name}.${property}`
      const call = (options?: unknown) => {
        tell(method)
        if (property === 'onError') return errors.add(options as (event: object) => void)
        if (property === 'offError') return errors.remove(options as (event: object) => void)
        return IS_EVENT.test(property) ? undefined : answer(method, property, options)
      }
      return IS_NAMESPACE.test(property) ? lackingObject(method, property, tell, chains) : call
    },
  })
}

function hasCallback(options: unknown): boolean {
  const { success, fail, complete } = (options ?? {}) as Options
  return [success, fail, complete].some(callback => typeof callback === 'function')
}
