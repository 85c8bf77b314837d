// A process of its own: the backend over a filled database, as an installation runs it: built. It can be pinned to a core.
const { TEST_PROGRAMS, DATABASE_URL } = process.env
const built = path => import(`file://${TEST_PROGRAMS}/backend/${path}`)

const [{ buildApp }, { connect }] = await Promise.all(['app.mjs', 'database/connection.mjs'].map(built))
const app = await buildApp({
  database: connect(DATABASE_URL),
  sp_mchid: '1900000001',
  // nothing here calls WeChat Pay
  wechatPay: { goldPlan: undefined, orders: undefined },
  wechat: { code2Session: async code => ({ openid: `openid-demo-${code}` }) },
  workerEveryMs: null,
  requestsPerMinute: 1_000_000_000,
})
console.log(await app.listen({ port: 0, host: '127.0.0.1' }))
