// The sandbox in a thread of its own: WeChat Pay does not answer on the loop in which somebody's wait is measured.
import { parentPort, workerData } from 'node:worker_threads'

const { startSandbox } = await import(workerData.sandbox)
const sandbox = await startSandbox({ spMchid: workerData.sp_mchid })
const { control } = sandbox
const { clock: _, ...credentials } = sandbox.wechatPayConfig()

const acts = {
  setWeather: weather => control.setWeather(weather),
  callsOfSeconds: () => control.callsOfSeconds(),
  ledgers: sub_mchids => sub_mchids.map(sub_mchid => control.ledger(sub_mchid)),
  close: () => sandbox.close(),
}
parentPort.on('message', async ({ act, given }) => {
  parentPort.postMessage({ answer: await acts[act](given) })
  if (act === 'close') parentPort.close()
})
parentPort.postMessage({ answer: { environment: sandbox.environment(), credentials } })
