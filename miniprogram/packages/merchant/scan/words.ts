// What the sheet of a scan says.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  scan: {
    again: ['重扫', 'Scan again'],
    by_hand: ['手动输入', 'Enter by hand'],
    find: ['查找', 'Find'],
    field: ['商户号，8 到 10 位数字', 'Merchant ID, 8 to 10 digits'],
    guideline: ['看《隐私保护指引》', 'Read the privacy guideline'],
    agree: ['同意并扫码', 'Agree and scan'],
    refuse: ['不同意', 'Do not agree'],
    'consent.title': ['扫码要用到相机', 'Scanning needs the camera'],
    'consent.text': [
      '相机只用来读收款码上的内容，不拍照、不保存画面。先同意隐私保护指引，微信才会打开相机。',
      'The camera only reads the payment code; no picture is taken or kept. WeChat opens it after you agree to the privacy guideline.',
    ],
    'consent_refused.title': ['没有同意，不能扫码', 'You cannot scan without agreeing'],
    'consent_refused.text': [
      '不同意隐私保护指引时，微信不允许打开相机。其他功能照常用，可以手动输入商户号。',
      'WeChat does not open the camera without your consent to the privacy guideline. Everything else works, and you can enter the merchant ID by hand.',
    ],
    'camera_refused.title': ['微信不能使用相机', 'Camera not allowed for WeChat'],
    'camera_refused.text': [
      '请在手机设置里允许微信使用相机，或手动输入商户号。',
      "Allow it in the phone's settings, or enter the merchant ID by hand.",
    ],
    'no_memory.title': ['手机内存不够，相机没有打开', 'Not enough memory to open the camera'],
    'no_memory.text': ['关掉几个在用的应用再扫，或手动输入商户号。', 'Close some apps and scan again, or enter the merchant ID by hand.'],
    'not_supported.title': ['这台设备上微信不能扫码', 'WeChat on this device cannot scan'],
    'not_supported.text': ['换手机上的微信扫，或手动输入商户号。', 'Scan with WeChat on a phone, or enter the merchant ID by hand.'],
    'failed.title': ['没有扫到', 'Nothing was read'],
    'failed.text': ['换个角度再扫一次，或手动输入商户号。', 'Try another angle, or enter the merchant ID by hand.'],
    'manual.title': ['输入商户号', 'Enter the merchant ID'],
    'manual.text': [
      '商户号在收款码台卡或商户平台上，也可以粘贴收款码里的网址。',
      'It is on the payment code stand or the merchant platform. You can also paste the web address from a payment code.',
    ],
    'payment_code.title': ['这是顾客的付款码', "This is a customer's payment code"],
    'payment_code.text': [
      '不要扫描或保存顾客的付款码。这次扫到的内容没有发送，也没有保存。',
      'Do not scan or keep payment codes of customers. What was read was neither sent nor kept.',
    ],
    'personal_code.title': ['这是个人或经营收款码', 'A personal or business payment code'],
    'personal_code.text': [
      '这种码不走服务商的网页支付，无需迁移，也查不出是哪家商户。请扫店里的其他收款码。',
      "This kind of code does not use the provider's web payment, so nothing needs to migrate, and it does not tell which merchant it is. Scan another code of the shop.",
    ],
    'foreign.title': ['不是微信收款码', 'Not a WeChat payment code'],
    'foreign.text': [
      '这是其他支付方式的码，与点金计划无关。请扫微信收款码。',
      'This code is for another way to pay and has nothing to do with Gold Plan. Scan a WeChat payment code.',
    ],
    'unknown.title': ['未识别的码', 'Unknown code'],
    'unknown.text': ['没有找到对应的商户，也可能不在你的负责范围。', 'No merchant was found for it, or it is outside your area.'],
  },
})

declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
