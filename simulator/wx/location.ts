// Where the phone is. The person is asked once until the next start, as WeChat asks for scope.userLocation, and types the place; a set one is told at once.
import { readPlace, REFUSED, writtenPlace, type Place } from '../phone/location.ts'
import { Listeners, methods, say, WxFailure, type Options, type Phone, type WxMethods } from './core.ts'
import type { Privacy } from './privacy.ts'

/** What is proposed to the person, and where chooseLocation can go: well-known places with their addresses. */
const PLACES = [
  { name: '天安门', address: '北京市东城区长安街', city: '北京市', latitude: 39.908_823, longitude: 116.397_47 },
  { name: '外滩', address: '上海市黄浦区中山东一路', city: '上海市', latitude: 31.239_703, longitude: 121.499_718 },
  { name: '广州塔', address: '广东省广州市海珠区阅江西路222号', city: '广州市', latitude: 23.106_414, longitude: 113.324_553 },
] as const

const ACCURACY = { speed: -1, accuracy: 30, verticalAccuracy: 0, horizontalAccuracy: 30, altitude: 0 }

export class Whereabouts {
  /** what the person answered: a place, or that the app is not to know; undefined before they were asked */
  private answered: Place | 'refused' | undefined
  private asking: Promise<Place | 'refused'> | undefined
  private readonly hinted = new Set<string>()

  constructor(
    private readonly phone: Phone,
    private readonly privacy: Privacy,
  ) {}

  /** of scope.userLocation; undefined before the person was asked */
  get granted(): boolean | undefined {
    const { location } = this.phone.settings
    if (location) return location !== REFUSED
    return this.answered && this.answered !== 'refused'
  }

  /** The person allows it in the settings of the mini program. */
  grant(): void {
    if (this.answered === 'refused') this.answered = undefined
  }

  /** @throws WxFailure when the person does not give it */
  async of(api: string): Promise<Place> {
    await this.privacy.require(api)
    if (api !== 'authorize') this.hint(api)
    const { location } = this.phone.settings
    if (location === REFUSED) throw new WxFailure('auth deny', { errno: 103 })
    const place = readPlace(location) ?? this.answered ?? (await this.ask())
    if (place === 'refused') throw new WxFailure('auth deny', { errno: 103 })
    return place
  }

  /** However many calls wait, one question stands on the screen. */
  private ask(): Promise<Place | 'refused'> {
    this.asking ??= this.question().then(answer => {
      this.asking = undefined
      return (this.answered = answer)
    })
    return this.asking
  }

  private async question(): Promise<Place | 'refused'> {
    const { phone } = this
    const { desc } = (phone.runtime.appJson['permission'] as Record<string, { desc?: string }> | undefined)?.['scope.userLocation'] ?? {}
    for (let wrong = ''; ;) {
      const given = await phone.overlays.ask({
        title: say(phone, '申请获取你的位置信息', 'asks for your location'),
        content: wrong || desc || say(phone, '手机在哪里？写纬度,经度', 'Where is the phone? Write latitude,longitude'),
        input: { value: writtenPlace(PLACES[0]), placeholder: say(phone, '纬度,经度', 'latitude,longitude') },
        confirm: { text: say(phone, '允许', 'Allow'), color: '#07c160' },
        cancel: { text: say(phone, '拒绝', 'Decline') },
      })
      if (given === undefined) return 'refused'
      const place = readPlace(given)
      if (place) return place
      wrong = say(phone, `“${given}”不是位置，例如 39.9088,116.3974`, `"${given}" is no place; write for example 39.9088,116.3974`)
    }
  }

  /** WeChat refuses since 2022 what app.json does not declare; here it is told once. */
  private hint(api: string): void {
    const declared = this.phone.runtime.appJson['requiredPrivateInfos']
    if (this.hinted.has(api) || (Array.isArray(declared) && declared.includes(api))) return
    this.hinted.add(api)
    this.phone.log({ kind: 'console', text: `warn wx.${api}: WeChat refuses it until app.json names it in requiredPrivateInfos` })
  }
}

export function location(phone: Phone, whereabouts: Whereabouts): WxMethods {
  const { overlays } = phone
  const changes = new Listeners<object>()
  let followed = ''
  const tellChange = async () => {
    const api = followed
    if (api) changes.emit({ ...(await whereabouts.of(api)), ...ACCURACY })
  }
  phone.onSettings(before => {
    if (before.location !== phone.settings.location) void tellChange().catch(() => {})
  })
  const follow = (api: string) => async () => {
    await whereabouts.of(api)
    followed = api
    setTimeout(() => void tellChange().catch(() => {}))
  }
  const choose = async (around: Partial<Place>) => {
    const here =
      typeof around.latitude === 'number' && typeof around.longitude === 'number'
        ? { latitude: around.latitude, longitude: around.longitude }
        : readPlace(phone.settings.location)
    const places = [
      ...(here ? [{ name: say(phone, '地图中心', 'Middle of the map'), address: writtenPlace(here), city: '', ...here }] : []),
      ...PLACES,
    ]
    const chosen = await overlays.choose({
      alert: say(phone, '选择位置', 'Choose a place'),
      items: places.map(({ name, address }) => `${name} · ${address}`),
      cancelText: say(phone, '取消', 'Cancel'),
    })
    if (chosen === undefined) throw new WxFailure('cancel')
    return places[chosen]!
  }

  return {
    onLocationChange: (listener: (place: object) => void) => changes.add(listener),
    offLocationChange: changes.remove,
    ...new Listeners().pair('LocationChangeError'),
    ...methods({
      getLocation: async () => ({ ...(await whereabouts.of('getLocation')), ...ACCURACY }),
      getFuzzyLocation: () => whereabouts.of('getFuzzyLocation'),
      startLocationUpdate: follow('startLocationUpdate'),
      startLocationUpdateBackground: follow('startLocationUpdateBackground'),
      stopLocationUpdate: () => void (followed = ''),
      chooseLocation: async options => {
        const { name, address, latitude, longitude } = await choose(options as Partial<Place>)
        return { name, address, latitude, longitude }
      },
      choosePoi: async () => ({ type: 2, ...(await choose({})) }),
      openLocation: options => showPlace(phone, options),
    }),
  }
}

/** WeChat opens a map; here the place is told. The call is answered when it stands on the screen. */
function showPlace(phone: Phone, { latitude, longitude, name, address }: Options): void {
  if (typeof latitude !== 'number' || typeof longitude !== 'number')
    throw new WxFailure('parameter error: parameter.latitude and parameter.longitude should be Number')
  void phone.overlays.ask({
    title: typeof name === 'string' && name ? name : say(phone, '位置', 'Place'),
    content: [address, writtenPlace({ latitude, longitude })].filter(Boolean).join('\n'),
    confirm: { text: say(phone, '知道了', 'Got it') },
  })
}
