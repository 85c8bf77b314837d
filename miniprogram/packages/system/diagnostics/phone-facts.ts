// What WeChat says of itself and of the phone. Neither of the two readings names a person or a number of the device.
import { whatWorks } from '../../../phone/what-works'
import type { PhoneFacts } from './view'

export function phoneFacts(): PhoneFacts {
  const { version = '', SDKVersion = '' } = whatWorks<Partial<WechatMiniprogram.AppBaseInfo>>(
    'getAppBaseInfo',
    () => wx.getAppBaseInfo(),
    {},
  )
  const {
    system = '',
    brand = '',
    model = '',
  } = whatWorks<Partial<WechatMiniprogram.DeviceInfo>>('getDeviceInfo', () => wx.getDeviceInfo(), {})
  return { wechat: version, base_library: SDKVersion, system, model: [brand, model].filter(Boolean).join(' ') }
}
