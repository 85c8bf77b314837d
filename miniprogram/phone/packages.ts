// Fetches a sub-package whose components stand on a placeholder: WeChat puts them in its place when the package has come
// (developers.weixin.qq.com/miniprogram/dev/framework/custom-component/placeholder.html). Each is asked for by a script of its own.
declare const require: {
  /** WeChat's; rejects where the package is not on the phone and cannot be fetched */
  async(path: '../packages/visit/camera/taking' | '../packages/merchant/rules/verdict'): Promise<unknown>
}

export type ComponentPackage = 'visit' | 'merchant'

export const fetchPackage: Readonly<Record<ComponentPackage, () => Promise<unknown>>> = {
  visit: () => require.async('../packages/visit/camera/taking'),
  merchant: () => require.async('../packages/merchant/rules/verdict'),
}
