// The stores of the running app with those of this package; its pages bind to these.
import { app } from '../../../stores/index'
import { createVisitStores } from './create'

const visitStores = createVisitStores(app)
visitStores.wire()

export const { stores } = visitStores
