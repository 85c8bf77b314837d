// The stores of the running app with those of this package; its pages bind to these.
import { app } from '../../../stores/index'
import { createMerchantStores } from './create'

const merchantStores = createMerchantStores(app)
merchantStores.wire()

export const { own, stores } = merchantStores
