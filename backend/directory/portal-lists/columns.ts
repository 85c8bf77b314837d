// The columns of a list from the console: those of merchants.csv that say what was seen there, and the number (imports/README.md). Their Chinese names
// are those of the console and of the page that takes the list.
import type { Columns } from '../imports/columns.ts'
import { checkColumnNames, merchantColumns } from '../imports/merchant-columns.ts'

/** `name` is there for whoever reads the list: it is neither compared nor kept. */
const names = ['sub_mchid', 'name', ...checkColumnNames] as const
export type ListColumn = (typeof names)[number]
const isOurs = (column: string): column is ListColumn => (names as readonly string[]).includes(column)

export const listColumns: Columns<ListColumn> = {
  names,
  required: ['sub_mchid'],
  alsoCalled: Object.fromEntries(
    Object.entries(merchantColumns.alsoCalled).flatMap(([word, column]) => (isOurs(column) ? [[word, column] as const] : [])),
  ),
  shown: {
    sub_mchid: '商户号',
    name: '商户名称',
    gold_plan_jsapi: '点金计划',
    gold_plan_miniprogram: '小程序场景',
    receipt: '商家小票',
    advertising: '广告',
    ad_filter: '同业过滤标签',
    checked_at: '核对时间',
  },
}
