import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { request } from 'undici'
import { fileClock } from '../../../backend/platform/clock.ts'
import type { Panel } from '../../../dev/sandbox/panel.ts'
import { startSandbox, type Sandbox } from '../../../dev/sandbox/index.ts'
import { SHOP, SP_MCHID, send } from './support.ts'

const HOUR = 3_600_000
const folder = () => mkdtempSync(join(tmpdir(), 'goldplan-sandbox-'))

describe('arranging the sandbox over HTTP', () => {
  let sandbox: Sandbox
  const clockFile = join(folder(), 'clock')
  beforeAll(async () => {
    sandbox = await startSandbox({ spMchid: SP_MCHID, clockFile })
  })
  afterAll(() => sandbox.close())

  it('given a script for a link, then the page of the payment does not open', async () => {
    for (const rest of ['', '&out_trade_no=S1&check_code=x']) {
      const { statusCode, body } = await request(`${sandbox.url}/customer?sub_mch_id=${SHOP}&link=javascript:alert(1)${rest}`)
      expect([statusCode, await body.text()]).toEqual([400, 'link: an http or https address'])
    }
  })

  const call = async (
    method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const answer = await request(`${sandbox.controlUrl}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.body.text()
    return {
      status: answer.statusCode,
      body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>),
      headers: answer.headers,
    }
  }
  const panel = async (id?: string, value?: string) =>
    (await call(id ? 'POST' : 'GET', `/panel${id ? `/${id}` : ''}`, id && { value })).body as unknown as Panel
  const valueOf = (shown: Panel, id: string) => shown.controls.find(control => control.id === id)?.value

  it('given the panel, then it offers role, merchant, scenario, provider and time, and tells the phone its code', async () => {
    const shown = await panel()
    expect(shown.controls.map(({ id, type }) => `${id} ${type}`)).toEqual([
      'role select',
      'sub_mchid text',
      'scenario select',
      'provider select',
      'receipt_link select',
      'default_open select',
      'language select',
      'advance_5_minutes action',
      'advance_21_hours action',
      'advance_24_hours action',
      'clock_reset action',
    ])
    expect(shown.phone).toEqual({ loginCode: 'demo-field_agent', clockOffsetMs: 0 })
    for (const { type, options, value } of shown.controls) {
      if (type === 'select') expect(options!.map(option => option.value)).toContain(value)
    }
  })

  it('given a person chooses another role, then wx.login gives its code', async () => {
    expect((await panel('role', 'demo-unbound')).phone.loginCode).toBe('demo-unbound')
    expect((await panel()).phone.loginCode).toBe('demo-unbound')
  })

  it('given a merchant and a scenario, then WeChat Pay answers that merchant accordingly', async () => {
    await panel('sub_mchid', '1900000110')
    expect(valueOf(await panel('scenario', 'punished'), 'scenario')).toBe('punished')
    const body = JSON.stringify({ sub_mchid: '1900000110', operation_type: 'OPEN', operation_pay_scene: 'JSAPI' })
    expect((await send(sandbox, { body })).body).toMatchObject({ message: '特约商户被处罚中' })
    expect((await send(sandbox)).status).toBe(200)
    expect(valueOf(await panel('sub_mchid', SHOP), 'scenario')).toBe('normal')
  })

  it('given the provider is switched, then it shows and works', async () => {
    expect(valueOf(await panel('provider', 'punished'), 'provider')).toBe('punished')
    await panel('language', 'en')
    expect((await send(sandbox)).body).toMatchObject({ message: 'mch punished' })
    await panel('provider', 'normal')
    expect(sandbox.control.provider()).toMatchObject({ status: 'normal', language: 'en' })
    await panel('default_open', 'yes')
    await panel('receipt_link', 'no')
    expect(sandbox.control.provider()).toMatchObject({ default_open: true, receipt_link_configured: false })
  })

  it('given the time is moved, then the file, the backend’s clock and the phone move with it', async () => {
    expect((await panel('advance_21_hours')).phone.clockOffsetMs).toBe(21 * HOUR)
    expect((await panel('advance_5_minutes')).phone.clockOffsetMs).toBe(21 * HOUR + 300_000)
    expect(readFileSync(clockFile, 'utf8')).toBe(String(21 * HOUR + 300_000))
    const ahead = fileClock(clockFile).now().getTime() - Date.now()
    expect(Math.round(ahead / 60_000)).toBe(21 * 60 + 5)
    expect((await panel('clock_reset')).phone.clockOffsetMs).toBe(0)
    expect(readFileSync(clockFile, 'utf8')).toBe('0')
    expect((await call('POST', '/clock', { advance_ms: 5000 })).body).toMatchObject({ offset_ms: 5000 })
    await call('POST', '/clock', { set: '2026-11-23T10:00:00+08:00' })
    expect(sandbox.control.clock.now().toISOString()).toMatch(/^2026-11-23T02:00:0/)
    expect((await call('POST', '/clock', { reset: true })).body).toMatchObject({ offset_ms: 0 })
  })

  it('given something that does not exist, then it says so and changes nothing', async () => {
    for (const [id, value] of [
      ['scenario', 'nonsense'],
      ['scenario', 'toString'],
      ['role', 'root'],
      ['sub_mchid', 'abc'],
      ['provider', 'x'],
      ['nothing', ''],
    ]) {
      expect((await call('POST', `/panel/${id}`, { value })).status).toBe(400)
    }
    expect((await call('PUT', `/merchants/${SHOP}`, { scenario: 'nonsense' })).status).toBe(400)
    expect((await call('POST', '/clock', {})).status).toBe(400)
    expect((await call('PUT', '/provider', { status: 'nonsense' })).status).toBe(400)
    expect((await call('PUT', '/wechat', { status: 'nonsense' })).status).toBe(400)
    expect((await call('GET', '/nothing')).status).toBe(404)
    expect(sandbox.control.merchant(SHOP).scenario).toBe('normal')
  })

  it('given many merchants at once, then all are known with what is believed of them', async () => {
    const closed_at = '2026-11-22T10:00:00.000Z'
    await call('PUT', '/merchants', {
      '1900000150': { receipt: 'open' },
      '1900000151': { gold_plan: { JSAPI: { status: 'closed', closed_at } } },
    })
    expect((await call('GET', '/merchants/1900000150')).body).toMatchObject({ receipt: 'open' })
    expect((await call('GET', '/merchants/1900000151')).body).toMatchObject({ closed_at })
  })

  it('given calls were made, then the journal shows them without Authorization, and forgets on demand', async () => {
    await call('PUT', '/provider', { receipt_link_configured: true, default_open: false })
    await call('DELETE', '/requests')
    await send(sandbox)
    const seen = (await call('GET', '/requests')).body as { items: Record<string, unknown>[] }
    expect(seen.items).toMatchObject([{ method: 'POST', sub_mchid: SHOP, scenario: 'normal', changed: true, http_status: 200 }])
    expect(JSON.stringify(seen)).not.toContain('signature')
  })

  it('given a page from elsewhere or a foreign host name, then the controls stay shut', async () => {
    expect((await call('GET', '/panel', undefined, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await call('GET', '/panel', undefined, { host: 'evil.example' })).status).toBe(403)
    const ours = await call('OPTIONS', '/panel', undefined, { origin: 'http://127.0.0.1:8080' })
    expect([ours.status, ours.headers['access-control-allow-origin']]).toEqual([204, 'http://127.0.0.1:8080'])
  })
})

describe('a sandbox that is started again on its folder', () => {
  it('then keys, what WeChat believes and the time are as they were', async () => {
    const home = folder()
    const options = { spMchid: SP_MCHID, folder: home, clockFile: join(home, 'clock') }
    const first = await startSandbox(options)
    await send(first)
    first.control.setMerchant('1900000111', { scenario: 'slow' })
    first.control.clock.advance(HOUR)
    await first.close()
    const second = await startSandbox(options)
    expect(second.credentials).toEqual(first.credentials)
    expect(second.control.ledger(SHOP).gold_plan.JSAPI.status).toBe('open')
    expect(second.control.merchant('1900000111').scenario).toBe('slow')
    expect(second.control.clock.offset()).toBe(HOUR)
    await second.close()
    expect(statSync(join(home, 'world.json')).mode & 0o077).toBe(0)
    expect(existsSync(join(home, 'memory.json'))).toBe(true)
  })
})
