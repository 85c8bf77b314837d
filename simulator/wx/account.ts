// Who holds the phone and what they agreed to: login, privacy consent, subscriptions, settings, the app's own account.
import { openTypes } from '../builtins/button.ts'
import { tappedWithin } from '../runtime/gestures.ts'
import { Listeners, methods, say, WxFailure, type Phone, type WxMethods } from './core.ts'
import type { Whereabouts } from './location.ts'
import type { Privacy } from './privacy.ts'

/** ms after a tap in which WeChat still counts a call as the person's; how long that is, no page says */
const GESTURE_MS = 2_000

/** Since 2022 WeChat tells an app no more of anybody than this. */
const ANONYMOUS = {
  nickName: '微信用户',
  gender: 0,
  language: '',
  city: '',
  province: '',
  country: '',
  avatarUrl:
    'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 132 132"%3E%3Cpath fill="%23ddd" d="M0 0h132v132H0z"/%3E%3Cpath fill="%23fff" d="M66 30a22 22 0 1 1 0 44 22 22 0 0 1 0-44M24 112c0-20 18-32 42-32s42 12 42 32z"/%3E%3C/svg%3E',
}
const userInfo = () => ({ userInfo: ANONYMOUS, rawData: JSON.stringify(ANONYMOUS), signature: '', encryptedData: '', iv: '' })

/** The one that WeChat DevTools gives. */
const ADDRESS = {
  userName: '张三',
  telNumber: '020-81167888',
  postalCode: '510000',
  nationalCode: '510000',
  provinceName: '广东省',
  cityName: '广州市',
  countyName: '海珠区',
  streetName: '',
  detailInfo: '新港中路397号',
}

export function account(phone: Phone, privacy: Privacy, whereabouts: Whereabouts): WxMethods {
  let logins = 0
  const session = Math.random().toString(36).slice(2, 8)
  const needed = new Listeners<never>()
  const authSetting = () => ({
    'scope.camera': true,
    'scope.writePhotosAlbum': true,
    ...(whereabouts.granted === undefined ? {} : { 'scope.userLocation': whereabouts.granted }),
  })
  // A tap on such a button is the consent itself, as in WeChat.
  openTypes['agreePrivacyAuthorization'] = () => {
    privacy.agree()
    return { event: 'agreeprivacyauthorization', detail: { errMsg: 'agreePrivacyAuthorization:ok' } }
  }
  openTypes['getUserInfo'] = () => ({ event: 'getuserinfo', detail: { errMsg: 'getUserInfo:ok', ...userInfo() } })
  openTypes['chooseAvatar'] = () => {
    const picture = decodeURIComponent(ANONYMOUS.avatarUrl.slice(ANONYMOUS.avatarUrl.indexOf(',') + 1))
    return { event: 'chooseavatar', detail: { avatarUrl: phone.files.addTemporary(new TextEncoder().encode(picture), 'svg') } }
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
      getSetting: () => ({ authSetting: authSetting(), subscriptionsSetting: { mainSwitch: true, itemSettings: {} } }),
      openSetting: () => {
        whereabouts.grant()
        return { authSetting: authSetting() }
      },
      authorize: async ({ scope }) => {
        if (scope === 'scope.userLocation') await whereabouts.of('authorize')
      },
      getUserInfo: userInfo,
      chooseAddress: async () => {
        await privacy.require('chooseAddress')
        const answer = await phone.overlays.ask({
          title: say(phone, '收货地址', 'Delivery address'),
          content: `${ADDRESS.userName} ${ADDRESS.telNumber}\n${ADDRESS.provinceName}${ADDRESS.cityName}${ADDRESS.countyName}${ADDRESS.detailInfo}`,
          confirm: { text: say(phone, '使用', 'Use') },
          cancel: { text: say(phone, '取消', 'Cancel') },
        })
        if (answer === undefined) throw new WxFailure('cancel')
        return ADDRESS
      },
      getUserProfile: ({ desc }) => {
        if (typeof desc !== 'string' || desc === '')
          throw new WxFailure('parameter error: parameter.desc should be String instead of Undefined;')
        return userInfo()
      },
      requestSubscribeMessage: async ({ tmplIds }) => {
        if (!Array.isArray(tmplIds) || tmplIds.length === 0) throw new WxFailure("TmplIds can't be empty", { errCode: 10_001 })
        if (tmplIds.some(id => typeof id !== 'string' || id === '')) throw new WxFailure('Invalid template id', { errCode: 10_004 })
        if (tmplIds.length > 3) throw new WxFailure('Templates count out of max bounds', { errCode: 20_003 })
        if (!tappedWithin(GESTURE_MS)) throw new WxFailure('can only be invoked by user TAP gesture.')
        const answer = await phone.overlays.ask({
          title: say(phone, '订阅消息', 'Notifications'),
          content: say(phone, `允许发送 ${tmplIds.length} 种通知？`, `Allow ${tmplIds.length} kinds of notifications?`),
          confirm: { text: say(phone, '允许', 'Allow'), color: '#07c160' },
          cancel: { text: say(phone, '拒绝', 'Decline') },
        })
        return Object.fromEntries(tmplIds.map(id => [id, id.startsWith('banned-') ? 'ban' : answer === undefined ? 'reject' : 'accept']))
      },
    }),
  }
}
