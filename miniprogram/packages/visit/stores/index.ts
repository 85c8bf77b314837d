// The stores of the running app with those of this package; its pages bind to these.
import { app } from '../../../stores/index'
import type { VerdictRules } from '../edit/sent'
import { createVisitStores } from './create'

/** WeChat's: what stands in another package is loaded when it is asked for (developers.weixin.qq.com/miniprogram/dev/framework/subpackages/async.html) */
declare const require: { async(path: string): Promise<VerdictRules> }

const visitStores = createVisitStores(app, () => require.async('../../merchant/rules/verdict'))
visitStores.wire()

export const { stores } = visitStores
