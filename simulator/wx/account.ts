// Who holds the phone and what they agreed to: login, privacy consent, subscriptions, settings, the app's own account.
import { openTypes } from '../builtins/button.ts'
import { Listeners, methods, say, WxFailure, type Phone, type WxMethods } from './core.ts'

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

export function account(phone: Phone, privacy: Privacy): WxMethods {
  let logins = 0
  const session = Math.random().toString(36).slice(2, 8)
  const needed = new Listeners<never>()
  // A tap on such a button is the consent itself, as in WeChat.
  openTypes['agreePrivacyAuthorization'] = () => {
    privacy.agree()
    return { event: 'agreeprivacyauthorization', detail: { errMsg: 'agreePrivacyAuthorization:ok' } }
  }
  return {
    onNeedPrivacyAuthorization: (handler: Parameters<Privacy['onNeeded']>[0]) => privacy.onNeeded(handler),
    offNeedPrivacyAuthorization: needed.remove,
    getAccountInfoSync: () => ({
      miniProgram: { appId: phone.project.appid, envVersion: 'develop', version: phone.settings.appVersion },
      plugin: {},
    }),
    ...methods({
      login: () => {
        if (phone.settings.offline) throw new WxFailure('network error', { errno: 600_001 })
        // one-time, as WeChat's: the session and a count make each code differ from every one before
        return { code: `${phone.settings.loginCode}#${session}${++logins}` }
      },
      checkSession: () => {},
      getPrivacySetting: () => ({
        needAuthorization: !privacy.agreed && phone.runtime.appJson.__usePrivacyCheck__ === true,
        privacyContractName: '《隐私保护指引》',
      }),
      requirePrivacyAuthorize: () => privacy.require('requirePrivacyAuthorize'),
      openPrivacyContract: async () => {
        await phone.overlays.ask({
          title: say(phone, '《隐私保护指引》', 'Privacy guidelines'),
          content: say(
            phone,
            '模拟器里没有正文。真机上由微信展示小程序后台登记的指引。',
            'The simulator has no text of them. On a phone WeChat shows the guidelines that are registered for the mini program.',
          ),
          confirm: { text: say(phone, '知道了', 'Got it') },
        })
      },
      getSetting: () => ({
        authSetting: { 'scope.camera': true, 'scope.writePhotosAlbum': true, 'scope.userLocation': true },
        subscriptionsSetting: { mainSwitch: true, itemSettings: {} },
      }),
      openSetting: () => ({ authSetting: { 'scope.camera': true, 'scope.writePhotosAlbum': true, 'scope.userLocation': true } }),
      authorize: () => {},
      requestSubscribeMessage: async ({ tmplIds }) => {
        if (!Array.isArray(tmplIds) || tmplIds.length === 0) throw new WxFailure("TmplIds can't be empty", { errCode: 10_001 })
        if (tmplIds.length > 3) throw new WxFailure('Template count out of max bounds', { errCode: 20_003 })
        const answer = await phone.overlays.ask({
          title: say(phone, '订阅消息', 'Notifications'),
          content: say(phone, `允许发送 ${tmplIds.length} 种通知？`, `Allow ${tmplIds.length} kinds of notifications?`),
          confirm: { text: say(phone, '允许', 'Allow'), color: '#07c160' },
          cancel: { text: say(phone, '拒绝', 'Decline') },
        })
        return Object.fromEntries(tmplIds.map(id => [id, answer === undefined ? 'reject' : 'accept']))
      },
    }),
  }
}
