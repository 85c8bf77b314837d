// The lint that keeps Dockerfile, compose.yaml, Caddyfile and backend/operations.md true: what it takes, and what it finds in broken ones.
import { beforeAll, describe, expect, it } from '@jest/globals'
import { isInContext, readDockerfile } from '../../../scripts/checks/deployment/dockerfile.ts'
import { readDeployment, type Deployment } from '../../../scripts/checks/deployment/facts.ts'
import { judge } from '../../../scripts/checks/deployment.ts'

let real: Deployment
beforeAll(async () => {
  real = await readDeployment()
})

it('given the project as it is, then nothing is found', () => {
  expect(judge(real)).toEqual([])
})

it('given the sources, then variables, entry files and what they read are known', () => {
  expect(real.facts.variables).toEqual(expect.arrayContaining(['DATABASE_URL', 'WECHATPAY_PRIVATE_KEY', 'PHOTO_DIR', 'DATA_DIR']))
  expect(real.facts.needed).toEqual(
    expect.arrayContaining([
      'backend/main.ts',
      'backend/backup/main.ts',
      'miniprogram/shared/checklist.ts',
      'backend/company/regions/divisions.json',
    ]),
  )
  expect(real.facts.needed.filter(file => file.startsWith('dev/'))).toEqual([])
  expect([real.facts.defaultPort, real.facts.photoBytes]).toEqual([8787, 4_194_304])
})

it('given a package that is imported or loaded and not named in backend/package.json, then it is found', () => {
  const dependencies = real.facts.dependencies.filter(name => name !== 'sharp' && name !== 'pg')
  const findings = judge({ ...real, facts: { ...real.facts, dependencies } }).join('\n')
  expect(findings).toContain('does not name pg,')
  expect(findings).toContain('does not name sharp,')
})

type Part = 'dockerfile' | 'compose' | 'dockerignore' | 'caddyfile' | 'page'
const broken = (part: Part, from: string | RegExp, to: string): string[] => {
  const text = real[part].replace(from, to)
  expect(text).not.toBe(real[part])
  return judge({ ...real, [part]: text })
}

describe('a Dockerfile', () => {
  it.each<[string, string | RegExp, string, string]>([
    ['copies what is not there', 'COPY backend ./backend', 'COPY backends ./backend', 'backends is not in the project'],
    ['copies what .dockerignore leaves out', 'COPY package.json ./', 'COPY README.md ./', 'README.md is left out by .dockerignore'],
    [
      'forgets what the backend imports',
      'COPY miniprogram/shared ./miniprogram/shared\n',
      '',
      'miniprogram/shared/checklist.ts is read by the backend',
    ],
    ['copies from no stage', '--from=dependencies', '--from=deps', 'there is no stage deps'],
    ['has a moving node', /node:22[\w.-]+/g, 'node:22-slim', 'node:22-slim has no exact version'],
    ['has latest', /node:22[\w.-]+/g, 'node:latest', 'node:latest has no exact version'],
    ['has an old node', /node:22[\w.-]+/g, 'node:20.18.1-slim', 'older than engines'],
    ['runs as root', 'USER node\n', '', 'runs as root'],
    ['starts another file', '"backend/run.mjs", "backend"]', '"backend/server.mjs"]', 'CMD starts backend/server.mjs'],
    ['starts another program', '"backend/run.mjs", "backend"]', '"backend/run.mjs", "import"]', 'CMD starts backend/run.mjs'],
    ['loads TypeScript', '"backend/run.mjs", "backend"]', '"--import", "tsx", "backend/run.mjs", "backend"]', 'CMD loads TypeScript'],
    ['starts by a shell', /^CMD .*$/m, 'CMD node backend/run.mjs backend', 'not in exec form'],
    ['has another port', 'EXPOSE 8787', 'EXPOSE 3000', 'EXPOSE 3000'],
    ['asks another port for health', '127.0.0.1:8787/readyz', '127.0.0.1:3000/readyz', 'HEALTHCHECK does not ask'],
    ['sets what nothing reads', 'HOST=0.0.0.0', 'LISTEN=0.0.0.0', 'nothing reads LISTEN'],
    ['imports what is not there', 'deploy/secret-files.mjs', 'deploy/secrets.mjs', 'NODE_OPTIONS imports backend/deploy/secrets.mjs'],
    ['has a typing error', 'WORKDIR /app', 'WORKDIRR /app', 'WORKDIRR is no instruction'],
    ['has a broken list', '"backend/run.mjs", "backend"]', "'backend/run.mjs']", 'is not a list in JSON'],
  ])('that %s is found', (_what, from, to, finding) => {
    expect(broken('dockerfile', from, to).join('\n')).toContain(finding)
  })

  it('is read with continued lines, comments between them, and flags', () => {
    const [first, second] = readDockerfile(
      'ARG A=1\nFROM x:1 AS one\nRUN a \\\n# why\n  && b\nFROM one\nCOPY --from=one --chown=a:b /c /d\n',
    )
    expect([first!.name, first!.instructions[0]!.text, first!.instructions[0]!.line]).toEqual(['one', 'a && b', 3])
    expect(second!.instructions[0]).toMatchObject({ flags: { from: 'one', chown: 'a:b' }, words: ['/c', '/d'] })
    expect(() => readDockerfile('FROM x:1\nRUN a \\\n')).toThrow('in the middle')
    expect(() => readDockerfile('COPY a b\nFROM x:1\n')).toThrow('before FROM')
  })
})

