// What stands in the way, in words: code → title and sentence, in Chinese (product.md §7.4); in English: packages/system/shared/errors-en.ts. The app says
// them, and the server in `title` and `detail` of a problem. {name} is replaced by a value.
type Said = readonly [title: string, sentence: string]

const SAID = {
  LINK_NOT_GIVEN: ['没有要检查的链接', '后台没有登记商家小票链接，请填写链接，或请运营登记。'],
  LINK_INVALID: ['链接不对', '这不是完整的 https 链接，请核对。'],
  LINK_HOST_NOT_REGISTERED: ['这个域名没有登记', '只能检查服务商自己的链接，需要登记请联系运营。'],
  ORDER_NOT_FOUND: ['没有查到这笔订单', '微信支付在这家商户下没有这个商户单号，请核对；要用「商户单号」，不是「交易单号」。'],
  ORDER_OF_ANOTHER_MERCHANT: ['不是这家商户的订单', '请核对收款方和商户单号。'],
  ORDER_NOT_PAID: ['这笔订单没有付成', '请用一笔已付款的订单，退款后的也可以。'],
  ORDER_NUMBER_INVALID: ['商户单号不对', '商户单号是 6 到 32 位字母、数字或 _-|*@，请核对。'],
  PAYMENT_CODE: ['这是顾客的付款码', '不要扫描、保存或发送顾客的付款码。没有查询，也没有留下记录。'],
  TOO_MANY: ['过滤标签太多', '同业过滤标签最多 3 个。'],
  EMPTY_NOT_SUPPORTED: ['不能在这里清空', '同业过滤标签要到商户平台清除。'],
  UNKNOWN_INDUSTRY: ['有不认识的过滤标签', '请更新小程序后重新选择。'],
  PHOTO_GONE: ['照片不在了', '手机上的照片文件被清掉了。改这一项，重新拍一张。'],
  PHOTO_TOO_LARGE: ['照片太大', '服务器不收这张照片。改这一项，重新拍一张。'],
  PHOTO_UNREADABLE: ['照片打不开', '服务器读不出这张照片。改这一项，重新拍一张。'],
  VISIT_RETURNED: ['主管已退回', '这份填写在退回之前，没有发出。按退回原因改好，再提交。'],
  VISIT_OVERTAKEN: ['已有更晚的一份', '另一台手机后来交了这次拜访，这份没有替换它。要用这份，修改后再提交。'],
  VISIT_REVIEWED: ['已被审核', '你提交之前，这次拜访已被审核。你的内容留在手机里，没有覆盖。'],
  TEMPLATE_OUTDATED: ['检查表换了新版', '旧版已停用。改这一项，补完新版的问题再提交。'],
  STORAGE_FULL: ['手机存储不够了', '小程序的 10 MB 快用完了。先把没发出的内容同步掉，再试一次。'],
  SP_NOT_ENROLLED: ['服务商尚未开通点金计划', '服务商要先在服务商平台报名点金计划，与这家店无关。'],
  SP_PUNISHED: ['服务商处罚中', '服务商正被微信支付处罚，暂时不能操作，与这家店无关。'],
  SP_TYPE_UNSUPPORTED: ['该服务商类型不支持', '只有普通服务商和渠道商可以使用点金计划。'],
  SUB_MERCHANT_PUNISHED: ['特约商户处罚中', '请商户登录商户平台处理处罚，处理完再开通。'],
  SUB_MERCHANT_NOT_FOUND: ['商户号不存在', '微信支付查不到这个商户号，请核对后再试。'],
  RELATION_INVALID: ['不是本服务商的特约商户', '微信支付说这个商户号不在本服务商名下，请核对商户号。'],
  GOLD_PLAN_NOT_OPEN: ['请先开通点金计划', '这项设置要在点金计划开通之后才能用。'],
  RECEIPT_LINK_MISSING: ['未配置商家小票链接', '请运营到服务商平台：服务商功能 > 点金计划 > 商家小票链接配置，添加后再开通。'],
  DEFAULT_OPEN_ACTIVE: ['服务商已设默认开通', '默认开通时不能单独关闭一家店。'],
  REOPEN_LOCKED: ['暂时不能再次开通', '主动关闭后需 24 小时才能再次开通。'],
  WX_RATE_LIMITED: ['操作太频繁', '操作太频繁，{seconds} 秒后重试。'],
  WX_UNAVAILABLE: ['微信支付暂时繁忙', '这次没有执行，请稍后重试。'],
  WX_REJECTED: ['操作失败', '微信支付没有接受这次操作，可以再试一次。'],
  WX_UNCLASSIFIED: ['微信支付没有接受', '微信支付返回：{wx_message}'],
  WX_CONFIG: ['服务商接口配置有误', '已通知运营，修好之前不能操作。'],
  UNAUTHENTICATED: ['登录已失效', '请重新登录。'],
  STAFF_DISABLED: ['账号已停用', '你的账号不能再使用点金助手。'],
  ACTION_FORBIDDEN: ['你的角色不能做这个操作', '需要这个操作时，请联系区域主管。'],
  APPROVAL_REQUIRED: ['关闭需要批准', '关闭点金计划要由另一位有权限的同事批准。'],
  NOT_OPEN: ['不需要关闭', '这家店的点金计划没有开通，不用再关。'],
  REQUEST_EXISTS: ['已经有关闭申请', '这家店的另一条关闭申请还没处理完，等它处理完。'],
  INVALID_TRANSITION: ['任务状态已经变了', '这个批量任务不再是刚才的状态，请看最新进度再操作。'],
  ALREADY_DECIDED: ['已由他人处理', '这条申请已经不在等待处理，请看最新结果。'],
  SELF_APPROVAL: ['不能处理自己的申请', '关闭点金计划要两个人：你申请，另一位同事批准或拒绝。换角色登录也不行。'],
  REQUEST_EXPIRED: ['申请已过期', '超过 72 小时没有办完，没有关闭。还要关闭，请重新申请。'],
  NOT_FOUND: ['看不到这家商户', '这家商户不在你的负责范围，或商户号有误。'],
  OPERATION_PENDING: ['上一个操作还在确认', '这家店有一个操作还没有结果，有结果后再操作。'],
  OPERATION_IN_PROGRESS: ['正在处理', '这次操作正在处理，有结果后再操作。'],
  VERSION_MISMATCH: ['内容已被改动', '这家店刚被改动过，请看最新内容后再操作。'],
  VALIDATION_FAILED: ['填写有误', '请检查填写的内容。'],
  CLIENT_OUTDATED: ['需要更新小程序', '当前版本太旧，请更新后再用。'],
  PRECONDITION_REQUIRED: ['需要先刷新', '请刷新这一页再操作。'],
  RATE_LIMITED: ['操作太频繁', '请稍等一会再试。'],
  MAINTENANCE: ['系统维护中', '服务正在维护，大约 {minutes} 分钟后恢复。已填的内容都在手机里。'],
  INVITE_EXPIRED: ['邀请码已失效', '邀请码用过、过期或有误，请向管理员要新的邀请码。'],
  ALREADY_BOUND: ['这个微信已绑定过', '请返回重新登录。'],
  INVALID_LOGIN_CODE: ['微信登录没有成功', '登录凭证已失效，请再试一次。'],
  BIND_TICKET_INVALID: ['绑定超时', '请重新登录，再输入邀请码。'],
  INVITE_INVALID: ['邀请码不对', '请核对后重新输入。输错 5 次就作废，要向管理员要新的。'],
  TOO_MANY_TRIES: ['邀请码输错太多次', '请一小时后再试，或向管理员要新的邀请码，用发来的卡片打开。'],
  OVERLOADED: ['服务繁忙', '请稍等一会再试。'],
  INTERNAL_ERROR: ['服务出错了', '请稍后重试，仍不行请把请求编号发给运营。'],
  WECHAT_UNAVAILABLE: ['微信登录暂时繁忙', '请稍后再试。'],
  WECHAT_USER_AT_RISK: ['微信不让这个账号登录', '微信判定它有风险。在微信里搜索「微信安全中心」，按提示解除后再登录。'],
  WECHAT_USER_LIMITED: ['这个微信账号被限制', '账号被冻结、限制或已注销。按微信的通知解除后再登录，或请管理员改绑另一个微信。'],
  WECHAT_APP_BANNED: ['小程序的登录被微信封禁', '请管理员登录微信公众平台，查看通知并申诉。'],
  NETWORK_OFFLINE: ['网络断开', '请联网后重试。'],
  NETWORK_TIMEOUT: ['等了太久没有回应', '网络较慢，请换个位置再试。'],
  NETWORK_FAILED: ['连不上服务器', '请检查网络后重试。'],
  DOMAIN_NOT_ALLOWED: ['服务器地址未获允许', '小程序后台的 request 合法域名里没有这个服务器。请管理员登记，再点重试。'],
  UPLOAD_DOMAIN_NOT_ALLOWED: ['照片上传未获允许', '小程序后台的 uploadFile 合法域名里没有这个服务器。请管理员登记，再点重试。'],
  CERTIFICATE_REFUSED: ['没能安全连接服务器', '先看手机时间对不对，或换一个网络再试。还是不行，请管理员检查服务器证书。'],
  TOO_MANY_REDIRECTS: ['请求被一再转走', '这个网络可能要先登录，换一个网络再点重试。还是不行，请管理员检查服务器地址。'],
  REFUSED_TOO_LARGE: ['内容太大，半路被拒绝', '服务器前面的网关不收这么大的内容。请管理员调大上限，再点重试。'],
  REFUSED_ON_THE_WAY: ['半路被拒绝，没到服务器', '这个网络可能要先登录，换一个网络再点重试。还是不行，请管理员检查网关。'],
  ABORTED: ['已取消', '这次加载已取消。'],
  UNKNOWN: ['没有成功', '服务器返回了看不懂的内容，请稍后重试。'],
} as const satisfies Record<string, Said>

