// The words of the receipt page itself and of the samples on it: Chinese in every language of the app, because they are what customers read
// (backend/receipts/page/last.js has the same).
import type { ReceiptTemplateCode } from '../shared/receipt-blocks'

export const RECEIPT_PAGE = {
  hours: '小时',
  minutes: '分钟',
  entered: (time: string) => `${time} 入场`,
  leaveBefore: (time: string) => `请在 ${time} 前离场`,
  feeRule: (rule: string) => `收费标准：${rule}`,
}

export type SampleItems = readonly { name: string; quantity: number }[]

/** by template: what an order may hold where nothing more is known of the shop */
export const SAMPLE_ITEMS: Record<ReceiptTemplateCode, SampleItems> = {
  catering: [
    { name: '招牌套餐', quantity: 1 },
    { name: '饮料', quantity: 2 },
  ],
  parking: [{ name: '临时停车', quantity: 1 }],
  retail: [
    { name: '纯棉毛巾', quantity: 2 },
    { name: '保温杯', quantity: 1 },
  ],
  hospital: [{ name: '门诊检查', quantity: 1 }],
  school: [
    { name: '校服', quantity: 1 },
    { name: '教材', quantity: 1 },
  ],
}

const pair = (first: string, second: string): SampleItems => [
  { name: first, quantity: 1 },
  { name: second, quantity: 2 },
]

/** What a shop sells stands in its name more often than in its industry: the first that fits. */
const BY_NAME: readonly [RegExp, SampleItems][] = [
  [/茶餐厅|冰室/, pair('菠萝包', '丝袜奶茶')],
  [/奶茶|茶饮|果茶|柠檬茶|鲜茶|茶铺|茶坊/, pair('珍珠奶茶', '柠檬茶')],
  [/咖啡|coffee/i, pair('拿铁', '美式咖啡')],
  [/蛋糕|面包|烘焙|糕点/, pair('生日蛋糕', '牛角面包')],
  [/糖水|甜品|冰淇淋/, pair('杨枝甘露', '双皮奶')],
  [/火锅|串串|麻辣烫|椰子鸡/, pair('鸳鸯锅底', '肥牛')],
  [/烧烤|烤肉|烤鱼/, pair('羊肉串', '烤茄子')],
  [/汉堡|炸鸡|披萨/, pair('汉堡套餐', '薯条')],
  [/面馆|面店|拉面|面屋|面庄|牛肉面|刀削面|小面/, pair('招牌牛肉面', '卤蛋')],
  [/粉店|米粉|米线|螺蛳粉|肠粉/, pair('招牌米粉', '煎蛋')],
  [/饺子|馄饨|包子|煎饼|豆浆|早点|早餐/, pair('豆浆', '鲜肉包')],
  [/水果|果园|果蔬|生鲜/, pair('苹果', '葡萄')],
  [/药房|药店|大药/, pair('创可贴', '棉签')],
  [/花店|鲜花/, pair('玫瑰花束', '贺卡')],
  [/书店|书城|文具/, pair('笔记本', '中性笔')],
  [/洗车/, pair('精洗', '内饰清洁')],
  [/理发|美发|造型/, pair('剪发', '护理')],
]

/** IndustryType → what an order there may hold, where the template would be of another trade */
const BY_INDUSTRY: Readonly<Record<string, SampleItems>> = {
  FOOD: pair('坚果礼盒', '饼干'),
  CLOTHING: pair('T 恤', '帆布袋'),
  HOME_DIGITAL: pair('耳机', '充电器'),
  BUILDING_MATERIAL: pair('乳胶漆', '开关面板'),
  JEWELRY_WATCH: pair('项链', '表带'),
  SKINCARE: pair('面霜', '面膜'),
  SPORT: pair('羽毛球拍', '羽毛球'),
  PARENTING: pair('纸尿裤', '绘本'),
  TOURISM: pair('景区门票', '观光车票'),
  AGRICULTURE: pair('有机肥', '种子'),
  PUBLISHING_MEDIA: pair('图书', '杂志'),
  E_COMMERCE: pair('商品甲', '商品乙'),
}
const ANY_TRADE = pair('商品甲', '商品乙')

/** What an order at this shop may hold: by its name, else by its industry, else by the template that its industry has. */
export function sampleItems(name: string, industry: string | null, template: ReceiptTemplateCode | null): SampleItems {
  const byName = BY_NAME.find(([trade]) => trade.test(name))?.[1]
  return byName ?? BY_INDUSTRY[industry ?? ''] ?? (template ? SAMPLE_ITEMS[template] : ANY_TRADE)
}
