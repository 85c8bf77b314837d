// The merchant that a link into the app names: `sub_mchid` of a share card, `scene=m=…` of a 小程序码 (product.md M26, P4).
import { resolveScan } from '../shared/scan'

/** What WeChat gave a page: values as they stood in the link, so a scene is still encoded. */
export type PageOptions = Record<string, string | undefined>

/** 商户号, or null when the link names none that could be one: nothing is asked of the backend then. */
export function merchantOfLink(options: PageOptions): string | null {
  const query = Object.entries(options)
    .filter(([name]) => name === 'sub_mchid' || name === 'scene')
    .map(([name, value]) => `${name}=${value ?? ''}`)
  const found = resolveScan({ path: `?${query.join('&')}` })
  return found.type === 'sub_merchant' ? found.sub_mchid : null
}

export const merchantPage = (sub_mchid: string): string => `/packages/merchant/detail/index?sub_mchid=${sub_mchid}`
/** What a message means and what to do about it. */
export const helpAbout = (code: string): string => `/packages/system/help/index?code=${code}`
