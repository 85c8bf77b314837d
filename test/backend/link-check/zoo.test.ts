// Every kind of bad link, on real TLS servers.
import { type AddressInfo, createServer as createPlainServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { against, authorities, goodPage, host, notReached, openZoo, page, SHOP, type Answers, type Zoo } from './zoo.ts'

let zoo: Zoo
beforeAll(async () => {
  zoo = await openZoo()
})
afterAll(() => zoo.close())
afterEach(() => {
  zoo.answer(page())
  zoo.lead({})
})

const redirect = (location: string, status = 302) => page('', { location }, status)
const at = (path: string) => `https://${host}:${zoo.port}${path}`

describe('a good link', () => {
  test('given a page with nothing wrong, then nothing is said against it and its order was asked for as WeChat asks', async () => {
    zoo.answer({ '/receipt': page(), '/verify_1.txt': page('code', { 'content-type': 'text/plain' }) })
    const seen = await zoo.look({ verification_file: 'verify_1.txt' })
    expect([against(seen), notReached(seen), seen.verdict]).toEqual([[], [], 'fine'])
    expect(seen.first_byte_ms).toBeLessThanOrEqual(seen.total_ms!)
    expect(zoo.arrived[0]).toMatch(new RegExp(`^${host} /receipt\\?sub_mch_id=${SHOP}&out_trade_no=\\w+&check_code=0{32}$`))
  })
  test('given the page comes compressed, then it is read', async () => {
    zoo.answer(page(gzipSync(goodPage), { 'content-encoding': 'gzip' }))
    expect(against(await zoo.look())).toEqual([])
  })
  test('given WeChat is named in frame-ancestors, then X-Frame-Options beside it is a warning only', async () => {
    zoo.answer(page(goodPage, { 'content-security-policy': "frame-ancestors 'self' https://*.weixin.qq.com", 'x-frame-options': 'DENY' }))
    const seen = await zoo.look()
    expect([against(seen), seen.verdict]).toEqual([['framing FRAMING_FORBIDDEN_X_FRAME_OPTIONS'], 'warning'])
  })
  test("given the words stand in the page's own script, then they are found there; another's script is not fetched", async () => {
    const shell = '<!doctype html><script src="app.js"></script><script src="https://cdn.example.net/x.js"></script>'
    zoo.answer({ '/h5/receipt': page(shell), '/h5/app.js': page(goodPage, { 'content-type': 'text/javascript' }) })
    expect(against(await zoo.look({ path: '/h5/receipt' }))).toEqual([])
    expect(zoo.resolved).toEqual([host])
  })
  test('given a query or a fragment in the link, then it is noted', async () => {
    expect(against(await zoo.look({ path: '/receipt?store=1' }))).toEqual(['answer QUERY_IN_LINK'])
    expect(zoo.arrived[0]).toContain('/receipt?store=1&sub_mch_id=')
    expect(against(await zoo.look({ path: '/#/receipt' }))).toEqual(['answer FRAGMENT_IN_LINK'])
  })
})

describe('certificates', () => {
  const { root, between, stranger } = authorities
  const twoStep = (names: string[], validity?: { from?: number; to?: number }) => {
    const { certificate, key } = between.issue(names, validity)
    return { cert: certificate + between.certificate, key }
  }
  const alone = (names: string[]) => {
    const { certificate, key } = between.issue(names)
    return { cert: certificate, key }
  }
  const foreign = () => {
    const { certificate, key } = stranger.issue([host])
    return { cert: certificate + stranger.certificate, key }
  }
  test.each([
    ['an expired one', () => twoStep([host], { from: -90, to: -1 }), 'CERTIFICATE_EXPIRED'],
    ['one that begins tomorrow', () => twoStep([host], { from: 1, to: 90 }), 'CERTIFICATE_NOT_YET_VALID'],
    ['one of another name', () => twoStep(['other.example.com']), 'CERTIFICATE_OTHER_NAME'],
    ['one without its intermediate', () => alone([host]), 'CERTIFICATE_CHAIN_INCOMPLETE'],
    ['one of an authority that nobody knows', foreign, 'CERTIFICATE_UNTRUSTED'],
    [
      'one that signed itself',
      () => ({ cert: root.certificate.replace(root.certificate, stranger.certificate), key: stranger.key }),
      'CERTIFICATE_UNTRUSTED',
    ],
  ])('given %s, then it is named and nothing is asked of the server', async (_name, make, code) => {
    const bad = await openZoo(make())
    const seen = await bad.look()
    await bad.close()
    expect([against(seen), seen.verdict, bad.arrived]).toEqual([[`certificate ${code}`], 'error', []])
    expect(notReached(seen)).toEqual(expect.arrayContaining(['answer', 'framing', 'script', 'ready', 'jump']))
  })
  test('given one that ends in 10 days, then its days are counted; given one that lives longer than Apple takes, then that', async () => {
    const [soon, long] = [await openZoo(twoStep([host], { to: 10.5 })), await openZoo(twoStep([host], { to: 800 }))]
    const [first, second] = [await soon.look(), await long.look()]
    await Promise.all([soon.close(), long.close()])
    expect(first.findings.find(({ part }) => part === 'certificate')).toMatchObject({
      code: 'CERTIFICATE_EXPIRES_SOON',
      values: { days: 10 },
    })
    expect(against(second)).toEqual(['certificate CERTIFICATE_TOO_LONG_LIVED'])
  })
  test('given a server that speaks no TLS, or hangs up, or is not there, then each is named', async () => {
    const plain = createPlainServer(
      socket =>
        void socket
          .on('error', () => {})
          .resume()
          .end('HTTP/1.1 200 OK\r\n\r\n'),
    )
    await new Promise<void>(done => plain.listen(0, '127.0.0.1', done))
    const { port } = plain.address() as AddressInfo
    const to = async (port: number) => {
      const { inspectLink } = await import('../../../backend/link-check/inspect.ts')
      const reach = { resolve: async () => ['127.0.0.1'], mayVisit: () => true, ports: [port], roots: undefined, budgetMs: 5_000 }
      const link = new URL(`https://${host}:${port}/`)
      return inspectLink(link, { sub_mchid: SHOP, verification_file: null, hosts: [host], reach, now: new Date() })
    }
    expect(against(await to(port))).toEqual(['certificate TLS_FAILED'])
    await new Promise<void>(done => void plain.close(() => done()))
    expect(against(await to(port))).toEqual(['address CONNECTION_FAILED'])
  })
})

describe('redirects', () => {
  test('given a redirect within the registered hosts, then it is followed and named, and a lost order is an error', async () => {
    zoo.answer({ '/receipt': redirect(`https://www.example.com:${zoo.port}/r`, 301), '/r': page() })
    const seen = await zoo.look()
    expect(against(seen)).toEqual(['redirect REDIRECTED', 'redirect REDIRECT_LOSES_ORDER'])
    expect(seen.findings.find(({ code }) => code === 'REDIRECTED')!.values).toEqual({ host: 'www.example.com', status: 301 })
  })
  test.each([
    ['to plain http', () => `http://${host}/receipt`, 'REDIRECT_NOT_HTTPS'],
    ['to a login page', () => at('/login?next=/receipt'), 'REDIRECT_TO_LOGIN'],
    ["to WeChat's authorisation", () => 'https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx1', 'REDIRECT_TO_LOGIN'],
    ['to a host of somebody else', () => 'https://evil.example.net/', 'REDIRECT_LEAVES_HOSTS'],
    ['to another port', () => `https://${host}:22/`, 'REDIRECT_LEAVES_HOSTS'],
    ['to a file', () => 'file:///etc/passwd', 'REDIRECT_NOT_HTTPS'],
    ['to itself', () => at('/receipt?x=1'), 'REDIRECT_LOOP'],
  ])('given a redirect %s, then it is not followed', async (_name, to, code) => {
    zoo.answer((request, response) => redirect(to())(request, response))
    const seen = await zoo.look()
    expect(against(seen).at(-1)).toBe(`redirect ${code}`)
    expect([seen.verdict, zoo.resolved]).toEqual(['error', [host]])
    expect(zoo.arrived.length).toBeLessThanOrEqual(2)
  })
  test('given redirects without end, each to a new place, then it stops after five', async () => {
    let hop = 0
    zoo.answer((request, response) => redirect(at(`/${(hop += 1)}`))(request, response))
    expect(against(await zoo.look()).at(-1)).toBe('redirect REDIRECT_LOOP')
    expect(zoo.arrived).toHaveLength(6)
  })
  test.each([
    '127.0.0.2',
    '10.0.0.1',
    '169.254.169.254',
    '100.100.100.200',
    '0.0.0.0',
    '2130706434',
    '0x7f.2',
    '017700000002',
    '192.168.1.1',
    '[::1]',
    '[::ffff:10.0.0.1]',
    '[64:ff9b::a00:1]',
    '[fe80::1]',
    '[fd00::1]',
  ])('given a redirect to https://%s/, then no connection is made there', async address => {
    zoo.answer(redirect(`https://${address}/latest/meta-data/`))
    const seen = await zoo.look()
    expect([against(seen), zoo.resolved]).toEqual([['redirect ADDRESS_NOT_PUBLIC'], [host]])
  })
  test('given a redirect to a registered name that leads inside, then it is refused there', async () => {
    zoo.lead({ 'www.example.com': ['10.1.2.3'] })
    zoo.answer(redirect(`https://www.example.com:${zoo.port}/receipt`))
    expect(against(await zoo.look())).toContain('address ADDRESS_NOT_PUBLIC')
    expect(zoo.arrived).toHaveLength(1)
  })
})

describe('names', () => {
  test('given a name that answers differently the second time, then it is asked once and every connection goes to the first answer', async () => {
    let asked = 0
    zoo.lead({ [host]: () => ((asked += 1) === 1 ? ['127.0.0.1'] : ['10.0.0.1']) })
    zoo.answer({
      '/receipt': redirect(at('/r?out_trade_no=1')),
      '/r': page('<!doctype html><script src="/app.js"></script>'),
      '/app.js': page(goodPage, { 'content-type': 'text/javascript' }),
      '/v.txt': page('code', { 'content-type': 'text/plain' }),
    })
    const seen = await zoo.look({ verification_file: 'v.txt' })
    expect([against(seen), zoo.resolved]).toEqual([['redirect REDIRECTED'], [host]])
    expect(zoo.arrived).toHaveLength(4)
  })
  test.each([
    ['a private address', ['192.168.0.10']],
    ['a public and a private one', ['93.184.216.34', '10.0.0.1']],
    ['loopback of IPv6', ['::1']],
    ['a mapped address', ['::ffff:169.254.169.254']],
    ['no address at all', ['not-an-address']],
  ])('given a name with %s, then it is not visited', async (_name, addresses) => {
    zoo.lead({ [host]: addresses })
    expect(against(await zoo.look())).toEqual(['address ADDRESS_NOT_PUBLIC'])
    expect(zoo.arrived).toEqual([])
  })
  test('given a name that nobody has, then so', async () => {
    zoo.lead({
      [host]: () => {
        throw new Error('ENOTFOUND')
      },
    })
    expect(against(await zoo.look())).toEqual(['address NAME_NOT_FOUND'])
  })
})

describe('answers', () => {
  test.each([
    ['403', page('no', {}, 403), ['answer STATUS_NOT_200']],
    ['an empty page without a type', page('', { 'content-type': '' }), ['answer NOT_HTML', 'script SCRIPT_MISSING', 'ready READY_MISSING']],
    ['2 MB', page(`${goodPage}${'x'.repeat(2 * 1024 * 1024)}`), ['answer TOO_LARGE']],
    [
      'a gzip bomb of 200 MB',
      page(gzipSync(Buffer.alloc(200 * 1024 * 1024)), { 'content-encoding': 'gzip' }),
      ['answer TOO_LARGE', 'script SCRIPT_MISSING', 'ready READY_MISSING'],
    ],
    ['what is not gzip as gzip', page(goodPage, { 'content-encoding': 'gzip' }), ['answer ANSWER_BROKEN']],
    ['an encoding that nobody asked for', page(goodPage, { 'content-encoding': 'zstd' }), ['answer ANSWER_BROKEN']],
    ['headers without end', page(goodPage, { 'x-long': 'x'.repeat(20_000) }), ['answer ANSWER_BROKEN']],
  ])('given %s, then it is named', async (_name, answers, said) => {
    zoo.answer(answers)
    expect(against(await zoo.look())).toEqual(said)
  })
  test.each(['<!--', '<script ', '<script src="', '<script src=', "'action':", 'action: ', "{action:'jumpOut'"])(
    'given almost 1 MB of %s, then it is judged like any other page',
    async piece => {
      zoo.answer(page(piece.repeat(Math.floor(1_000_000 / piece.length))))
      expect(against(await zoo.look())).toEqual(expect.arrayContaining(['script SCRIPT_MISSING', 'ready READY_MISSING']))
    },
  )
  test('given half of the page that was announced, then it is broken', async () => {
    zoo.answer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '5000' })
      response.write('<html>', () => response.destroy())
    })
    expect(against(await zoo.look())).toEqual(['answer ANSWER_BROKEN'])
  })
  test('given a page that fails only when it is asked with an order, then that is said', async () => {
    zoo.answer((request, response) => page(goodPage, {}, request.url!.includes('out_trade_no') ? 500 : 200)(request, response))
    const seen = await zoo.look()
    expect(seen.findings.find(({ part }) => part === 'answer')).toMatchObject({
      code: 'ORDER_QUERY_NOT_TOLERATED',
      values: { status: 500 },
    })
  })
  const drip: Answers = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    const dripping = setInterval(() => response.write('x'), 20)
    response.once('close', () => clearInterval(dripping))
  }
  test.each([
    ['never answers', () => {}],
    ['drips a byte at a time without end', drip],
  ])('given a server that %s, then the time ends it', async (_name, answers) => {
    zoo.answer(answers)
    const seen = await zoo.look({ reach: { budgetMs: 400 } })
    expect([against(seen), seen.verdict]).toEqual([['time TIMED_OUT'], 'error'])
  })
  test('given a resolver that never answers, then the time ends it', async () => {
    expect(against(await zoo.look({ reach: { budgetMs: 200, resolve: () => new Promise(() => {}) } }))).toEqual(['time TIMED_OUT'])
  })
  test('given a page, then nothing of its body is in what is answered', async () => {
    zoo.answer(page(goodPage.replace('more</button>', 'secret-text</button>'), { 'x-secret': 'secret-text' }))
    expect(JSON.stringify(await zoo.look({ path: '/receipt?token=secret-text' }))).not.toContain('secret-text')
  })
})

