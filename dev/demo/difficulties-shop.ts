// Shops that differ in their switches (lock, receipt, ads, lost answers) or in what the directory says about them (names, places, status).
import type { Draft } from './difficult-merchant.ts'
import { beacon, checkedOnPortal, day, done, hour, minute, ordersSaid, refused, saw, visited, type PastEvidence } from './history.ts'

const unknown = { state: 'unknown', reason: 'NO_EVIDENCE', attention: [] } as const
const noRecord = { state: 'not_migrated', reason: 'NO_RECORD_OF_OPENING', attention: [] } as const
const closed = { state: 'not_migrated', reason: 'CLOSED_BY_OPERATION', attention: [] } as const
const awaiting = { state: 'enrolled', reason: 'AWAITING_VERIFICATION', attention: [] } as const
const verified = { state: 'verified', reason: 'PAGE_SEEN', attention: [] } as const
const opened = (ago: number) => done(ago, 'gold_plan.open')
const proof: readonly PastEvidence[] = [opened(15 * day), saw(14 * day, 'official_receipt')]

/** a visit every two weeks or so for more than a year: three pages of history */
const longHistory: readonly PastEvidence[] = [
  visited(420 * day, 'jsapi'),
  opened(419 * day),
  ...Array.from({ length: 44 }, (_, index) => saw((410 - index * 9) * day, index % 11 === 10 ? 'unsure' : 'official_receipt')),
]

export const switchOddities: Record<string, Draft> = {
  136: {
    name: '江边瓦罐汤',
    difficulty: '商家小票已开，点金计划未开通，顾客看不到',
    evidence: [visited(3 * day, 'jsapi'), done(2 * day, 'receipt.open')],
    expect: noRecord,
  },
  137: {
    name: '桂花糕点铺',
    industry: 'FOOD',
    difficulty: '开通小票被拒：未配置商家小票链接',
    evidence: [...proof, refused(1 * day, 'receipt.open', 'RECEIPT_LINK_MISSING', '服务商未配置商家小票链接', false)],
    expect: verified,
  },
  138: {
    name: '北斗手机店',
    industry: 'HOME_DIGITAL',
    difficulty: '开通请求的结果没有收到，结果确认中',
    evidence: [visited(1 * day, 'jsapi')],
    unsettled: { status: 'unknown', kind: 'gold_plan.open', ago: 13 * minute },
    expect: noRecord,
  },
  139: {
    name: '启明眼镜店',
    industry: 'HEALTHCARE',
    difficulty: '问了五次仍不知道结果，待人工确认',
    evidence: [visited(1 * day, 'jsapi')],
    unsettled: { status: 'unresolved', kind: 'gold_plan.open', ago: 3 * hour },
    expect: noRecord,
  },
  155: {
    name: '立夏凉皮',
    difficulty: '30 小时前主动关闭，锁已过，可以再次开通',
    evidence: [
      opened(20 * day),
      saw(19 * day, 'official_receipt'),
      done(30 * hour, 'gold_plan.close', 'operator', { reason: '商户要求停用' }),
    ],
    expect: closed,
  },
  156: {
    name: '不二汉堡店',
    difficulty: '关闭 2 分钟后的小票上报不算数（变更生效中）',
    evidence: [
      done(20 * day + minute, 'receipt.open'),
      opened(20 * day),
      saw(19 * day, 'merchant_receipt'),
      done(4 * day, 'gold_plan.close', 'operator', { reason: '商户要求停用' }),
      beacon(4 * day - 2 * minute),
    ],
    expect: closed,
  },
  157: {
    name: '潮汕牛肉丸店',
    difficulty: '微信说关闭不足 24 小时，本系统没有关闭记录，不知道从何时起',
    evidence: [visited(6 * hour, 'jsapi'), refused(5 * hour, 'gold_plan.open', 'REOPEN_LOCKED', 'sub_mch reopen less than 24h', false)],
    expect: noRecord,
  },
  158: {
    name: '闽南沙茶面',
    difficulty: '订单说是 JSAPI，第二天的拜访说不是：以订单为准',
    evidence: [ordersSaid(12 * day, 'jsapi'), visited(11 * day, 'not_jsapi')],
    expect: noRecord,
  },
  159: { name: '红砖厂咖啡', difficulty: '证据很多，要翻页', evidence: longHistory, expect: verified },
  160: {
    name: '南头古巷糖水铺',
    difficulty: '只开了小程序场景，JSAPI 没有开通',
    evidence: [visited(5 * day, 'jsapi'), done(4 * day, 'gold_plan.open', 'operator', { scene: 'miniprogram' })],
    expect: noRecord,
  },
  161: {
    name: '慢半拍面包坊',
    industry: 'FOOD',
    difficulty: '已迁移，商家小票已关闭，建议开通',
    evidence: [...proof, done(10 * day, 'receipt.close', 'field_agent', { reason: '商户暂不需要' })],
    expect: verified,
  },
  162: { name: '豫园里生煎', difficulty: '没看清支付后的页面，只知道是 JSAPI', evidence: [saw(1 * day, 'unsure')], expect: noRecord },
  163: {
    name: '元气瑜伽馆',
    industry: 'SPORT',
    difficulty: '广告已开，同业过滤 3 个标签',
    evidence: [
      ...proof,
      done(13 * day, 'ad_filter.set', 'operator', { industries: ['SPORT', 'HEALTHCARE', 'SKINCARE'] }),
      done(12 * day, 'advertising.open', 'operator'),
    ],
    expect: verified,
  },
  164: {
    name: '白露鲜花',
    industry: 'RETAIL',
    difficulty: '平台核对：点金计划和小票都已开',
    evidence: [checkedOnPortal(3 * day, { gold_plan_jsapi: 'open', receipt: 'open', note: '多年前已开通' })],
    expect: awaiting,
  },
}

