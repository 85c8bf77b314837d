// `npm run simulator -- <folder>`, or as a package `npx miniprogram-phone <folder>`. Without a folder it runs the mini program of the current one.
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { startSimulator } from './server.ts'

// whoever read its lines may have left (`| head`): the phone is there all the same
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const COMMAND = basename(process.argv[1] ?? '') === 'main.ts' ? 'npm run simulator --' : 'miniprogram-phone'
const USAGE = `${COMMAND} [folder] [--port 8080] [--automation-port 9420] [--controls url] [--map from=to]... [--allow host]... [--strict] [--headless]`

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        port: { type: 'string', default: process.env.SIMULATOR_PORT || '8080' },
        'automation-port': { type: 'string', default: process.env.AUTOMATION_PORT || '9420' },
        controls: { type: 'string' },
        map: { type: 'string', multiple: true, default: [] },
        allow: { type: 'string', multiple: true, default: [] },
        headless: { type: 'boolean', default: process.env.HEADLESS === '1' },
        strict: { type: 'boolean', default: false },
        // of DevTools' command line, as automator.launch calls it: auto --project folder --auto-port 9420
        project: { type: 'string' },
        'auto-port': { type: 'string' },
        'auto-account': { type: 'string' },
        ticket: { type: 'string' },
        'trust-project': { type: 'boolean' },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    return fail(`${(error as Error).message}\n${USAGE}`)
  }
}

function portFrom(name: string, text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`${name} is "${text}": give a port from 0 to 65535`)
  return port
}

function originMap(pairs: string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map(pair => {
      const [from, to, ...rest] = pair.split('=')
      if (!from || !to || rest.length > 0 || !URL.canParse(from) || !URL.canParse(to))
        fail(`--map "${pair}": give two addresses, e.g. http://127.0.0.1:8787=http://127.0.0.1:9999`)
      return [from, to]
    }),
  )
}

const { values, positionals } = readArguments()
if (values.help) {
  console.log(USAGE)
  process.exit(0)
}
/** started by automator.launch in the place of DevTools: headless, and it ends with the client's close() */
const launched = positionals[0] === 'auto' && values.project !== undefined
if (launched) positionals.splice(0, 1, values.project!)
if (positionals.length > 1) fail(`one folder, not ${positionals.length}\n${USAGE}`)
const port = launched ? 0 : portFrom('--port', values.port)
const automationPort = portFrom('--automation-port', values['auto-port'] ?? values['automation-port'])

try {
  const simulator = await startSimulator({
    project: positionals[0] ?? '.',
    port,
    automationPort,
    ...(values.controls === undefined ? {} : { controls: values.controls }),
    hostMap: originMap(values.map),
    allowedHosts: values.allow,
    headless: values.headless || launched,
    strict: values.strict,
    print: line => console.error(line),
    ...(launched ? { onToolClose: () => end() } : {}),
  })
  let ending = false
  function end(): void {
    if (ending) return
    ending = true
    void simulator.close().finally(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  console.log(`phone ${simulator.url}/`)
  console.log(`automation ${simulator.automationUrl}`)
  console.log('ready')
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException & { port?: number }
  const taken = (error as { port?: number }).port
  fail(
    code === 'EADDRINUSE'
      ? `port ${taken} is taken: end the program that has it, or give another one (--port, --automation-port)`
      : message,
  )
}
