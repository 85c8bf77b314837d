// The columns of merchants.csv: what they are called, what a person is told of them, and what a new merchant has without one. Reading a cell is row.ts.
import { MAX_FILTER_INDUSTRIES } from '../../../miniprogram/shared/industries.ts'
import { readHeaderOf, type Columns } from './columns.ts'

/** In characters as a person counts them (code points). */
export const maximumLength = { name: 128, short_name: 64, address: 256 } as const
export const mostStores = 100_000

/** What a new merchant has where the file has no such column; the columns that the directory holds as they are. */
export const directoryDefaults = {
  name: '',
  short_name: '',
  industry: null,
  region_code: '',
  address: '',
  assigned_to: null,
  status: 'active',
  store_count: 1,
  receipt_link: 'provider',
} as const
export type DirectoryField = keyof typeof directoryDefaults
export const directoryFields = Object.keys(directoryDefaults) as readonly DirectoryField[]

/** What somebody saw of a merchant on WeChat Pay's console, and when: one look, recorded as evidence. */
export const checkColumnNames = ['gold_plan_jsapi', 'gold_plan_miniprogram', 'receipt', 'advertising', 'ad_filter', 'checked_at'] as const
const columnNames = [
  'sub_mchid',
  'name',
  'short_name',
  'industry',
  'region_code',
  'address',
  'assigned_to',
  'status',
  'store_count',
  'receipt_link',
  'sp_mchid',
  ...checkColumnNames,
] as const
export type ColumnName = (typeof columnNames)[number]

/** What `--help` says of each, in its order. */
export const columnHelp: Readonly<Record<ColumnName, string>> = {
  sub_mchid: '特约商户号，8 到 10 位数字',
  name: `商户名称，最多 ${maximumLength.name} 个字`,
  region_code: '所在区县，6 位行政区划代码（GB/T 2260），如 440305',
  short_name: `简称，最多 ${maximumLength.short_name} 个字`,
  industry: '行业：微信支付同业过滤标签的代码或中文名，如 CATERING 或 餐饮美食',
  address: `地址，最多 ${maximumLength.address} 个字`,
  assigned_to: '负责的员工：员工编号或显示名',
  status: 'active 正常 · suspended 暂停 · terminated 终止',
  store_count: `门店数，1 到 ${mostStores}；空：1`,
  receipt_link: '商家小票链接是谁配置的：provider 服务商 · sub_merchant 特约商户自己；空：provider',
  sp_mchid: '属于哪个服务商；没有这一列或为空：SP_MCHID，或库里唯一的服务商；有几个服务商号时是主号',
  gold_plan_jsapi: '点金计划：open 已开通 · closed 未开通 · unknown 未知 · 空：没有核对',
  gold_plan_miniprogram: '小程序场景的点金计划，同上',
  receipt: '商家小票，同上',
  advertising: '广告，同上',
  ad_filter: `同业过滤标签，最多 ${MAX_FILTER_INDUSTRIES} 个，用 ; 分开；none：没有设置`,
  checked_at: '核对时间，如 2026-11-20 或 2026-11-20 15:30（北京时间）；有以上任何一列时必填',
}

/** Position of each column in the file; absent optional columns are absent here. */
export type Header = ReadonlyMap<ColumnName, number>

export const merchantColumns: Columns<ColumnName> = {
  names: columnNames,
  required: ['sub_mchid', 'name', 'region_code'],
  alsoCalled: {
    商户号: 'sub_mchid',
    特约商户号: 'sub_mchid',
    子商户号: 'sub_mchid',
    微信商户号: 'sub_mchid',
    mchid: 'sub_mchid',
    商户名称: 'name',
    名称: 'name',
    商户全称: 'name',
    商户名: 'name',
    商户简称: 'short_name',
    简称: 'short_name',
    行业: 'industry',
    地区: 'region_code',
    地区编码: 'region_code',
    区划代码: 'region_code',
    行政区划代码: 'region_code',
    行政区划: 'region_code',
    区县代码: 'region_code',
    地区代码: 'region_code',
    adcode: 'region_code',
    地址: 'address',
    负责人: 'assigned_to',
    业务员: 'assigned_to',
    状态: 'status',
    门店数: 'store_count',
    门店数量: 'store_count',
    小票链接: 'receipt_link',
    小票链接配置方: 'receipt_link',
    服务商商户号: 'sp_mchid',
    服务商号: 'sp_mchid',
    点金计划: 'gold_plan_jsapi',
    小程序场景: 'gold_plan_miniprogram',
    小程序点金计划: 'gold_plan_miniprogram',
    商家小票: 'receipt',
    小票: 'receipt',
    广告: 'advertising',
    同业过滤: 'ad_filter',
    同业过滤标签: 'ad_filter',
    核对时间: 'checked_at',
    核对日期: 'checked_at',
  },
}

/** Reads the first record as the header of merchants.csv. @throws ImportError as readHeaderOf does */
export const readHeader = (cells: readonly string[]): Header => readHeaderOf(merchantColumns, cells)
