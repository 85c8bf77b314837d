// The columns of merchants.csv.
import { readHeaderOf, type Columns } from './columns.ts'

/** What somebody saw of a merchant on WeChat Pay's console, and when: one look, recorded as evidence. */
export const checkColumnNames = ['gold_plan_jsapi', 'receipt', 'advertising', 'ad_filter', 'checked_at'] as const
export const columnNames = [
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

/** Position of each column in the file; absent optional columns are absent here. */
export type Header = ReadonlyMap<ColumnName, number>

export const merchantColumns: Columns<ColumnName> = {
  names: columnNames,
  required: ['sub_mchid', 'name', 'region_code'],
  alsoCalled: {
    商户号: 'sub_mchid',
    特约商户号: 'sub_mchid',
    mchid: 'sub_mchid',
    商户名称: 'name',
    名称: 'name',
    商户简称: 'short_name',
    简称: 'short_name',
    行业: 'industry',
    地区: 'region_code',
    地区编码: 'region_code',
    区划代码: 'region_code',
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
