// What the person agreed to: asked for before an API that needs it.
import { say, WxFailure, type Phone } from './core.ts'

const CONSENT = 'phone/privacy-consent'

type PrivacyDecision = { event: 'exposureAuthorization' | 'agree' | 'disagree'; buttonId?: string }

export class Privacy {
  private handler: ((resolve: (decision: PrivacyDecision) => void, info: { referrer: string }) => void) | undefined

  constructor(private readonly phone: Phone) {}

  get agreed(): boolean {
    return this.phone.storage.get(CONSENT) === 'agreed'
  }

  agree(): void {
    this.phone.storage.set(CONSENT, 'agreed')
  }

  withdraw(): void {
    this.phone.storage.delete(CONSENT)
  }

  onNeeded(handler: NonNullable<Privacy['handler']>): void {
    this.handler = handler
  }

  /**
   * Asks for consent before an API that needs it: through the app's own dialog if it listens to onNeedPrivacyAuthorization, else WeChat's.
   * Apps without `__usePrivacyCheck__` are not asked.
   * @throws WxFailure errno 104 when the person declines
   */
  async require(api: string): Promise<void> {
    if (this.agreed || this.phone.runtime.appJson.__usePrivacyCheck__ !== true) return
    const decision = this.handler ? await this.askApp(this.handler, api) : await this.askPerson()
    if (decision !== 'agree') throw new WxFailure('privacy permission is not authorized', { errno: 104 })
    this.agree()
  }

  private askApp(handler: NonNullable<Privacy['handler']>, api: string): Promise<string> {
    return new Promise(done => handler(({ event }) => event !== 'exposureAuthorization' && done(event), { referrer: api }))
  }

  private async askPerson(): Promise<string> {
    const answer = await this.phone.overlays.ask({
      title: say(this.phone, '用户隐私保护提示', 'Privacy'),
      content: say(
        this.phone,
        `感谢使用${this.phone.project.name}。使用前请阅读并同意隐私保护指引。`,
        `Before using ${this.phone.project.name}, read its privacy guidelines and agree to them.`,
      ),
      confirm: { text: say(this.phone, '同意', 'Agree'), color: '#07c160' },
      cancel: { text: say(this.phone, '拒绝', 'Decline') },
    })
    return answer === undefined ? 'disagree' : 'agree'
  }
}
