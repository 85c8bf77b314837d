// The rules that need neither database nor browser: `npm run test:quick`.
import all from './jest.config.mjs'

const { globalSetup: _setup, globalTeardown: _teardown, ...rest } = all
const rooms = ['shared', 'rules', 'words', 'behaviors', 'packages'].map(room => `miniprogram/${room}/**/*`)
const ofBackend = ['evidence/verdict/*', 'wechatpay/{signature,classification}', 'receipts/check-code', 'directory/scan-resolutions/code']

export default { ...rest, testMatch: [...rooms, ...ofBackend.map(rules => `backend/${rules}`)].map(files => `**/test/${files}.test.ts`) }
