// What stands in the way, in words: code → title and sentence, in Chinese and in English (product.md §7.4). The app says them, and the server in `title` and
// `detail` of a problem. {name} is replaced by a value.
type Said = readonly [title: string, sentence: string, englishTitle: string, englishSentence: string]

const SAID = {
  LINK_NOT_GIVEN: [
    '没有要检查的链接',
    '后台没有登记商家小票链接，请填写链接，或请运营登记。',
    'No link to check',
    'No receipt link is registered. Enter one, or ask operations to register it.',
  ],
  LINK_INVALID: ['链接不对', '这不是完整的 https 链接，请核对。', 'Not a link', 'This is not a complete https link. Check it.'],
  LINK_HOST_NOT_REGISTERED: [
    '这个域名没有登记',
    '只能检查服务商自己的链接，需要登记请联系运营。',
    'Host not registered',
    "Only the provider's own links are checked. Ask operations to register it.",
  ],
  ORDER_NOT_FOUND: [
    '没有查到这笔订单',
    '微信支付在这家商户下没有这个商户单号，请核对；要用「商户单号」，不是「交易单号」。',
    'Order not found',
    'WeChat Pay has no such order for this merchant. Use the merchant order number, not the transaction number.',
  ],
  ORDER_OF_ANOTHER_MERCHANT: [
    '不是这家商户的订单',
    '请核对收款方和商户单号。',
    'Not an order of this merchant',
    'Check the payee and the order number.',
  ],
  ORDER_NOT_PAID: [
    '这笔订单没有付成',
    '请用一笔已付款的订单，退款后的也可以。',
    'This order was not paid',
    'Use an order that was paid; a refunded one is fine too.',
  ],
  ORDER_NUMBER_INVALID: [
    '商户单号不对',
    '商户单号是 6 到 32 位字母、数字或 _-|*@，请核对。',
    'Not an order number',
    'It has 6 to 32 letters, digits or _-|*@. Check it.',
  ],
  PAYMENT_CODE: [
    '这是顾客的付款码',
    '不要扫描、保存或发送顾客的付款码。没有查询，也没有留下记录。',
    "A customer's payment code",
    'Do not scan, keep or send it. Nothing was looked up or kept.',
  ],
  TOO_MANY: ['过滤标签太多', '同业过滤标签最多 3 个。', 'Too many filter tags', 'A filter has at most 3 tags.'],
  EMPTY_NOT_SUPPORTED: [
    '不能在这里清空',
    '同业过滤标签要到商户平台清除。',
    'It cannot be cleared here',
    'Filter tags are cleared on the merchant platform.',
  ],
  UNKNOWN_INDUSTRY: ['有不认识的过滤标签', '请更新小程序后重新选择。', 'Unknown filter tag', 'Update the mini program and choose again.'],
  PHOTO_GONE: [
    '照片不在了',
    '手机上的照片文件被清掉了。改这一项，重新拍一张。',
    'The photo is gone',
    'Its file was removed from this phone. Change the item and take it again.',
  ],
  PHOTO_TOO_LARGE: [
    '照片太大',
    '服务器不收这张照片。改这一项，重新拍一张。',
    'The photo is too large',
    'The server does not accept it. Change the item and take it again.',
  ],
  PHOTO_UNREADABLE: [
    '照片打不开',
    '服务器读不出这张照片。改这一项，重新拍一张。',
    'The photo cannot be read',
    'The server cannot open it. Change the item and take it again.',
  ],
  VISIT_RETURNED: [
    '主管已退回',
    '这份填写在退回之前，没有发出。按退回原因改好，再提交。',
    'Returned to you',
    'This version is from before it was returned and was not sent. Correct what was asked for, then submit again.',
  ],
  VISIT_OVERTAKEN: [
    '已有更晚的一份',
    '另一台手机后来交了这次拜访，这份没有替换它。要用这份，修改后再提交。',
    'There is a later version',
    'Another phone submitted this visit later, and this version did not replace it. To use this one, change it and submit again.',
  ],
  VISIT_REVIEWED: [
    '已被审核',
    '你提交之前，这次拜访已被审核。你的内容留在手机里，没有覆盖。',
    'Reviewed already',
    'This visit was reviewed before you sent it. Your version stays on this phone; nothing was overwritten.',
  ],
  TEMPLATE_OUTDATED: [
    '检查表换了新版',
    '旧版已停用。改这一项，补完新版的问题再提交。',
    'The checklist was updated',
    'The old version is no longer accepted. Change the item, answer what is new and submit again.',
  ],
  STORAGE_FULL: [
    '手机存储不够了',
    '小程序的 10 MB 快用完了。先把没发出的内容同步掉，再试一次。',
    'No room on this phone',
    "The mini program's 10 MB are nearly full. Send the unsent items first, then try again.",
  ],
  SP_NOT_ENROLLED: [
    '服务商尚未开通点金计划',
    '服务商要先在服务商平台报名点金计划，与这家店无关。',
    'The provider has not joined Gold Plan',
    'The provider has to join Gold Plan on its console first. This shop is not the cause.',
  ],
  SP_PUNISHED: [
    '服务商处罚中',
    '服务商正被微信支付处罚，暂时不能操作，与这家店无关。',
    'The provider is penalised',
    'WeChat Pay is penalising the provider, so nothing can be changed for now. This shop is not the cause.',
  ],
  SP_TYPE_UNSUPPORTED: [
    '该服务商类型不支持',
    '只有普通服务商和渠道商可以使用点金计划。',
    'Provider type not supported',
    'Only ordinary service providers and channel partners can use Gold Plan.',
  ],
  SUB_MERCHANT_PUNISHED: [
    '特约商户处罚中',
    '请商户登录商户平台处理处罚，处理完再开通。',
    'The merchant is penalised',
    'The merchant has to deal with the penalty on the merchant platform first.',
  ],
  SUB_MERCHANT_NOT_FOUND: [
    '商户号不存在',
    '微信支付查不到这个商户号，请核对后再试。',
    'No such merchant ID',
    'WeChat Pay does not know this merchant ID. Check it and try again.',
  ],
  RELATION_INVALID: [
    '不是本服务商的特约商户',
    '微信支付说这个商户号不在本服务商名下，请核对商户号。',
    'Not a merchant of this provider',
    'WeChat Pay says this merchant ID does not belong to the provider. Check the ID.',
  ],
  GOLD_PLAN_NOT_OPEN: [
    '请先开通点金计划',
    '这项设置要在点金计划开通之后才能用。',
    'Open Gold Plan first',
    'This setting works only after Gold Plan is open.',
  ],
  RECEIPT_LINK_MISSING: [
    '未配置商家小票链接',
    '请运营到服务商平台：服务商功能 > 点金计划 > 商家小票链接配置，添加后再开通。',
    'No receipt link configured',
    'Ask operations to add one on the provider console, under Provider functions > Gold Plan > Merchant receipt link. Then open it.',
  ],
  DEFAULT_OPEN_ACTIVE: [
    '服务商已设默认开通',
    '默认开通时不能单独关闭一家店。',
    "Open by the provider's default",
    'While shops open by default, a single shop cannot be closed.',
  ],
  REOPEN_LOCKED: [
    '暂时不能再次开通',
    '主动关闭后需 24 小时才能再次开通。',
    'Cannot be reopened yet',
    'After closing it, it cannot be reopened for 24 hours.',
  ],
  WX_RATE_LIMITED: [
    '操作太频繁',
    '操作太频繁，{seconds} 秒后重试。',
    'Too many operations',
    'Too many operations. Try again in {seconds} s.',
  ],
  WX_UNAVAILABLE: ['微信支付暂时繁忙', '这次没有执行，请稍后重试。', 'WeChat Pay is busy', 'Nothing was done this time. Try again later.'],
  WX_REJECTED: [
    '操作失败',
    '微信支付没有接受这次操作，可以再试一次。',
    'Operation failed',
    'WeChat Pay did not accept the operation. You can try once more.',
  ],
  WX_UNCLASSIFIED: ['微信支付没有接受', '微信支付返回：{wx_message}', 'WeChat Pay did not accept it', 'WeChat Pay says: {wx_message}'],
  WX_CONFIG: [
    '服务商接口配置有误',
    '已通知运营，修好之前不能操作。',
    "The provider's interface is misconfigured",
    'Operations has been told. Nothing can be changed until it is fixed.',
  ],
  UNAUTHENTICATED: ['登录已失效', '请重新登录。', 'Login expired', 'Please log in again.'],
  STAFF_DISABLED: ['账号已停用', '你的账号不能再使用点金助手。', 'Account disabled', 'Your account can no longer be used here.'],
  ACTION_FORBIDDEN: [
    '你的角色不能做这个操作',
    '需要这个操作时，请联系区域主管。',
    'Not allowed for your role',
    'If you need this operation, ask your region lead.',
  ],
  APPROVAL_REQUIRED: [
    '关闭需要批准',
    '关闭点金计划要由另一位有权限的同事批准。',
    'Closing needs approval',
    'Another colleague has to approve closing Gold Plan.',
  ],
  NOT_OPEN: ['不需要关闭', '这家店的点金计划没有开通，不用再关。', 'Nothing to close', 'Gold Plan is not open for this shop.'],
  REQUEST_EXISTS: [
    '已经有关闭申请',
    '这家店的另一条关闭申请还没处理完，等它处理完。',
    'Closing is already requested',
    'Another request for this shop is under way. Wait until it is dealt with.',
  ],
  INVALID_TRANSITION: [
    '任务状态已经变了',
    '这个批量任务不再是刚才的状态，请看最新进度再操作。',
    'It has moved on',
    'The rollout is no longer in that state: look at its progress first.',
  ],
  ALREADY_DECIDED: [
    '已由他人处理',
    '这条申请已经不在等待处理，请看最新结果。',
    'Somebody else dealt with it',
    'This request no longer waits for a decision. See what became of it.',
  ],
  SELF_APPROVAL: [
    '不能处理自己的申请',
    '关闭点金计划要两个人：你申请，另一位同事批准或拒绝。换角色登录也不行。',
    'Not your own request',
    'Closing Gold Plan takes two people: you ask, a colleague decides. Another role does not change that.',
  ],
  REQUEST_EXPIRED: [
    '申请已过期',
    '超过 72 小时没有办完，没有关闭。还要关闭，请重新申请。',
    'The request expired',
    'It was not done within 72 hours, and nothing was closed. Ask again if it is still needed.',
  ],
  NOT_FOUND: [
    '看不到这家商户',
    '这家商户不在你的负责范围，或商户号有误。',
    'This merchant cannot be shown',
    'It is outside your area, or the merchant ID is wrong.',
  ],
  OPERATION_PENDING: [
    '上一个操作还在确认',
    '这家店有一个操作还没有结果，有结果后再操作。',
    'An operation is still being confirmed',
    'One operation on this shop has no result yet. Wait for it.',
  ],
  OPERATION_IN_PROGRESS: [
    '正在处理',
    '这次操作正在处理，有结果后再操作。',
    'In progress',
    'This operation is in progress. Wait for its result.',
  ],
  VERSION_MISMATCH: [
    '内容已被改动',
    '这家店刚被改动过，请看最新内容后再操作。',
    'It has changed',
    'This shop has just been changed. Look at the latest first.',
  ],
  VALIDATION_FAILED: ['填写有误', '请检查填写的内容。', 'Some entries are wrong', 'Please check what you entered.'],
  CLIENT_OUTDATED: ['需要更新小程序', '当前版本太旧，请更新后再用。', 'Update needed', 'This version is too old. Update it first.'],
  PRECONDITION_REQUIRED: ['需要先刷新', '请刷新这一页再操作。', 'Refresh needed', 'Refresh this page, then try again.'],
  RATE_LIMITED: ['操作太频繁', '请稍等一会再试。', 'Too many operations', 'Wait a moment, then try again.'],
  MAINTENANCE: [
    '系统维护中',
    '服务正在维护，大约 {minutes} 分钟后恢复。已填的内容都在手机里。',
    'Under maintenance',
    'The service is being maintained, for about {minutes|minute|minutes} more. What you filled in is on this phone.',
  ],
  INVITE_EXPIRED: [
    '邀请码已失效',
    '邀请码用过、过期或有误，请向管理员要新的邀请码。',
    'Invite code no longer valid',
    'The code was used, has expired or is wrong. Ask the administrator for a new one.',
  ],
  ALREADY_BOUND: ['这个微信已绑定过', '请返回重新登录。', 'This WeChat account is already bound', 'Go back and log in again.'],
  INVALID_LOGIN_CODE: [
    '微信登录没有成功',
    '登录凭证已失效，请再试一次。',
    'WeChat login failed',
    'The login code is no longer valid. Try once more.',
  ],
  BIND_TICKET_INVALID: ['绑定超时', '请重新登录，再输入邀请码。', 'Binding took too long', 'Log in again, then enter the invite code.'],
  INVITE_INVALID: [
    '邀请码不对',
    '请核对后重新输入。输错 5 次就作废，要向管理员要新的。',
    'Wrong invite code',
    'Check it. After 5 wrong tries it is void: ask the administrator for a new one.',
  ],
  TOO_MANY_TRIES: [
    '邀请码输错太多次',
    '请一小时后再试，或向管理员要新的邀请码，用发来的卡片打开。',
    'Too many wrong codes',
    'Try again in an hour, or ask the administrator for a new invite and open its card.',
  ],
  OVERLOADED: ['服务繁忙', '请稍等一会再试。', 'The service is busy', 'Wait a moment, then try again.'],
  INTERNAL_ERROR: [
    '服务出错了',
    '请稍后重试，仍不行请把请求编号发给运营。',
    'Something went wrong on our side',
    'Try again later. If it happens again, send the request ID to operations.',
  ],
  WECHAT_UNAVAILABLE: ['微信登录暂时繁忙', '请稍后再试。', 'WeChat login is busy', 'Try again later.'],
  WECHAT_USER_AT_RISK: [
    '微信不让这个账号登录',
    '微信判定它有风险。在微信里搜索「微信安全中心」，按提示解除后再登录。',
    'WeChat refuses this account',
    'WeChat considers it risky. Open WeChat Security Center in WeChat, follow its steps, then log in again.',
  ],
  WECHAT_USER_LIMITED: [
    '这个微信账号被限制',
    '账号被冻结、限制或已注销。按微信的通知解除后再登录，或请管理员改绑另一个微信。',
    'This WeChat account is restricted',
    'It is frozen, restricted or closed. Follow the notice from WeChat and log in again, or ask the administrator to bind another account.',
  ],
  WECHAT_APP_BANNED: [
    '小程序的登录被微信封禁',
    '请管理员登录微信公众平台，查看通知并申诉。',
    'WeChat has blocked login here',
    'Ask the administrator to read the notices at mp.weixin.qq.com and appeal.',
  ],
  NETWORK_OFFLINE: ['网络断开', '请联网后重试。', 'No network', 'Connect, then retry.'],
  NETWORK_TIMEOUT: [
    '等了太久没有回应',
    '网络较慢，请换个位置再试。',
    'No answer in time',
    'The network is slow. Move to another place and retry.',
  ],
  NETWORK_FAILED: ['连不上服务器', '请检查网络后重试。', 'Cannot reach the server', 'Check the network, then retry.'],
  DOMAIN_NOT_ALLOWED: [
    '服务器地址未获允许',
    '小程序后台的 request 合法域名里没有这个服务器。请管理员登记，再点重试。',
    'Server address not allowed',
    'This server is missing from the mini program’s request domains. Have an admin register it, then retry.',
  ],
  UPLOAD_DOMAIN_NOT_ALLOWED: [
    '照片上传未获允许',
    '小程序后台的 uploadFile 合法域名里没有这个服务器。请管理员登记，再点重试。',
    'Photo uploads not allowed',
    'This server is missing from the mini program’s uploadFile domains. Have an admin register it, then retry.',
  ],
  CERTIFICATE_REFUSED: [
    '没能安全连接服务器',
    '先看手机时间对不对，或换一个网络再试。还是不行，请管理员检查服务器证书。',
    'No secure connection to the server',
    "Check the phone's time, or try another network. If that does not help, have an admin check the certificate.",
  ],
  TOO_MANY_REDIRECTS: [
    '请求被一再转走',
    '这个网络可能要先登录，换一个网络再点重试。还是不行，请管理员检查服务器地址。',
    'Too many redirects',
    'This network may want you to sign in. Try another network, then retry. If that does not help, have an admin check the server address.',
  ],
  REFUSED_TOO_LARGE: [
    '内容太大，半路被拒绝',
    '服务器前面的网关不收这么大的内容。请管理员调大上限，再点重试。',
    'Too large, refused on the way',
    'The gateway in front of the server does not accept anything this large. Have an admin raise its limit, then retry.',
  ],
  REFUSED_ON_THE_WAY: [
    '半路被拒绝，没到服务器',
    '这个网络可能要先登录，换一个网络再点重试。还是不行，请管理员检查网关。',
    'Refused before it reached the server',
    'This network may want you to sign in. Try another network, then retry. If that does not help, have an admin check the gateway.',
  ],
  ABORTED: ['已取消', '这次加载已取消。', 'Cancelled', 'Loading was cancelled.'],
  UNKNOWN: [
    '没有成功',
    '服务器返回了看不懂的内容，请稍后重试。',
    'It did not work',
    'The server answered with something unreadable. Try again later.',
  ],
} as const satisfies Record<string, Said>

