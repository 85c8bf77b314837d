// 同业过滤标签: the 36 IndustryType values of WeChat Pay's set-advertising-industry-filter, in the order of its page
// (https://pay.weixin.qq.com/doc/v3/partner/4012473784; the count is checked against wechatpay-java's IndustryType.java).
// POTOGRAPHY, BUSSINESS and INDUSTY are WeChat Pay's own spellings and must be sent as they are.

export interface IndustryLabel {
  code: string
  label_zh: string
  label_en: string
}

export const INDUSTRIES = [
  { code: 'E_COMMERCE', label_zh: '综合电商平台', label_en: 'E-commerce platforms' },
  { code: 'LOVE_MARRIAGE', label_zh: '婚恋', label_en: 'Dating and marriage' },
  { code: 'POTOGRAPHY', label_zh: '摄影摄像机构及服务', label_en: 'Photography and video services' },
  { code: 'EDUCATION', label_zh: '教育', label_en: 'Education' },
  { code: 'FINANCE', label_zh: '金融', label_en: 'Finance' },
  { code: 'TOURISM', label_zh: '旅游', label_en: 'Tourism' },
  { code: 'SKINCARE', label_zh: '护肤彩妆', label_en: 'Skincare and make-up' },
  { code: 'FOOD', label_zh: '食品', label_en: 'Food products' },
  { code: 'SPORT', label_zh: '运动户外', label_en: 'Sports and outdoors' },
  { code: 'JEWELRY_WATCH', label_zh: '珠宝钟表', label_en: 'Jewellery and watches' },
  { code: 'HEALTHCARE', label_zh: '医疗健康', label_en: 'Health care' },
  { code: 'BUSSINESS', label_zh: '商务服务', label_en: 'Business services' },
  { code: 'PARENTING', label_zh: '亲子', label_en: 'Parenting' },
  { code: 'CATERING', label_zh: '餐饮美食', label_en: 'Restaurants and catering' },
  { code: 'RETAIL', label_zh: '零售百货', label_en: 'Retail and department stores' },
  { code: 'SERVICES', label_zh: '生活服务', label_en: 'Local services' },
  { code: 'LAW', label_zh: '法律服务', label_en: 'Legal services' },
  { code: 'ESTATE', label_zh: '房地产', label_en: 'Real estate' },
  { code: 'TRANSPORTATION', label_zh: '交通运输', label_en: 'Transport' },
  { code: 'ENERGY_SAVING', label_zh: '节能环保', label_en: 'Energy saving and environment' },
  { code: 'SECURITY', label_zh: '安全安保', label_en: 'Safety and security' },
  { code: 'BUILDING_MATERIAL', label_zh: '家居装修建材', label_en: 'Home decoration and building materials' },
  { code: 'COMMUNICATION', label_zh: '通讯及IT服务', label_en: 'Telecom and IT services' },
  { code: 'MERCHANDISE', label_zh: '日用百货', label_en: 'Daily goods' },
  { code: 'ASSOCIATION', label_zh: '机构协会', label_en: 'Institutions and associations' },
  { code: 'COMMUNITY', label_zh: '网络资讯及社区', label_en: 'Online news and communities' },
  { code: 'ONLINE_AVR', label_zh: '在线视听与阅读', label_en: 'Online audio, video and reading' },
  { code: 'WE_MEDIA', label_zh: '自媒体', label_en: 'Independent media' },
  { code: 'CAR', label_zh: '汽车', label_en: 'Cars' },
  { code: 'SOFTWARE', label_zh: '软件工具', label_en: 'Software tools' },
  { code: 'GAME', label_zh: '游戏', label_en: 'Games' },
  { code: 'CLOTHING', label_zh: '服饰鞋帽箱包', label_en: 'Clothing, shoes and bags' },
  { code: 'INDUSTY', label_zh: '工业工程', label_en: 'Industry and engineering' },
  { code: 'AGRICULTURE', label_zh: '农林牧渔', label_en: 'Agriculture, forestry and fishery' },
  { code: 'PUBLISHING_MEDIA', label_zh: '出版传媒', label_en: 'Publishing and media' },
  { code: 'HOME_DIGITAL', label_zh: '数码家电', label_en: 'Home electronics' },
] as const satisfies readonly IndustryLabel[]

export type IndustryCode = (typeof INDUSTRIES)[number]['code']

/** At most this many tags a merchant; a new call overwrites, zero cannot be sent. */
export const MAX_FILTER_INDUSTRIES = 3

export const isIndustryCode = (code: string): code is IndustryCode => INDUSTRIES.some(industry => industry.code === code)

/** Label of a tag in the language of the screen; an unknown code (a newer value of WeChat Pay) is shown as it is. */
export function industryLabel(code: string, language: 'zh-CN' | 'en'): string {
  const industry = INDUSTRIES.find(candidate => candidate.code === code)
  if (!industry) return code
  return language === 'en' ? industry.label_en : industry.label_zh
}
