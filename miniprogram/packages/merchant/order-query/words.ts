// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    order_query: ['问微信支付', 'Ask WeChat Pay'],
  },
  order_query: {
    title: ['用商户单号问微信支付', 'Ask WeChat Pay by order number'],
    intro: [
      '查你自己的测试付款，微信支付会说这笔是网页支付还是小程序支付。',
      'Look up your own test payment: WeChat Pay says whether it was paid in a web page or in a mini program.',
    ],
    field: ['商户单号', 'Merchant order number'],
    hint: ['粘贴或输入商户单号', 'Paste or type the order number'],
    privacy: ['只查，不改。不记单号、付款人和金额。', 'Looks up only, changes nothing. Order number, payer and amount are not kept.'],
    how: ['在哪里找商户单号', 'Where to find the number'],
    how_1: [
      '微信 > 我 > 服务 > 钱包 > 账单，点开你付的这一笔。',
      'WeChat > Me > Services > Wallet > Transactions: open the payment you made.',
    ],
    how_2: [
      '找到「商户单号」，下面有一个条形码。不是「交易单号」。',
      'Find the merchant order number with its barcode. Not the transaction number.',
    ],
    how_3: [
      '用另一部手机打开后在这里扫；只有一部手机就先截屏，扫码时选「相册」。',
      'Open it on another phone and scan it here; with one phone, take a screenshot and choose it from the album while scanning.',
    ],
    how_4: ['不要扫顾客的付款码，这里不收。', "Never scan a customer's payment code: it is refused here."],
    scan: ['扫商户单号', 'Scan order number'],
    ask: ['查询', 'Look up'],
    again: ['再查一次', 'Look up again'],
    unsure: ['还不知道查到了没有', 'Not known yet whether it was found'],
    unsure_text: ['没有收到回应。再查一次即可，不会记两次。', 'No answer came. Look it up again; it is not recorded twice.'],
    offline: ['网络断开', 'No network'],
    offline_text: ['查订单需要联网，单号先留在这里。', 'Looking up an order needs the network. The number stays here.'],
    forbidden: ['你的角色不能查订单', 'Your role cannot look up orders'],
    forbidden_sentence: [
      '订单由业务员、区域主管和运营来查。需要时，把商户号发给他们。',
      'Field agents, region leads and operations can. Send them the merchant ID.',
    ],
    back: ['回到商户', 'Back to the shop'],
    payment_code_text: [
      '不要扫描、输入或保存顾客的付款码。它没有发送，也没有保存。',
      "Do not scan, type or keep a customer's payment code. It was neither sent nor kept.",
    ],
    consent_text: [
      '相机只用来读商户单号的条形码，不保存画面。先同意隐私保护指引，微信才会打开相机。',
      'The camera only reads the barcode of the order number; no picture is kept. WeChat opens it once you agree to the privacy guideline.',
    ],
    consent_refused_title: ['没有同意，不能扫码', 'You cannot scan without agreeing'],
    consent_refused_text: [
      '不同意隐私保护指引时，微信不允许打开相机。可以粘贴商户单号。',
      'Without consent WeChat does not open the camera. You can paste the order number.',
    ],
    camera_refused_title: ['微信不能使用相机', 'Camera not allowed for WeChat'],
    camera_refused_text: [
      '请在手机设置里允许微信使用相机，或粘贴商户单号。',
      "Allow it in the phone's settings, or paste the order number.",
    ],
    no_memory_title: ['手机内存不够，相机没有打开', 'Not enough memory to open the camera'],
    no_memory_text: ['关掉几个在用的应用再扫，或粘贴商户单号。', 'Close some apps and scan again, or paste the order number.'],
    not_supported_title: ['这台设备上微信不能扫码', 'WeChat on this device cannot scan'],
    not_supported_text: ['换手机上的微信扫，或粘贴商户单号。', 'Scan with WeChat on a phone, or paste the order number.'],
    failed_title: ['没有扫到', 'Nothing scanned'],
    failed_text: [
      '对准「商户单号」下面的条形码再扫一次，或粘贴商户单号。',
      'Scan the barcode below the order number again, or paste the number.',
    ],
    unknown_title: ['这不是商户单号', 'Not an order number'],
    unknown_text: [
      '请扫账单里「商户单号」下面的条形码。收款码上没有商户单号。',
      "Scan the barcode below the order number in your bill. The shop's payment code has none.",
    ],
    invalid_title: ['商户单号不对', 'Not an order number'],
    invalid_text: [
      '商户单号是 6 到 32 位字母、数字或 _-|*@。请核对有没有少一位。',
      'It has 6 to 32 letters, digits or _-|*@. Check whether one is missing.',
    ],
    number: ['商户单号 {number}', 'Order {number}'],
    paid_at: ['{time} 付款', 'Paid {time}'],
    refunded: ['已退款，付成过就算', 'Refunded, which counts as paid'],
    type_NATIVE: ['扫码支付（Native）', 'a Native QR payment'],
    type_APP: ['App 支付', 'a payment in an app'],
    type_MICROPAY: ['付款码支付', 'a payment by payment code'],
    type_MWEB: ['微信外的 H5 支付', 'an H5 payment outside WeChat'],
    type_FACEPAY: ['刷脸支付', 'a face payment'],
    title_jsapi: ['这是公众号或网页支付', 'Paid in a web page inside WeChat'],
    title_miniprogram: ['这是小程序支付', 'Paid in a mini program'],
    title_other: ['这是{kind}', 'This is {kind}'],
    title_unknown: ['分不清是网页还是小程序', 'Web page or mini program: not known'],
    recorded: ['已记为依据', 'Recorded as evidence'],
    not_recorded: ['没有记为依据', 'Not recorded as evidence'],
    proves_label: ['能证明', 'Proves'],
    proves_not_label: ['不能证明', 'Does not prove'],
    next_label: ['下一步', 'Next'],
    proves_jsapi: ['这家店在用 JSAPI 网页支付，点金计划管得到。', 'This shop takes JSAPI payments in a web page: Gold Plan applies.'],
    proves_not_jsapi: [
      '顾客付完看到了官方页面。订单里没有这一项，所以不能说已迁移。',
      'That customers see the official page after paying. An order does not show this, so it does not prove migration.',
    ],
    next_jsapi: [
      '要证明已迁移，还要付一笔，点「完成」，看到官方页面。',
      'To prove migration, pay once more, tap Done and see the official page.',
    ],
    next_jsapi_verified: [
      '这家店已经看到过官方页面，不用再做什么。',
      'The official page was seen at this shop already. Nothing more to do.',
    ],
    proves_miniprogram: ['这一笔是在小程序里付的。', 'This payment was made in a mini program.'],
    proves_not_miniprogram: [
      '这家店不用网页支付。别的入口可能打开网页。',
      'That this shop takes no web page payments. Another entry may open a web page.',
    ],
    next_miniprogram: [
      '小程序场景要单独开通，请运营在服务商平台处理。从收款码或公众号再付一笔，查那一笔。',
      "The mini program scene is opened separately: ask operations. Pay once with the shop's payment code or in its official account, and look that up.",
    ],
    proves_other: ['这一笔不是 JSAPI 支付，点金计划不管它。', 'This is not a JSAPI payment: Gold Plan does not apply to it.'],
    proves_not_other: [
      '这家店不用网页支付。别的入口可能打开网页。',
      'That this shop takes no web page payments. Another entry may open a web page.',
    ],
    next_other: ['换一个入口付一笔，再查那一笔。', 'Pay once from another entry and look that up.'],
    proves_unknown: [
      '这一笔是 JSAPI 支付，付款用的 AppID 没有登记，或付款时已停用。',
      'This is a JSAPI payment, with an AppID that is not registered, or had ended.',
    ],
    proves_not_unknown: [
      '是公众号网页还是小程序。两种都是 JSAPI，要看 AppID 是谁的。',
      'Whether web page or mini program. Both are JSAPI: it depends on whose AppID it is.',
    ],
    next_unknown: [
      '把 AppID {appid} 发给管理员登记。登记后这家店会自动重新判断，不用再查。',
      'Send the AppID {appid} to an administrator. Once it is registered, this verdict follows by itself.',
    ],
    do_test_payment: ['去做验证支付', 'Make a test payment'],
    do_to_shop: ['回到商户', 'Back to the shop'],
    do_again: ['再查一笔', 'Look up another'],
    do_copy_appid: ['复制 AppID', 'Copy AppID'],
    verdict: ['现在的结论', 'The verdict now'],
    after_ORDER_NOT_FOUND: [
      '刚付的款等 1 分钟再查。还查不到，可能是别家店收的款，看账单里的收款方。',
      'Wait a minute after paying. If it is still not found, another shop may have been paid: see the payee in the bill.',
    ],
    after_ORDER_OF_ANOTHER_MERCHANT: [
      '这个码收的钱不是这家店的。找到这家店自己的收款码再付。',
      "This code pays another shop. Find this shop's own code and pay there.",
    ],
    after_ORDER_NOT_PAID: ['账单里显示「支付成功」的才查得到。', 'Only what the bill shows as paid can be looked up.'],
    after_ORDER_NUMBER_INVALID: [
      '在账单里长按「商户单号」复制，再粘贴到这里。',
      'Press and hold the order number in the bill to copy it, then paste it here.',
    ],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