describe('what the page holds', () => {
  test.each([
    ['X-Frame-Options: SAMEORIGIN', goodPage, { 'x-frame-options': 'SAMEORIGIN' }, ['framing FRAMING_FORBIDDEN_X_FRAME_OPTIONS']],
    [
      'frame-ancestors self',
      goodPage,
      { 'content-security-policy': "default-src *; frame-ancestors 'self'" },
      ['framing FRAMING_FORBIDDEN_CSP'],
    ],
    ['no script of WeChat', goodPage.replace('jgoldplan-1.0.0.js', 'other.js'), {}, ['script SCRIPT_MISSING']],
    ['the script over http', goodPage.replace('https://wx.gtimg', 'http://wx.gtimg'), {}, ['script SCRIPT_MISSING']],
    ['no onIframeReady', goodPage.replace('onIframeReady', 'ready'), {}, ['ready READY_MISSING']],
    ['everything in a comment', `<!doctype html><!-- ${goodPage} -->`, {}, ['script SCRIPT_MISSING', 'ready READY_MISSING']],
    [
      'a jumpOut without a click',
      goodPage.replace('addEventListener', 'x').replace("'click'", "'load'").replaceAll('more', 'm'),
      {},
      ['jump JUMP_SEEMS_AUTOMATIC'],
    ],
  ])('given %s, then it is named', async (_name, body, headers, said) => {
    zoo.answer(page(body, headers as Record<string, string>))
    expect(against(await zoo.look())).toEqual(said)
  })
  test.each([
    ['is not there', page('', {}, 404), 'VERIFICATION_FILE_MISSING'],
    ['is redirected', page('', { location: '/' }, 302), 'VERIFICATION_FILE_REDIRECTED'],
    ['is the page of an app', page(goodPage), 'VERIFICATION_FILE_IS_PAGE'],
  ])('given the verification file %s, then it is named, and it was looked for beside the link', async (_name, answers, code) => {
    zoo.answer({ '/h5/pay/receipt.html': page(), '/h5/pay/code.txt': answers })
    const seen = await zoo.look({ path: '/h5/pay/receipt.html', verification_file: 'code.txt' })
    expect(against(seen)).toEqual([`verification_file ${code}`])
    expect(zoo.arrived).toContain(`${host} /h5/pay/code.txt`)
  })
})
