// wx.enableAlertBeforeUnload: the person is asked before they go back from a page. https://developers.weixin.qq.com/miniprogram/dev/api/ui/interaction/wx.enableAlertBeforeUnload.html
import { methods, say, text, WxFailure, type Phone, type WxMethods } from './core.ts'

export class Leaving {
  private readonly questions = new Map<number, string>()
  readonly methods: WxMethods

  constructor(private readonly phone: Phone) {
    const top = (): number => {
      const page = phone.runtime.pageStack().at(-1)
      if (!page) throw new WxFailure('there is no page')
      return page.pageId
    }
    this.methods = methods({
      enableAlertBeforeUnload: options => void this.questions.set(top(), text(options, 'message')),
      disableAlertBeforeUnload: () => void this.questions.delete(top()),
    })
  }

  /** Whether the person goes back from the page on top: by its bar, Android's key or wx.navigateBack. Other ways out are not asked about. */
  async allowed(): Promise<boolean> {
    const { overlays, runtime } = this.phone
    const stack = runtime.pageStack()
    const content = this.questions.get(stack.at(-1)?.pageId ?? 0)
    if (content === undefined || stack.length < 2) return true
    const answer = await overlays.ask({
      title: '',
      content,
      confirm: { text: say(this.phone, '确定', 'OK') },
      cancel: { text: say(this.phone, '取消', 'Cancel') },
    })
    return answer !== undefined
  }
}