describe('a compose file', () => {
  it.each<[string, string | RegExp, string, string]>([
    ['sets what nothing reads', 'SP_NAME:', 'SP_NAMES:', 'nothing reads SP_NAMES'],
    ['forgets what is needed', /^ +SP_MCHID:.*\n/m, '', 'is not given SP_MCHID'],
    [
      'writes a secret down',
      /DATABASE_URL_FILE: \/run\/secrets\/database_url/g,
      'DATABASE_URL: postgresql://a:b@c/d',
      'DATABASE_URL is a secret',
    ],
    [
      'names a secret that it does not give',
      'secrets: [database_url, wechat_app_secret,',
      'secrets: [database_url,',
      'the secret wechat_app_secret',
    ],
    ['declares no such volume', '  photos:\n', '', 'the volume photos is not declared'],
    ['declares a volume for nobody', '  photos:\n', '  photos:\n  old:\n', 'no service uses the volume old'],
    ['keeps photos elsewhere', /photos:\/data\/photos/g, 'photos:/app/photos', 'no volume keeps the photos'],
    [
      'keeps the database where it was before 18',
      'database:/var/lib/postgresql',
      'database:/var/lib/postgresql/data',
      'no volume keeps the database',
    ],
    ['has a moving image', /caddy:[\d.]+/, 'caddy:latest', 'caddy:latest has no exact version'],
    ['has another PostgreSQL than the tests', /postgres:[\d.]+/, 'postgres:17.2', 'the tests run on 18.4'],
    ['gives PostgreSQL less than what was measured', '-cshared_buffers=1GB', '-cshared_buffers=512MB', 'is not given shared_buffers'],
    ['leaves a setting of PostgreSQL out', '      - -cmax_wal_size=4GB\n', '', 'is not given max_wal_size'],
    ['has no UTF8', '--encoding=UTF8 ', '', 'is not made as UTF8'],
    ['believes others than its proxy', 'TRUST_PROXY: 172.31.87.0/24', 'TRUST_PROXY: 0.0.0.0/0', 'TRUST_PROXY 0.0.0.0/0 is not the subnet'],
    ['mounts what is not there', './backend/deploy/Caddyfile:', './Caddyfile:', 'mounts ./Caddyfile'],
    ['waits for nobody', /depends_on:\n {6}database:/, 'depends_on:\n      postgres:', 'waits for postgres'],
    ['opens the backend', '  backend:\n    build: .\n', "  backend:\n    build: .\n    ports: ['8787:8787']\n", 'must not have ports'],
    ['keeps a secret beside the sources', './secrets/pub_key.pem', './pub_key.pem', 'is not a file in ./secrets'],
    [
      'lets a key be changed without its certificate',
      /^ +WECHATPAY_MERCHANT_CERTIFICATE:.*\n/m,
      '',
      'is not given WECHATPAY_MERCHANT_CERTIFICATE',
    ],
    [
      'keeps logs for ever',
      '    image: caddy:2.10.2\n    logging: *logging\n',
      '    image: caddy:2.10.2\n',
      'proxy: its log grows without an end',
    ],
    ['has no healthcheck', /    healthcheck:\n      test: \[CMD, wget[\s\S]*?retries: 3\n/, '', 'proxy: has no healthcheck'],
    ['is no YAML', 'services:', 'services: [', 'compose.yaml:'],
  ])('that %s is found', (_what, from, to, finding) => {
    expect(broken('compose', from, to).join('\n')).toContain(finding)
  })
})

describe('what goes to the build', () => {
  it.each([
    ['secrets', '*\n', 'secrets/database_url would be sent'],
    ['.git', '*\n', '.git/config would be sent'],
    ['the data folder', '*\n', '.data/postgresql/PG_VERSION would be sent'],
    ['keys', '**/*.pem\n', 'backend/apiclient_key.pem would be sent'],
    ['installed packages', '**/node_modules\n', 'backend/node_modules/jimp/package.json would be sent'],
  ])('given a .dockerignore that lets %s in, then it is found', (_what, line, finding) => {
    const last =
      line === '*\n' ? real.dockerignore.replace(/^(\.git|\.data|secrets)\n/gm, '').replace(line, '') : real.dockerignore.replace(line, '')
    expect(judge({ ...real, dockerignore: last }).join('\n')).toContain(finding)
  })

  it('given lines that contradict each other, then the last one counts, for a folder and all in it', () => {
    const lines = '*\n!backend\n**/*.pem\nbackend/demo\n'
    const inside = (path: string) => isInContext(path, lines)
    expect(
      ['backend/a.ts', 'backend/x/b.ts', 'README.md', 'backend/k.pem', 'k.pem', 'backend/demo/a.ts', 'backend/demos.ts'].map(inside),
    ).toEqual([true, true, false, false, false, false, true])
  })
})

describe('proxy and page', () => {
  it.each<[Part, string | RegExp, string, string]>([
    ['caddyfile', 'max_size 5MB', 'max_size 4MB', 'below a photo'],
    ['caddyfile', 'protocols h1 h2', 'protocols h1 h2 h3', 'offers HTTP/3'],
    ['caddyfile', 'encode zstd gzip', '', 'compresses nothing'],
    ['caddyfile', 'fail_duration 10s', '', 'asks a backend that hangs'],
    ['caddyfile', /request>uri regexp.*/, '', 'writes queries into its log'],
    ['caddyfile', '@large header_regexp', '@large header', 'a photo that is too large'],
    ['page', 'listen 443 ssl http2;', 'listen 443 ssl;\n  http2 on;', 'unknown to nginx below 1.25.1'],
    ['caddyfile', 'port 8787', 'port 8080', "does not name the backend's port"],
    ['caddyfile', '/metrics ', '', '/metrics is open'],
    ['page', 'client_max_body_size 5m', 'client_max_body_size 1m', 'below a photo'],
    ['page', '`LOG_LEVEL`', '`LOGGING`', 'do not name LOG_LEVEL'],
    ['page', '`LOG_LEVEL`', '`LOG_LEVEL` `LOG_FILE`', 'nothing reads LOG_FILE'],
    ['page', '`max_wal_size', '`wal_size', "does not tell PostgreSQL's max_wal_size"],
    ['page', 'npm run backup', 'npm run back-up', 'package.json has no script back-up'],
  ])('given a %s with %s → %s, then %s', (part, from, to, finding) => {
    expect(broken(part, from, to).join('\n')).toContain(finding)
  })
})
