// Calls as a rollout makes them, and nothing else: signed, sent, answered by the sandbox, verified.
import { parentPort, workerData } from 'node:worker_threads'

const { client, credentials, from, atOnce, ms } = workerData
const { createWechatPay } = await import(client)
const wechatPay = createWechatPay(credentials)
let next = from
let answered = 0
const began = performance.now()
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (performance.now() - began < ms) {
      await wechatPay.goldPlan.changeCustomPageStatus({ sub_mchid: String((next += 1)), operation_type: 'OPEN' })
      answered += 1
    }
  }),
)
const perSecond = (answered * 1_000) / (performance.now() - began)
await wechatPay.close()
parentPort.postMessage(perSecond)
