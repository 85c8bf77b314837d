// Writes dev/demo/README.md from the demo data itself: `npx tsx dev/demo/readme.ts > dev/demo/README.md`. A test holds the two together.
import { pathToFileURL } from 'node:url'
import { closingRequests } from './closing-requests.ts'
import { crowdSize } from './crowd.ts'
import { unlistedMerchants } from './fill-bills.ts'
import { difficultMerchants } from './difficulties.ts'
import { byRole, provider, staff } from './organisation.ts'
import { storeCodes } from './store-codes.ts'
import { visits } from './visits.ts'

/** The text of README.md. */
export function readme(): string {
  const merchants = difficultMerchants
    .toSorted((left, right) => left.sub_mchid.localeCompare(right.sub_mchid))
    .map(({ sub_mchid, name, difficulty, expect }) =>
      row([sub_mchid, shown(name), difficulty, expect.state, [expect.reason, ...expect.attention].join(', ')]),
    )
  const people = staff.map(({ display_name, role, region_codes, openid, status }) =>
    row([display_name, role, region_codes.length === 0 ? 'everything' : region_codes.join(', '), openid ?? 'none', status]),
  )
  const codes = storeCodes.map(({ content, sub_mchid, store_name }) => row([content, sub_mchid, store_name ?? '']))
  const visited = visits.map(({ sub_mchid, by, review, photos, shows }) =>
    row([sub_mchid, byRole(by).display_name, review?.result ?? 'submitted', String(photos.length), shows]),
  )
  const closings = closingRequests.map(({ sub_mchid, by, status, decided, reason }) =>
    row([sub_mchid, byRole(by).display_name, status, decided ? byRole(decided.by).display_name : '', reason]),
  )
  return `# Demo data

\`fillDemoData(database, clock)\` fills an empty database, and only an empty one, so that development, tests and a first look all see the same shops.
Every time is relative to the clock at the moment of filling, everything else is the same on every machine. History goes through the same code that records
real evidence, so each state is derived, not written. None of it is about a real shop or person.

Provider ${provider.sp_mchid} ${provider.name}. Staff:

<!-- prettier-ignore-start -->
| display name | role | regions | openid | status |
|---|---|---|---|---|
${people.join('\n')}
<!-- prettier-ignore-end -->

The role 未绑定 of the phone page belongs to nobody: \`npm start\` prints an invite code for it.

${merchants.length} merchants stand for one state or difficulty each:

<!-- prettier-ignore-start -->
| 商户号 | name | difficulty | state | reason, attention |
|---|---|---|---|---|
${merchants.join('\n')}
<!-- prettier-ignore-end -->

Visits by the checklist, with drawn photos (photos/, made by make-photos.ts); drafts are on the phone alone, so none is here:

<!-- prettier-ignore-start -->
| 商户号 | by | status | photos | shows |
|---|---|---|---|---|
${visited.join('\n')}
<!-- prettier-ignore-end -->

Requests to close a gold plan:

<!-- prettier-ignore-start -->
| 商户号 | by | status | decided by | reason |
|---|---|---|---|---|
${closings.join('\n')}
<!-- prettier-ignore-end -->

Codes that stand on their counters, for the phone page's scanner:

<!-- prettier-ignore-start -->
| code | 商户号 | store |
|---|---|---|
${codes.join('\n')}
<!-- prettier-ignore-end -->

\`console-list.csv\` is what somebody copied from WeChat Pay's console: paste it at 管理 › 平台名单, or choose the file there. Some shops are as we hold them, some differ, one look
is older than what we hold, one shop nobody knows, and some rows cannot be used.

${crowdSize.toLocaleString('en')} more, 1900100000 to 1900199999, look like a provider's directory: about 60 % in Shenzhen, the rest over several provinces, in every state.

A fortnight of trade bills is here: three merchants that pay and are not in the directory (${unlistedMerchants.map(({ sub_mchid }) => sub_mchid).join(', ')}), and one
shop of the crowd that is paid and whose receipt nobody loads, so that it is suspected.
`
}

const row = (cells: string[]): string => `| ${cells.join(' | ')} |`
const shown = (name: string): string => name.replaceAll('|', '\\|').replaceAll('<', '&lt;')

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) process.stdout.write(readme())
