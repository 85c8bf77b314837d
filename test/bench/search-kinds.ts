import type { Role } from '../../backend/http/schema.ts'
// What staff type, by kind; several of each, so that no single text is measured.

export interface Kind {
  name: string
  role: Role
  queries: readonly Readonly<Record<string, string>>[]
  /** of issue: all but 4 common characters are to answer within 20 ms */
  aim: boolean
}

const texts = (...all: string[]) => all.map(q => ({ q }))
const kind = (name: string, queries: Kind['queries'], role: Role = 'operator', aim = true): Kind => ({ name, role, queries, aim })

export const kinds: readonly Kind[] = [
  kind('no search', [{}]),
  kind('商户号 whole', texts('1000000000', '1007368787', '1014737574', '1022106361')),
  kind('商户号 prefix', texts('10073', '12345', '17777')),
  kind('商户号 last 4', texts('0109', '8787', '4321', '0007')),
  kind('1 character, common', texts('店', '馆', '茶')),
  kind('1 character, rare', texts('齉', '渝', '龘')),
  kind('2 characters, common', texts('面馆', '火锅', '奶茶', '药店')),
  kind('2 characters, rare', texts('拾光', '蓝鲸', '谷雨')),
  kind('2 characters, absent', texts('齉齉', '渝味', '龙虾尾')),
  kind('4 characters, common', texts('重庆小面', '桂林米粉', '大学城店'), 'operator', false),
  kind('4 characters, rare', texts('福记面馆', '老记火锅', '白鹭茶庄')),
  kind('6 characters', texts('潮汕牛肉火锅', '元气潮汕牛肉', '深夜麻辣香锅')),
  kind('initials', texts('kjmg', 'lwhg', 'fjmg')),
  kind('pinyin', texts('laowanghuo', 'fujimian', 'zhangji')),
  kind('filter by state', [{ state: 'blocked' }, { state: 'verified', receipt: 'open' }, { attention: 'STALE' }]),
  kind('common text in a district', texts('面馆', '奶茶', '火锅'), 'field_agent'),
  kind('rare text in a city', texts('拾光', '蓝鲸', '谷雨'), 'region_lead'),
]
