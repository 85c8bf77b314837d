import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { request } from 'undici'
import { startSandbox } from '../../../dev/sandbox/index.ts'
import { checkWechatPayConfig, readWechatPayConfig, createWechatPay } from '../../../backend/wechatpay/index.ts'
import { openJsapi } from '../../backend/wechatpay/support.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const spMchid = '1900000001'

describe('the sandbox keeps away from anything real', () => {
  it.each([
    'WECHATPAY_PRIVATE_KEY',
    'WECHATPAY_SERIAL_NO',
    'WECHATPAY_PUBLIC_KEY',
    'WECHATPAY_PLATFORM_CERTIFICATE',
    'WECHATPAY_API_V3_KEY',
    'WECHAT_APP_SECRET',
  ])('given %s is set, then it does not start and does not repeat the value', async name => {
    const failure = await startSandbox({ spMchid, environment: { [name]: 'a-real-secret' } }).catch((error: Error) => error)
    expect(failure).toMatchObject({ name: 'SandboxRefused', message: expect.stringContaining(name) })
    expect(String(failure)).not.toContain('a-real-secret')
  })

  it.each(['0.0.0.0', '::', '192.168.1.5', 'example.com', '127.0.0.1.example.com'])('given HOST=%s, then it does not start', async HOST => {
    await expect(startSandbox({ spMchid, environment: { HOST } })).rejects.toMatchObject({ name: 'SandboxRefused' })
  })

  it('given HOST=127.0.0.1, then it starts, on loopback', async () => {
    const sandbox = await startSandbox({ spMchid, environment: { HOST: '127.0.0.1' } })
    expect(new URL(sandbox.url).hostname).toBe('127.0.0.1')
    await sandbox.close()
  })
})

describe('the sandbox as a program', () => {
  const run = (args: string[], env: Record<string, string> = {}) => {
    const child = spawn(process.execPath, ['--import', 'tsx', ...args], { cwd: root, env: { PATH: process.env.PATH, ...env } })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', chunk => (stdout += chunk))
    child.stderr.on('data', chunk => (stderr += chunk))
    const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
    const firstLine = new Promise<string>((resolve, reject) => {
      child.stdout.on('data', () => stdout.includes('\n') && resolve(stdout.split('\n')[0]!))
      child.once('exit', () => reject(new Error(stderr)))
    })
    firstLine.catch(() => {}) // where the program is expected to end, only its exit code is looked at
    return { child, ended, firstLine, errors: () => stderr }
  }

  it('given it is started, then one line tells how to reach it, the backend’s settings in it are right, and SIGTERM ends it', async () => {
    const DATA_DIR = mkdtempSync(join(tmpdir(), 'goldplan-sandbox-'))
    const program = run(['dev/sandbox/main.ts'], { SANDBOX_PORT: '0', DATA_DIR, SP_MCHID: spMchid })
    const line = JSON.parse(await program.firstLine) as { sandbox: string; control: string; panel: string; env: Record<string, string> }
    expect(checkWechatPayConfig(line.env)).toEqual([])
    expect(JSON.stringify(line)).not.toContain('BEGIN')
    const client = createWechatPay(readWechatPayConfig(line.env).config!)
    expect(await openJsapi(client)).toMatchObject({ http_status: 200 })
    await client.close()
    expect((await request(line.panel)).statusCode).toBe(200)
    program.child.kill('SIGTERM')
    expect(await program.ended).toBe(0)
  })

  it('given a real secret, a wrong port or a wrong mchid, then one clear line and exit 1', async () => {
    const DATA_DIR = mkdtempSync(join(tmpdir(), 'goldplan-sandbox-'))
    for (const [env, line] of [
      [{ WECHAT_APP_SECRET: 'x' }, /WECHAT_APP_SECRET/],
      [{ SANDBOX_PORT: 'http' }, /SANDBOX_PORT/],
      [{ SP_MCHID: 'x' }, /SP_MCHID/],
    ] as const) {
      const program = run(['dev/sandbox/main.ts'], { SANDBOX_PORT: '0', DATA_DIR, ...env })
      expect(await program.ended).toBe(1)
      expect(program.errors().trim()).toMatch(line)
      expect(program.errors().trim().split('\n')).toHaveLength(1)
    }
  })

  it('given another program imports it, then that import fails', async () => {
    const program = run(['--input-type=module', '--eval', "await import('./dev/sandbox/main.ts')"])
    expect(await program.ended).toBe(1)
    expect(program.errors()).toContain('never imported')
  })
})
