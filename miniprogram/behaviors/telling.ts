// What WeChat draws over a page, and the clipboard: the only file that names these methods. Each says what became of it; none fails silently.
import type { MessageKey } from '../words/say'
import { stores } from '../stores/index'

const say = (...said: Parameters<typeof stores.preferences.say>) => stores.preferences.say(...said)

/** Words of WeChat's own dialogs: a dialog with a button of more than four characters does not open (scripts/checks/audit/words.ts measures them). */
export type ButtonWord = Extract<MessageKey, `button.${string}`>

/** A done thing, in a word or two. */
export function sayDone(title: string): void {
  wx.showToast({ title, icon: 'success' })
}
/** A sentence that needs no answer. */
export function sayNote(title: string): void {
  wx.showToast({ title, icon: 'none', duration: 2_500 })
}

/** A question over the page. false: the person said no, or the dialog did not open, which is said. */
export function askPerson(content: string, yes: ButtonWord = 'button.yes', no: ButtonWord | null = 'button.no'): Promise<boolean> {
  return new Promise(resolve =>
    wx.showModal({
      content,
      confirmText: say(yes),
      ...(no === null ? { showCancel: false } : { cancelText: say(no) }),
      success: ({ confirm }) => resolve(confirm),
      fail: () => {
        sayNote(content)
        resolve(false)
      },
    }),
  )
}
/** A text that is to be read before anything else goes on. */
export const tellPerson = (content: string): Promise<boolean> => askPerson(content, 'button.ok', null)

/** Copies; WeChat says itself that it did. Consent to the clipboard may be refused, or not be declared on the console. */
export function copyText(text: string, said: MessageKey | null = null): void {
  wx.setClipboardData({
    data: text,
    success: () => said && sayDone(say(said)),
    fail: () => void tellPerson(say('telling.not_copied', { text })),
  })
}

/** Photos full screen. */
export function previewPhotos(urls: string[], current: string): void {
  wx.previewImage({ urls, current, fail: () => sayNote(say('telling.not_previewed')) })
}

/** WeChat's page with the privacy guideline. */
export function openGuideline(): void {
  wx.openPrivacyContract({ fail: () => sayNote(say('telling.no_guideline')) })
}

/** A menu over the page. The index that was chosen; null: it was closed, or did not open, which is said. @param above what stands over the choices */
export function chooseOne(itemList: string[], above: string): Promise<number | null> {
  return new Promise(resolve =>
    wx.showActionSheet({
      itemList,
      alertText: above,
      success: ({ tapIndex }) => resolve(tapIndex),
      fail: ({ errMsg }) => {
        if (!errMsg.includes('cancel')) sayNote(say('telling.no_menu'))
        resolve(null)
      },
    }),
  )
}
