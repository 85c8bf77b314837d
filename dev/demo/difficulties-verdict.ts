// Shops that differ in what is known about their JSAPI flow: every state, and every way to get there or to be mistaken about it.
import type { Draft } from './difficult-merchant.ts'
import {
  beacon,
  checkedOnPortal,
  day,
  done,
  hour,
  lifted,
  limited,
  minute,
  orderAsked,
  ordersSaid,
  refused,
  saw,
  visited,
} from './history.ts'

const unknown = { state: 'unknown', reason: 'NO_EVIDENCE', attention: [] } as const
const notApplicable = { state: 'not_applicable', reason: 'NOT_JSAPI', attention: [] } as const
const noRecord = { state: 'not_migrated', reason: 'NO_RECORD_OF_OPENING', attention: [] } as const
const notOfficial = { state: 'not_migrated', reason: 'SEEN_NOT_OFFICIAL', attention: [] } as const
const closed = { state: 'not_migrated', reason: 'CLOSED_BY_OPERATION', attention: [] } as const
const awaiting = { state: 'enrolled', reason: 'AWAITING_VERIFICATION', attention: [] } as const
const verified = { state: 'verified', reason: 'PAGE_SEEN', attention: [] } as const
const regressed = { state: 'regressed', reason: 'NEGATIVE_AFTER_VERIFIED', attention: [] } as const
const opened = (ago: number) => done(ago, 'gold_plan.open')

