// A process of its own: the backend over a filled database, so that it can be pinned to a core.
import { buildApp } from '../../backend/app.ts'
import { connect } from '../../backend/database/connection.ts'
import { sp_mchid } from './database.ts'

const app = await buildApp({
  database: connect(process.env.DATABASE_URL!),
  sp_mchid,
  // nothing here calls WeChat Pay
  wechatPay: { goldPlan: undefined as never, orders: undefined as never },
  wechat: { code2Session: async code => ({ openid: `openid-demo-${code}` }) },
  workerEveryMs: null,
  requestsPerMinute: 1_000_000_000,
})
console.log(await app.listen({ port: 0, host: '127.0.0.1' }))
