// Pages for staff: whoever is not logged in is taken to the login page, and comes back to the page that was asked for.
import { beginAt } from './navigation'
import { reaction } from 'mobx-miniprogram'
import { merchantOfLink, merchantPage } from '../rules/deep-link'
import { stores } from '../stores/index'

const stops = new WeakMap<object, () => void>()
const TABS = ['pages/home/index', 'pages/merchants/index', 'pages/visits/index', 'pages/mine/index']

interface Place {
  route: string
  options: Record<string, string | undefined>
}

const loginWith = (next: string) => `/pages/login/index?next=${encodeURIComponent(next)}`

/** The login page, with the way back. */
function loginUrl({ route, options }: Place): string {
  const merchant = merchantOfLink(options)
  if (TABS.includes(route)) return merchant === null ? '/pages/login/index' : loginWith(merchantPage(merchant))
  const query = Object.entries(options).map(([name, value]) => `${name}=${value ?? ''}`)
  return loginWith(`/${route}?${query.join('&')}`)
}

/** Calls the page's `begin` each time it is shown with somebody logged in, and once when the login ends while it is shown. */
export const signedIn = Behavior({
  pageLifetimes: {
    show() {
      stops.get(this)?.()
      stops.set(
        this,
        reaction(
          () => stores.session.status,
          status => {
            if (status === 'ready') this.begin()
            else if (status === 'login' || status === 'binding' || status === 'disabled') this.leaveForLogin()
          },
          { fireImmediately: true },
        ),
      )
    },
    hide() {
      stops.get(this)?.()
      stops.delete(this)
    },
  },
  lifetimes: {
    detached() {
      stops.get(this)?.()
      stops.delete(this)
    },
  },
  methods: {
    /** what the page loads */
    begin() {},
    leaveForLogin() {
      const pages = getCurrentPages()
      const top = pages[pages.length - 1] as unknown as Place | undefined
      if (top && top.route !== 'pages/login/index') beginAt(loginUrl(top))
    },
  },
})
