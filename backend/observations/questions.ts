// What docs/facts.md marks as unknown, and what would settle it. What was seen here about each is read in seen.ts.
import type { Observed, Seen, Sentence } from './observed.ts'

export interface Question {
  id: string
  /** of docs/facts.md */
  section: string
  question: Sentence
  settled_by: Sentence
  /** what is gathered about it; absent: nothing that passes through here can show it */
  watched?: (observed: Observed) => Seen[]
}

const both = (zh: string, en: string): Sentence => ({ zh, en })

export const questions: readonly Question[] = [
  {
    id: 'open-on-open',
    section: '1.1',
    question: both('已经开通，再发一次开通，微信支付怎么答', 'What WeChat Pay answers to OPEN when the plan is open already'),
    settled_by: both('几十次都是同一种回答；现在没有写明', 'The same answer a few dozen times; no page says it'),
    watched: ({ repeated }) => repeated('gold_plan.open'),
  },
  {
    id: 'close-on-closed',
    section: '1.1',
    question: both('已经关闭，再发一次关闭，微信支付怎么答', 'What WeChat Pay answers to CLOSE when the plan is closed already'),
    settled_by: both('几十次都是同一种回答；现在没有写明', 'The same answer a few dozen times; no page says it'),
    watched: ({ repeated }) => repeated('gold_plan.close'),
  },
  {
    id: 'repeated-after-lost-answer',
    section: '3.4',
    question: both('没有收到回答，用同样的参数再问，结果是什么', 'What comes of the same call once more after an answer was lost'),
    settled_by: both('再问的结果一直与平台上看到的一致', 'Its result agrees with the console each time'),
    watched: ({ askedAgain }) => askedAgain,
  },
  {
    id: 'default-scene',
    section: '1.1',
    question: both(
      '不传 operation_pay_scene 时开通哪些场景：页面和 SDK 说法不同',
      'Which scenes OPEN means without operation_pay_scene: page and SDKs differ',
    ),
    settled_by: both(
      '用一家自己的测试商户，不带这个参数调一次，再到服务商平台看两个场景',
      'One call without it for a test shop of your own, then a look at both scenes on the console',
    ),
  },
  {
    id: 'scenes-additive',
    section: '1.1',
    question: both('先开公众号场景，再开小程序场景，是叠加还是替换', 'Whether opening the mini program scene adds to JSAPI or replaces it'),
    settled_by: both(
      '开通小程序场景之后，在服务商平台上看公众号场景还在不在',
      'A look at the JSAPI scene on the console after the other one was opened',
    ),
  },
  {
    id: 'extra-parameters',
    section: '1.0',
    question: both('多传参数会不会被拒绝', 'Whether parameters too many are refused'),
    settled_by: both('出现 Request-ID 结尾 270924358 的回答', 'An answer with 270924358 at the end of its Request-ID'),
    watched: ({ numbers }) => numbers.filter(({ text }) => text === '270924358'),
  },
  {
    id: 'errors-receipt',
    section: '1.7',
    question: both('商家小票接口还有哪些报错', 'Which other errors the merchant receipt endpoint has'),
    settled_by: both('这里列出的文字，与官方错误码表逐条对上', 'Each text below is found in the official table'),
    watched: ({ refusals }) => refusals('receipt.'),
  },
  {
    id: 'errors-filter',
    section: '1.7',
    question: both('同业过滤接口还有哪些报错', 'Which other errors the ad filter endpoint has'),
    settled_by: both('这里列出的文字，与官方错误码表逐条对上', 'Each text below is found in the official table'),
    watched: ({ refusals }) => refusals('ad_filter.'),
  },
  {
    id: 'errors-advertising',
    section: '1.7',
    question: both('开通广告接口有哪些报错：整张表没有读到', 'Which errors the open-advertising endpoint has: its table was not read'),
    settled_by: both('这里列出的文字，与官方错误码表逐条对上', 'Each text below is found in the official table'),
    watched: ({ refusals }) => refusals('advertising.'),
  },
  {
    id: 'close-under-default-open',
    section: '1.8',
    question: both('默认开通时，用接口关闭一家店会怎样', 'What CLOSE of one shop does while 默认开通 is on'),
    settled_by: both('默认开通期间出现一次关闭的结果，并到平台上核对', 'One closing while it is on, compared with the console'),
    watched: ({ closedUnderDefaultOpen }) => closedUnderDefaultOpen,
  },
  {
    id: 'rate-limits',
    section: '1.8',
    question: both('接口的频率上限是多少，超了怎么答', 'What the rate limits are, and how the answer looks above them'),
    settled_by: both(
      '多次超限时，前一分钟的调用次数都在同一个数附近',
      'About the same number of calls in the minute before, each time it was too fast',
    ),
    watched: ({ tooFast }) => tooFast,
  },
  {
    id: 'wait-of-other-switches',
    section: '1.8',
    question: both('商家小票和广告关闭后，是不是也要等 24 小时', 'Whether receipt and ads have to wait 24 hours as well'),
    settled_by: both(
      '关闭后 24 小时内再次开通成功，或被这条规则拒绝',
      'An opening within 24 hours that succeeds, or is refused by that rule',
    ),
    watched: ({ reopened }) => [...reopened('receipt'), ...reopened('advertising')],
  },
  {
    id: 'wait-per-scene',
    section: '1.8',
    question: both('24 小时是按场景分别算吗', 'Whether the 24 hours count for each scene'),
    settled_by: both('关闭一个场景后 24 小时内开通另一个场景的结果', 'An opening of one scene within 24 hours of closing the other'),
    watched: ({ reopened }) => reopened('gold_plan'),
  },
  {
    id: 'filters-after-opening-ads',
    section: '1.4',
    question: both('开通广告不传标签，原来的过滤标签还在吗', 'Whether filter tags stay when ads are opened without tags'),
    settled_by: both('开通广告之后的平台核对，填上过滤标签', 'A portal check with the tags, after ads were opened'),
    watched: ({ filtersAfter }) => filtersAfter('advertising.open'),
  },
  {
    id: 'filters-after-closing-ads',
    section: '1.5',
    question: both('关闭广告会不会清掉过滤标签', 'Whether closing ads clears the filter tags'),
    settled_by: both('关闭广告之后的平台核对，填上过滤标签', 'A portal check with the tags, after ads were closed'),
    watched: ({ filtersAfter }) => filtersAfter('advertising.close'),
  },
  {
    id: 'settings-after-closing',
    section: '7',
    question: both('关闭点金计划会不会重置过滤标签和商家小票', 'Whether closing the plan resets filter tags and merchant receipt'),
    settled_by: both('关闭之后的平台核对，填上商家小票和过滤标签', 'A portal check with receipt and tags, after the plan was closed'),
    watched: ({ filtersAfter, receiptAfter }) => [...filtersAfter('gold_plan.close'), ...receiptAfter],
  },
  {
    id: 'check-code',
    section: '2.3',
    question: both(
      'check_code 到底怎么算：大小写、链接自带参数、编码',
      'How check_code is made: case, links with a query of their own, encoding',
    ),
    settled_by: both('真实订单一直只对上一种算法', 'Real orders match one reading only'),
    watched: ({ checkCodes }) => checkCodes,
  },
  {
    id: 'debugging-tool',
    section: '2.5',
    question: both('商家小票调试工具会不会用旧订单加载小票页', 'Whether the debugging tool loads the receipt page for old orders'),
    settled_by: both('用调试工具试一笔旧订单，看这里有没有多一次', 'One old order in the tool, and one more here'),
    watched: ({ lateLoads }) => lateLoads,
  },
  {
    id: 'request-id-numbers',
    section: '3.4',
    question: both('点金计划的回答，Request-ID 结尾的数字是什么意思', 'What the number at the end of a Request-ID means for the gold plan'),
    settled_by: both('同一个数字一直对应同一种错误', 'The same number with the same error each time'),
    watched: ({ numbers }) => numbers,
  },
  {
    id: 'punished-or-limited',
    section: '7',
    question: both(
      '「特约商户处罚中」与查到的受限记录是不是一回事',
      'Whether "merchant punished" is the same as what the limitations interface says',
    ),
    settled_by: both('两边对同一家店的说法一直一致', 'Both say the same about a shop each time'),
    watched: ({ punished }) => punished,
  },
  {
    id: 'provider-penalty',
    section: '5.1',
    question: both('服务商不接入点金计划会不会被处罚', 'Whether a provider that ignores the programme is penalised'),
    settled_by: both('官方规则的原文；或服务商真的被处罚', 'The official rule, or a provider that was penalised'),
    watched: ({ providerPunished }) => providerPunished,
  },
  {
    id: 'back-button',
    section: '1.6',
    question: both('小程序左上角返回键要求的最低基础库版本', 'The lowest base library of the mini program back button option'),
    settled_by: both(
      '官方页面写明；这是商户自己的小程序，这里看不到',
      'An official page; it is in the merchant’s own mini program, out of sight here',
    ),
  },
  {
    id: 'content-rules',
    section: '2.5',
    question: both('商家小票内容审核和链接的禁止清单', 'Which contents and links a merchant receipt may not have'),
    settled_by: both('官方规则，或被平台处理的通知', 'An official rule, or a notice about one that was taken down'),
  },
  {
    id: 'cut-off',
    section: '5.1',
    question: both('2020-07-31 停用的通知原文', 'The wording of the notice about 2020-07-31'),
    settled_by: both('服务商平台里还留着的公告', 'The notice, where a provider console still has it'),
  },
  {
    id: 'other-tools',
    section: '6.3',
    question: both(
      '微信支付商家助手、服务商助手小程序里能不能看点金计划',
      'Whether WeChat Pay’s own assistants for merchants and providers show the gold plan',
    ),
    settled_by: both('在一台真手机上打开看一眼', 'One look on a real phone'),
  },
  {
    id: 'rebate',
    section: '5.3',
    question: both('返佣的比例、门槛，关掉广告会不会没有返佣', 'Rates and thresholds of the rebate, and whether closing ads ends it'),
    settled_by: both('服务商平台的结果查询，连续几个月', 'The results on the console, some months of them'),
  },
  {
    id: 'broken-name',
    section: '8',
    question: both('商品名称里有换行时，交易账单怎么写这一行', 'How the trade bill writes a row whose name of goods holds a line break'),
    settled_by: both(
      '一份真的这样的账单；名称读完就丢，这里看不到',
      'A bill that has one; names are dropped as they are read, out of sight here',
    ),
  },
  {
    id: 'announced-limit',
    section: '9',
    question: both(
      '延迟管控的限制，到日期前会不会列在受限功能里',
      'Whether a delayed limitation is listed among limited functions before its date',
    ),
    settled_by: both('一家被预告的店，在日期前后各问一次', 'One announced shop, asked before its date and after'),
  },
]
