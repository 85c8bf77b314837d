// The stores of the running app with those of this package; its pages bind to these.
import { app } from '../../../stores/index'
import { exportFiles } from '../exports/platform-export-files'
import { wechatSubscriber } from '../notices/platform-subscriber'
import { chatFiles } from '../portal-list/platform-chat-files'
import { createManageStores } from './create'
import { parts } from './parts'

const manageStores = createManageStores(app, { files: chatFiles, exportFiles, subscriber: wechatSubscriber }, parts)
manageStores.wire()

export const { stores } = manageStores