/** unknown, not_applicable, not_migrated, enrolled, blocked */
export const notYetProven: Record<string, Draft> = {
  101: { name: '老街口煎饼铺', difficulty: '没有任何证据', expect: unknown },
  102: {
    name: '三味豆浆铺',
    difficulty: '只用商家扫顾客付款码，全部入口已核对',
    evidence: [visited(6 * day, 'not_jsapi')],
    expect: notApplicable,
  },
  103: {
    name: '江南花店',
    industry: 'RETAIL',
    difficulty: '订单显示不走 JSAPI',
    evidence: [ordersSaid(9 * day, 'not_jsapi')],
    expect: notApplicable,
  },
  104: { name: '谷雨茶饮', difficulty: '到店确认是 JSAPI，没有开通记录', evidence: [visited(3 * day, 'jsapi')], expect: noRecord },
  105: {
    name: '海边小屋糖水铺',
    difficulty: '向微信查过一笔订单是 JSAPI，没有开通记录',
    evidence: [orderAsked(2 * day)],
    expect: noRecord,
  },
  106: {
    name: '半山腰湘菜馆',
    difficulty: '验证支付跳到商户自己的网页，从未开通',
    evidence: [visited(5 * day, 'jsapi'), saw(5 * day - 20 * minute, 'legacy_page')],
    expect: notOfficial,
  },
  107: {
    name: '晴天自习室',
    industry: 'SERVICES',
    difficulty: '验证支付后页面直接关闭，从未开通',
    evidence: [saw(1 * day, 'closed')],
    expect: notOfficial,
  },
  108: {
    name: '合盛便利店（后海店）',
    industry: 'RETAIL',
    difficulty: '3 小时前主动关闭，24 小时锁还剩 21 小时',
    evidence: [
      visited(20 * day, 'jsapi'),
      opened(19 * day),
      saw(18 * day, 'official_receipt'),
      done(3 * hour, 'gold_plan.close', 'operator', { reason: '商户更换收款系统' }),
    ],
    expect: closed,
  },
  109: {
    name: '科技面馆(科苑店)',
    difficulty: '已开通 3 天，还没看到支付完成页；商家小票已开',
    evidence: [visited(4 * day, 'jsapi'), done(3 * day + 2 * minute, 'receipt.open'), opened(3 * day)],
    expect: awaiting,
  },
  110: {
    name: '木棉烘焙',
    industry: 'FOOD',
    difficulty: '服务商平台核对时发现已关闭',
    evidence: [opened(40 * day), saw(39 * day, 'official_receipt'), checkedOnPortal(2 * day, { gold_plan_jsapi: 'closed' })],
    expect: { state: 'not_migrated', reason: 'CLOSED_ON_PORTAL', attention: [] },
  },
  111: {
    name: '小渔船砂锅粥',
    difficulty: '2 分钟前刚开通，生效中',
    evidence: [visited(1 * hour, 'jsapi'), opened(2 * minute)],
    expect: { ...awaiting, attention: ['SETTLING'] },
  },
  112: {
    name: '白鹭咖啡馆',
    difficulty: '多年前在服务商平台开通，本系统只有平台核对',
    evidence: [checkedOnPortal(8 * day, { gold_plan_jsapi: 'open', receipt: 'closed' })],
    expect: awaiting,
  },
  113: {
    name: '石板街火锅',
    difficulty: '曾验证，后来回退，又重新开通',
    evidence: [opened(60 * day), saw(59 * day, 'official_receipt'), saw(10 * day, 'closed'), opened(1 * day)],
    expect: { state: 'enrolled', reason: 'REOPENED', attention: [] },
  },
  114: {
    name: '川渝小面（深大店）',
    difficulty: '已开通，验证支付仍是旧页面',
    evidence: [visited(7 * day, 'jsapi'), opened(6 * day), saw(2 * day, 'legacy_page')],
    expect: { ...awaiting, attention: ['CHECK_FAILED'] },
  },
  115: {
    name: '早安豆腐坊',
    industry: 'FOOD',
    difficulty: '看到官方页，但没核对收款方，不算证明',
    evidence: [opened(6 * day), saw(2 * day, 'official_receipt', { payee_matches: 'not_checked' })],
    expect: awaiting,
  },
  116: {
    name: '有间书店',
    industry: 'EDUCATION',
    difficulty: '唯一的证明已被撤回',
    evidence: [
      opened(12 * day),
      { ...saw(11 * day, 'official_receipt'), withdrawn: { ago: 10 * day, by: 'region_lead', reason: '看错了，是隔壁店的码' } },
    ],
    expect: awaiting,
  },
  117: {
    name: '渔村海鲜大排档',
    difficulty: '小票上报的 check_code 不对，不算证明',
    evidence: [done(9 * day, 'receipt.open'), opened(9 * day - minute), beacon(8 * day, { check_code_valid: false })],
    expect: awaiting,
  },
  118: {
    name: '阿妈味道卤味',
    difficulty: '小票在付款 2 小时后才打开，不算证明',
    evidence: [done(9 * day, 'receipt.open'), opened(9 * day - minute), beacon(8 * day, { paidBefore: 2 * hour })],
    expect: awaiting,
  },
  119: {
    name: '薄荷轻食',
    difficulty: '小票来自小程序订单，不算证明',
    evidence: [done(9 * day, 'receipt.open'), opened(9 * day - minute), beacon(8 * day, { order_scene: 'miniprogram' })],
    expect: awaiting,
  },
  130: {
    name: '南洋椰子鸡',
    difficulty: '开通时被拒：特约商户处罚中',
    evidence: [visited(4 * day, 'jsapi'), refused(3 * day, 'gold_plan.open', 'SUB_MERCHANT_PUNISHED', 'sub_mch punished', true)],
    expect: { state: 'blocked', reason: 'SUB_MERCHANT_PUNISHED', attention: [] },
  },
  131: {
    name: '每一天超市',
    industry: 'RETAIL',
    difficulty: '开通时被拒：不是本服务商的特约商户',
    evidence: [visited(4 * day, 'jsapi'), refused(3 * day, 'gold_plan.open', 'RELATION_INVALID', '商户关系错误', true)],
    expect: { state: 'blocked', reason: 'RELATION_INVALID', attention: [] },
  },
  132: {
    name: '橙子鲜果',
    industry: 'RETAIL',
    difficulty: '开通时被拒：商户号不存在',
    evidence: [refused(5 * hour, 'gold_plan.open', 'SUB_MERCHANT_NOT_FOUND', 'sub_mch not exit', true)],
    expect: { state: 'blocked', reason: 'SUB_MERCHANT_NOT_FOUND', attention: [] },
  },
  133: {
    name: '绿野宠物医院',
    industry: 'SERVICES',
    difficulty: '已开通，之后收款能力被微信限制',
    evidence: [opened(30 * day), limited(1 * day, 'NO_TRANSACTION', '长期无交易', 'VERIFY_INACTIVE_MERCHANT_IDENTITY')],
    expect: { state: 'blocked', reason: 'NO_TRANSACTION', attention: [] },
  },
  134: {
    name: '街角打印店',
    industry: 'SERVICES',
    difficulty: '受阻已由运营解除，还没开通',
    evidence: [
      visited(9 * day, 'jsapi'),
      refused(8 * day, 'gold_plan.open', 'SUB_MERCHANT_PUNISHED', 'sub_mch punished', true),
      { kind: 'unblock', ago: 2 * day, by: 'operator', detail: { code: 'SUB_MERCHANT_PUNISHED', note: '商户已完成处罚处理' } },
    ],
    expect: noRecord,
  },
  135: {
    name: '快一步洗衣店',
    industry: 'SERVICES',
    difficulty: '开通失败但可以重试（操作失败）',
    evidence: [visited(2 * day, 'jsapi'), refused(2 * day - hour, 'gold_plan.open', 'WX_REJECTED', '操作失败', false)],
    expect: noRecord,
  },
}

