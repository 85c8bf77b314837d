// The stores of the running app; a sub-package adds its own (packages/merchant/stores). Pages bind to these and call nothing of api/ themselves.
import { wechatTransport } from '../api/request'
import { baseUrl, releaseVersion, scanHosts } from '../config'
import { phoneTimers } from '../phone/phone-timers'
import { phone } from '../phone/platform'
import { camera } from '../phone/platform-camera'
import { updates } from '../phone/updates'
import { createStores } from './create'
import { english, packDownload, parts, scanPart } from './parts'

export const app = createStores(
  { phone, camera, updates, english, packDownload, scanPart },
  { transport: wechatTransport, baseUrl, version: releaseVersion(), scanHosts },
  phoneTimers,
  parts,
)
app.wire()

export const { stores } = app
