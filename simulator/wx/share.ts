// <button open-type="share">: the page says what it would send, the person sends it or not. Nothing leaves the phone.
import { openTypes } from '../builtins/button.ts'
import { say, type Phone } from './core.ts'

interface Card {
  title?: string
  path?: string
  imageUrl?: string
  promise?: Promise<Card>
}

/** a promise of the page is waited for that long, as in WeChat */
const PATIENCE_MS = 3_000

export function share(phone: Phone): void {
  openTypes['share'] = () => void ask(phone).catch(reportError)
}

async function ask(phone: Phone): Promise<void> {
  const page = phone.runtime.pageStack().at(-1)
  const written = page?.instance['onShareAppMessage']
  const given =
    typeof written === 'function' ? ((written as (event: object) => unknown).call(page!.instance, { from: 'button' }) as Card) : undefined
  const later = given?.promise && (await Promise.race([given.promise, new Promise<undefined>(done => setTimeout(done, PATIENCE_MS))]))
  const { title = phone.project.name, path = page?.path ?? '' } = { ...given, ...later }
  const answer = await phone.overlays.ask({
    title: say(phone, '转发给朋友', 'Share with a friend'),
    content: `${title}\n${path}`,
    confirm: { text: say(phone, '发送', 'Send') },
    cancel: { text: say(phone, '取消', 'Cancel') },
  })
  phone.log({ kind: 'console', text: `${answer === undefined ? 'not shared' : 'shared'}: ${title} ${path}` })
}