/** Where a value is not known. */
const WITHOUT_VALUE = {
  'WX_RATE_LIMITED.sentence.later': '操作太频繁，请稍后重试。',
  'WX_UNCLASSIFIED.sentence.unsaid': '微信支付返回了未知的结果。',
  'MAINTENANCE.sentence.hours': '服务正在维护，大约 {hours} 小时后恢复。已填的内容都在手机里。',
  'MAINTENANCE.sentence.later': '服务正在维护，请稍后再试。已填的内容都在手机里。',
} as const satisfies Record<string, string>

type Code = keyof typeof SAID
type Unvalued = keyof typeof WITHOUT_VALUE
type Errors = Record<`error.${Code}.${'title' | 'sentence'}` | `error.${Unvalued}`, string>

/** The dictionary of one language. */
export function errorWords(said: Record<Code, Said>, withoutValue: Record<Unvalued, string>): Errors {
  const words: Record<string, string> = {}
  Object.entries(said).forEach(([code, [title, sentence]]) => {
    words[`error.${code}.title`] = title
    words[`error.${code}.sentence`] = sentence
  })
  Object.entries(withoutValue).forEach(([key, sentence]) => {
    words[`error.${key}`] = sentence
  })
  return words as Errors
}

export const errorsZhCN = errorWords(SAID, WITHOUT_VALUE)