/** verified and regressed */
export const proven: Record<string, Draft> = {
  120: {
    name: '老地方烧腊饭',
    difficulty: '验证支付看到官方小票页',
    evidence: [visited(16 * day, 'jsapi'), opened(15 * day), saw(14 * day, 'official_receipt')],
    expect: verified,
  },
  121: {
    name: '拾光甜品店（海岸店）',
    difficulty: '官方页加商家小票，小票显示正常',
    evidence: [visited(13 * day, 'jsapi'), done(12 * day, 'receipt.open'), opened(12 * day - minute), saw(11 * day, 'merchant_receipt')],
    expect: verified,
  },
  122: {
    name: '关中羊肉泡馍',
    difficulty: '证据 95 天前，较旧',
    evidence: [opened(97 * day), saw(95 * day, 'official_receipt')],
    expect: { ...verified, attention: ['STALE'] },
  },
  123: {
    name: '三角梅花店',
    industry: 'RETAIL',
    difficulty: '看到官方页，但没有开通记录；更早被微信限制过，已解除',
    evidence: [
      limited(9 * day, 'NO_WITHDRAWAL', '结算账户异常', 'MODIFY_SETTLE_ACCOUNT_INFORMATION'),
      lifted(7 * day, 'NO_WITHDRAWAL'),
      saw(5 * day, 'official_receipt'),
    ],
    expect: { ...verified, attention: ['OUT_OF_BAND'] },
  },
  124: {
    name: '长白山参茸行',
    industry: 'HEALTHCARE',
    difficulty: '已迁移，之后的开通操作被拒',
    evidence: [
      opened(30 * day),
      saw(29 * day, 'official_receipt'),
      refused(1 * day, 'gold_plan.open', 'SUB_MERCHANT_PUNISHED', 'sub_mch punished', true),
    ],
    expect: { ...verified, attention: ['OPERATION_BLOCKED'] },
  },
  125: {
    name: '蓝鲸奶茶',
    difficulty: '小票错误页（无法获取订单信息）',
    evidence: [done(7 * day, 'receipt.open'), opened(7 * day - minute), saw(1 * day, 'receipt_error')],
    expect: { ...verified, attention: ['RECEIPT_ERROR'] },
  },
  126: {
    name: '十里停车场',
    industry: 'TRANSPORTATION',
    difficulty: '顾客付款后的小票上报就是证明',
    evidence: [done(20 * day, 'receipt.open'), opened(20 * day - minute), beacon(1 * day, { tail: '0426' })],
    expect: verified,
  },
  127: {
    name: '隔壁小馆麻辣烫',
    difficulty: '官方页出现，商家小票没出来',
    evidence: [done(7 * day, 'receipt.open'), opened(7 * day - minute), saw(2 * day, 'receipt_missing')],
    expect: verified,
  },
  128: {
    name: '椰林肠粉店',
    difficulty: '曾验证，最近一次支付后页面直接关闭',
    evidence: [visited(31 * day, 'jsapi'), opened(30 * day), saw(29 * day, 'official_receipt'), saw(1 * day, 'closed')],
    expect: regressed,
  },
  129: {
    name: '彩虹儿童乐园',
    industry: 'PARENTING',
    difficulty: '曾验证，最近一次跳回商户自己的网页',
    evidence: [opened(45 * day), saw(44 * day, 'merchant_receipt'), saw(4 * day, 'legacy_page')],
    expect: regressed,
  },
}
