// From page to page: the only file that names WeChat's methods for it. A double tap opens one page; at the tenth page, where WeChat opens no more, the new
// one replaces the last; what fails is said.
import { phoneTimers } from '../phone/phone-timers'
import { stores } from '../stores/index'
import { sayNote } from './telling'

const MOST_PAGES = 10
/** by then a page has come, or WeChat has lost the request */
const UNDER_WAY_MS = 1_500

type Open = (options: { url: string; fail: (failure: { errMsg: string }) => void; complete: () => void }) => unknown

let started = -Infinity

function open(how: Open, url: string): void {
  const now = phoneTimers.now()
  if (now - started >= 0 && now - started < UNDER_WAY_MS) return
  started = now
  how({
    url,
    fail: failed,
    complete: () => {
      started = -Infinity
    },
  })
}
const failed = ({ errMsg }: { errMsg: string }) =>
  sayNote(stores.preferences.say(/timeout|subpackage|not found/i.test(errMsg) ? 'telling.page_missing' : 'telling.page_failed'))

/** Above this page. */
export const goTo = (url: string): void => open(getCurrentPages().length >= MOST_PAGES ? wx.redirectTo : wx.navigateTo, url)
/** In place of this page. */
export const replaceWith = (url: string): void => open(wx.redirectTo, url)
export const goToTab = (url: string): void => open(wx.switchTab, url)
/** In place of all pages. It is not asked for by a tap, so it waits for nothing. */
export const beginAt = (url: string): void => void wx.reLaunch({ url, fail: failed })

/** To the page below; where this is the only one, to a tab. `there`: once it is shown; a toast before would go with this page. */
export function goBack(otherwise = '/pages/home/index', there: () => void = () => {}): void {
  if (getCurrentPages().length > 1) wx.navigateBack({ delta: 1, success: there, fail: failed })
  else open(options => wx.switchTab({ ...options, success: there }), otherwise)
}
