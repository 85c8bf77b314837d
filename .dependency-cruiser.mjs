// Which way imports go. Types count, too: whoever needs a word of a room above it has taken that word from the wrong place.
const rooms = ['database', 'platform', 'wechatpay', 'wechat', 'http', 'company', 'evidence', 'field-work', 'directory']
const above = ['controls', 'receipts', 'link-check', 'backup', 'readiness', 'workbench', 'observations']
const anyOf = names => `(${names.join('|')})`
/** reason → what a room may be imported by: the rooms after it */
const because = {
  database: 'the database knows rows, not what they mean',
  platform: 'clock, settings, logs and the trail serve every feature and know none',
  wechatpay: 'the client of WeChat Pay is about signatures and answers; who may ask for what is decided above it',
  wechat: 'the client of WeChat knows codes and openids; whose they are is decided above it',
  http: 'what all routes share knows no route',
  company: 'who works here and where is asked by every feature; it asks none of them',
  evidence: 'a verdict follows from what was seen, whoever recorded it',
  'field-work': 'visits and photos become evidence; lists and figures read them',
  directory: 'lists show what features wrote; no list writes to WeChat Pay or to customers',
}
const arrows = rooms.map((room, index) => ({
  name: `${room} reaches up`,
  comment: because[room],
  from: {
    path: `^backend/${room}/`,
    // columns speak the contract's words, which stand in the schemas
    ...(room === 'database' && { pathNot: '^backend/database/[a-z-]*tables\\.ts$' }),
  },
  to: { path: `^backend/(${anyOf([...rooms.slice(index + 1), ...above])}/|[a-z-]+\\.ts$)` },
}))

const rule = (name, comment, from, to) => ({ name, comment, from: paths(from), to: paths(to) })
const paths = one => (typeof one === 'string' ? { path: one } : one)

export default {
  forbidden: [
    ...arrows,
    rule(
      'a top room reaches another',
      'controls, receipts, link checks and backups are asked by programs, by what looks at all of them (readiness) and by the work bench only',
      '^backend/(controls|receipts|link-check|backup|observations)/',
      { path: '^backend/((controls|receipts|link-check|backup|readiness|workbench|observations)/|[a-z-]+\\.ts$)', pathNot: '^backend/$1/' },
    ),

    rule('words of columns', 'the tables take words from schemas and nothing that runs', '^backend/database/[a-z-]*tables\\.ts$', {
      path: '^backend/(?!database/)',
      pathNot: '(schema|verdict/switches)\\.ts$',
    }),
    rule(
      'backend takes the app',
      'the backend shares miniprogram/shared, the shared/ of a package, and nothing else',
      '^backend/',
      '^(miniprogram/(?!shared/|packages/[^/]+/shared/)|simulator/|test/|scripts/)',
    ),
    rule('backend takes dev', 'nothing of dev/ ships', '^backend/', '^dev/'),
    rule('dev takes tests', 'development runs without its tests', '^dev/', '^(test|simulator)/'),
    rule('schema takes code', 'schema.ts is imported by the app for its types: TypeBox and other schemas only', '^backend/.*schema\\.ts$', {
      path: '.',
      pathNot: '^backend/.*schema\\.ts$|^miniprogram/shared/|^miniprogram/packages/[^/]+/shared/|(^|/)typebox(/|$)',
    }),
    rule(
      'gold plan',
      'controls/ is the only caller of the gold plan',
      { path: '^backend/', pathNot: '^backend/(controls|wechatpay)/' },
      '^backend/wechatpay/gold-plan\\.ts$',
    ),
    rule('simulator takes the app', 'the simulator knows nothing of this app', '^simulator/', '^(backend|dev|miniprogram|test|scripts)/'),
    rule(
      'app takes others',
      'the app imports nothing outside miniprogram/ but types',
      '^miniprogram/',
      '^(backend|dev|simulator|test|scripts)/',
    ),
    rule(
      'shared',
      'shared/ imports nothing but shared/ and types',
      '^miniprogram/(shared|packages/[^/]+/shared)/',
      '^miniprogram/(?!shared/|packages/[^/]+/shared/)',
    ),
    rule('rules', 'rules import nothing but rules, types, and the words of errors with what says them', '^miniprogram/rules/', {
      path: '^miniprogram/',
      pathNot: '^miniprogram/((shared|rules)/|words/(say|errors\\.words)\\.ts)',
    }),
    rule(
      'api',
      'api/ knows nothing of what is above it',
      '^miniprogram/api/',
      '^miniprogram/(phone|stores|behaviors|components|pages|packages)/',
    ),
    rule(
      'phone',
      'phone/ knows nothing of what is above it',
      '^miniprogram/phone/',
      '^miniprogram/(stores|behaviors|components|pages|packages)/',
    ),
    rule(
      'stores',
      'stores know nothing of pages',
      { path: '^miniprogram/stores/', pathNot: '/(create|parts)\\.ts$' },
      '^miniprogram/(behaviors|components|pages|packages)/',
    ),
    rule(
      'wiring of stores',
      'stores know nothing of pages',
      '^miniprogram/stores/',
      '^miniprogram/(behaviors|components|packages|pages/[a-z-]+/index)',
    ),
    rule(
      'components',
      'components get properties and send events',
      '^miniprogram/components/',
      '^miniprogram/(pages|packages|stores|api|phone)/',
    ),
    rule(
      'pages',
      'pages go through stores',
      { path: '^miniprogram/(pages|packages/[a-z-]+)/[a-z-]+/index\\.ts$', pathNot: '/(stores|words)/index\\.ts$' },
      '^miniprogram/api/',
    ),
    rule(
      'stores of a page',
      'stores know nothing of pages',
      '^miniprogram/(pages|packages)/.*/(stores/.*|store)\\.ts$',
      '^miniprogram/(behaviors|components|custom-tab-bar|(pages|packages/[a-z-]+)/(?!stores/|words/)[a-z-]+/index)',
    ),
  ].map(one => ({ severity: 'error', ...one })),
  options: {
    // TypeScript 7 has no API to read with; swc has, and gives types with the rest
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'miniprogram_npm' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
}
