// The sandbox as a program: `tsx dev/sandbox/main.ts`. Prints one line of JSON when it is ready.
// SANDBOX_PORT (8790; 0 = a free one), DATA_DIR (.data; keeps keys and memory in DATA_DIR/sandbox), CLOCK_FILE, SP_MCHID (1900000001), RECEIPT_LINK (the backend's page).
import { isMchid } from '../../miniprogram/shared/mchid.ts'
import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endSignals } from '../../backend/platform/end-on-signal.ts'
import { FolderTakenError, lockFolder } from '../postgres/folder-lock.ts'
import { environmentFor, writeCredentialFiles } from './credentials.ts'
import { SandboxRefused } from './guard.ts'
import { startSandbox } from './index.ts'
import '../../backend/platform/printed.ts'

const entry = process.argv[1]
if (entry === undefined || realpathSync(entry) !== realpathSync(fileURLToPath(import.meta.url))) {
  throw new Error('dev/sandbox/main.ts is a program of its own and is never imported')
}

const fail = (message: string): never => {
  console.error(message)
  process.exit(1)
}

const { SANDBOX_PORT = '8790', DATA_DIR = '.data', CLOCK_FILE, SP_MCHID = '1900000001', RECEIPT_LINK } = process.env
const port = Number(SANDBOX_PORT)
if (!Number.isInteger(port) || port < 0 || port > 65_535) fail('SANDBOX_PORT is not a port number: give 0 to 65535')
if (!isMchid(SP_MCHID)) fail('SP_MCHID is not 8 to 10 digits')

const folder = resolve(DATA_DIR, 'sandbox')
try {
  lockFolder(folder, 'sandbox.lock')
  const sandbox = await startSandbox({
    spMchid: SP_MCHID,
    port,
    folder,
    ...(CLOCK_FILE && { clockFile: CLOCK_FILE }),
    ...(RECEIPT_LINK && { receiptLink: RECEIPT_LINK }),
  })
  const credentials = writeCredentialFiles(sandbox.credentials, join(folder, 'credentials'))
  const { link, sourceUrl, sourceKey, customerUrl } = sandbox.receipts
  const env = {
    ...environmentFor(credentials, sandbox.url, 'public_key'),
    RECEIPT_LINKS: link,
    RECEIPT_SOURCE_URL: sourceUrl,
    RECEIPT_SOURCE_KEY: sourceKey,
    RECEIPT_PARENT_ORIGIN: sandbox.url,
  }
  console.log(
    JSON.stringify({ sandbox: sandbox.url, control: sandbox.controlUrl, panel: `${sandbox.controlUrl}/panel`, customer: customerUrl, env }),
  )
  for (const signal of endSignals) process.once(signal, () => void sandbox.close().then(() => process.exit(0)))
} catch (error) {
  if (error instanceof SandboxRefused || error instanceof FolderTakenError) fail(error.message)
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') fail(`port ${port} is taken: set SANDBOX_PORT to another one, or to 0 for a free one`)
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST')
    fail(`the folder ${folder} cannot be written: set DATA_DIR to one that can`)
  throw error
}