/** Where a value is not known. */
const WITHOUT_VALUE = {
  'WX_RATE_LIMITED.sentence.later': ['操作太频繁，请稍后重试。', 'Too many operations. Try again later.'],
  'WX_UNCLASSIFIED.sentence.unsaid': ['微信支付返回了未知的结果。', 'WeChat Pay gave an unknown answer.'],
  'MAINTENANCE.sentence.hours': [
    '服务正在维护，大约 {hours} 小时后恢复。已填的内容都在手机里。',
    'The service is being maintained, for about {hours|hour|hours} more. What you filled in is on this phone.',
  ],
  'MAINTENANCE.sentence.later': [
    '服务正在维护，请稍后再试。已填的内容都在手机里。',
    'The service is being maintained. Try again later. What you filled in is on this phone.',
  ],
} as const satisfies Record<string, readonly [string, string]>

type ErrorKey = `error.${keyof typeof SAID}.${'title' | 'sentence'}` | `error.${keyof typeof WITHOUT_VALUE}`
type Errors = Record<ErrorKey, string>

function dictionary(english: 0 | 1): Errors {
  const words: Record<string, string> = {}
  for (const [code, said] of Object.entries<Said>(SAID)) {
    words[`error.${code}.title`] = said[english * 2]!
    words[`error.${code}.sentence`] = said[english * 2 + 1]!
  }
  for (const [key, said] of Object.entries(WITHOUT_VALUE)) words[`error.${key}`] = said[english]
  return words as Errors
}

export const errorsZhCN = dictionary(0)
export const errorsEn = dictionary(1)
