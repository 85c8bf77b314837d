// 同业过滤标签: the 36 IndustryType values of WeChat Pay's set-advertising-industry-filter, in the order of its page
// (https://pay.weixin.qq.com/doc/v3/partner/4012473784; the count is checked against wechatpay-java's IndustryType.java).
// POTOGRAPHY, BUSSINESS and INDUSTY are WeChat Pay's own spellings and must be sent as they are.

interface IndustryLabel {
  code: IndustryCode
  label_zh: string
  label_en: string
}

const TABLE = [
  ['E_COMMERCE', '综合电商平台', 'E-commerce platforms'],
  ['LOVE_MARRIAGE', '婚恋', 'Dating and marriage'],
  ['POTOGRAPHY', '摄影摄像机构及服务', 'Photography and video services'],
  ['EDUCATION', '教育', 'Education'],
  ['FINANCE', '金融', 'Finance'],
  ['TOURISM', '旅游', 'Tourism'],
  ['SKINCARE', '护肤彩妆', 'Skincare and make-up'],
  ['FOOD', '食品', 'Food products'],
  ['SPORT', '运动户外', 'Sports and outdoors'],
  ['JEWELRY_WATCH', '珠宝钟表', 'Jewellery and watches'],
  ['HEALTHCARE', '医疗健康', 'Health care'],
  ['BUSSINESS', '商务服务', 'Business services'],
  ['PARENTING', '亲子', 'Parenting'],
  ['CATERING', '餐饮美食', 'Restaurants and catering'],
  ['RETAIL', '零售百货', 'Retail and department stores'],
  ['SERVICES', '生活服务', 'Local services'],
  ['LAW', '法律服务', 'Legal services'],
  ['ESTATE', '房地产', 'Real estate'],
  ['TRANSPORTATION', '交通运输', 'Transport'],
  ['ENERGY_SAVING', '节能环保', 'Energy saving and environment'],
  ['SECURITY', '安全安保', 'Safety and security'],
  ['BUILDING_MATERIAL', '家居装修建材', 'Home decoration and building materials'],
  ['COMMUNICATION', '通讯及IT服务', 'Telecom and IT services'],
  ['MERCHANDISE', '日用百货', 'Daily goods'],
  ['ASSOCIATION', '机构协会', 'Institutions and associations'],
  ['COMMUNITY', '网络资讯及社区', 'Online news and communities'],
  ['ONLINE_AVR', '在线视听与阅读', 'Online audio, video and reading'],
  ['WE_MEDIA', '自媒体', 'Independent media'],
  ['CAR', '汽车', 'Cars'],
  ['SOFTWARE', '软件工具', 'Software tools'],
  ['GAME', '游戏', 'Games'],
  ['CLOTHING', '服饰鞋帽箱包', 'Clothing, shoes and bags'],
  ['INDUSTY', '工业工程', 'Industry and engineering'],
  ['AGRICULTURE', '农林牧渔', 'Agriculture, forestry and fishery'],
  ['PUBLISHING_MEDIA', '出版传媒', 'Publishing and media'],
  ['HOME_DIGITAL', '数码家电', 'Home electronics'],
] as const satisfies readonly (readonly [code: string, chinese: string, english: string])[]

export type IndustryCode = (typeof TABLE)[number][0]

export const INDUSTRIES: readonly IndustryLabel[] = TABLE.map(([code, label_zh, label_en]) => ({ code, label_zh, label_en }))

/** At most this many tags a merchant; a new call overwrites, zero cannot be sent. */
export const MAX_FILTER_INDUSTRIES = 3

export const isIndustryCode = (code: string): code is IndustryCode => INDUSTRIES.some(industry => industry.code === code)

/** Label of a tag in the language of the screen; an unknown code (a newer value of WeChat Pay) is shown as it is. */
export function industryLabel(code: string, language: 'zh-CN' | 'en'): string {
  const industry = INDUSTRIES.find(candidate => candidate.code === code)
  if (!industry) return code
  return language === 'en' ? industry.label_en : industry.label_zh
}