export const directoryOddities: Record<string, Draft> = {
  140: {
    name: '𠮷祥𩽾𩾌海鲜酒楼与深海渔获现捞现做体验中心暨南洋风味主题餐厅（深圳湾滨海大道欢乐海岸北区临时展销一号档口）',
    short_name: '𠮷祥海鲜',
    difficulty: '名称很长，含四字节汉字',
    evidence: [...proof],
    expect: verified,
  },
  141: { name: '重庆长乐音乐餐吧', difficulty: '名称含多音字（重、长、乐）', expect: unknown },
  142: { name: '单名面馆', short_name: '', difficulty: '没有简称', expect: unknown },
  143: { name: '旧时光茶庄', industry: 'RETAIL', status: 'terminated', difficulty: '已终止的商户', evidence: [...proof], expect: verified },
  144: {
    name: '松风足浴',
    industry: 'SERVICES',
    status: 'suspended',
    difficulty: '已暂停的商户',
    evidence: [visited(50 * day, 'jsapi')],
    expect: noRecord,
  },
  145: { name: '山里人家土特产店', industry: null, difficulty: '没有行业', expect: unknown },
  146: { name: '如意包子铺', assigned_to: null, difficulty: '没有分配给任何人', expect: unknown },
  147: { name: '7分甜A区2F·Lucky&Co.', difficulty: '名称里有数字、字母和符号', evidence: [visited(2 * day, 'jsapi')], expect: noRecord },
  148: { name: '🍜好吃<b>"老街"</b>面🍜', short_name: '老街面', difficulty: '名称里有表情符号、引号和尖括号', expect: unknown },
  149: {
    name: '科技面馆（福田店）',
    region_code: '440304',
    address: '深圳市福田区华强北街道振兴路 8 号',
    assigned_to: 'region_lead',
    difficulty: '与 109 同名，在业务员范围外、主管范围内',
    evidence: [...proof],
    expect: verified,
  },
  150: {
    name: '科技面馆（天河店）',
    region_code: '440106',
    address: '广州市天河区石牌街道体育路 21 号',
    assigned_to: null,
    difficulty: '与 109 同名，在广州，区域主管看不到',
    evidence: [...proof],
    expect: verified,
  },
  151: {
    name: '胡同口炒货店',
    industry: 'FOOD',
    region_code: '110108',
    address: '北京市海淀区中关村街道学府路 3 号',
    assigned_to: null,
    difficulty: '直辖市的区；开通了小程序场景，还没看过网页支付有没有受影响',
    evidence: [...proof, done(2 * hour, 'gold_plan.open', 'operator', { scene: 'miniprogram' })],
    expect: verified,
  },
  152: {
    name: '莞城五金店',
    industry: 'RETAIL',
    region_code: '441900',
    address: '东莞市东大街 6 号',
    assigned_to: null,
    difficulty: '地级市下没有区县（东莞）',
    expect: unknown,
  },
  153: {
    name: '仙桃豆皮早餐店',
    region_code: '429004',
    address: '仙桃市沔阳路 9 号',
    assigned_to: null,
    difficulty: '省直辖县级市',
    expect: unknown,
  },
  154: { name: '好邻居便利店', industry: 'RETAIL', address: '', difficulty: '没有地址', expect: unknown },
  165: {
    name: '大榕树棋牌室',
    industry: 'SERVICES',
    address: '深圳市南山区西丽街道留仙大道与同发路交叉口西北侧二百米处原水电站综合楼后院临时安置区三期配套商业裙楼地下一层由东向西第十七间',
    difficulty: '地址很长',
    expect: unknown,
  },
}
