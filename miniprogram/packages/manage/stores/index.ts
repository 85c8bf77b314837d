// The stores of the running app with those of this package; its pages bind to these.
import { app } from '../../../stores/index'
import { createManageStores } from './create'

const manageStores = createManageStores(app)
manageStores.wire()

export const { stores } = manageStores
