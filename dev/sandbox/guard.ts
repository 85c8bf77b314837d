// Keeps the sandbox away from anything real: it answers this machine only, and does not start where real credentials are about.
import { isLoopbackHost } from '../../backend/platform/loopback.ts'

const REAL_SECRETS = [
  'WECHATPAY_PRIVATE_KEY',
  'WECHATPAY_SERIAL_NO',
  'WECHATPAY_MERCHANT_CERTIFICATE',
  'WECHATPAY_PUBLIC_KEY',
  'WECHATPAY_PUBLIC_KEY_ID',
  'WECHATPAY_PLATFORM_CERTIFICATE',
  'WECHATPAY_API_V3_KEY',
  'WECHAT_APPID',
  'WECHAT_APP_SECRET',
]

export class SandboxRefused extends Error {
  override readonly name = 'SandboxRefused'
}

/** @throws SandboxRefused naming the variable, never its value */
export const assertSandboxAllowed = (env: Readonly<Record<string, string | undefined>>): void => {
  const secret = REAL_SECRETS.find(name => env[name])
  if (secret !== undefined) {
    throw new SandboxRefused(
      `the sandbox does not start where ${secret} is set: unset it, or start the backend alone against the real WeChat Pay`,
    )
  }
  if (env.HOST && !isLoopbackHost(env.HOST)) {
    throw new SandboxRefused('the sandbox answers this machine only, and HOST is not a loopback address: unset HOST or set it to 127.0.0.1')
  }
}
