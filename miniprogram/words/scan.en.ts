// English for scan.zh-CN.ts, same keys.
import type { scanZhCN } from './scan.zh-CN'

export const scanEn: Record<keyof typeof scanZhCN, string> = {
  'scan.button': 'Scan',
  'scan.busy': 'Looking it up',
  'scan.again': 'Scan again',
  'scan.by_hand': 'Enter by hand',
  'scan.find': 'Find',
  'scan.field': 'Merchant ID, 8 to 10 digits',
  'scan.guideline': 'Read the privacy guideline',
  'scan.agree': 'Agree and scan',
  'scan.refuse': 'Do not agree',

  'scan.consent.title': 'Scanning needs the camera',
  'scan.consent.text':
    'The camera only reads the payment code; no picture is taken or kept. WeChat opens it after you agree to the privacy guideline.',
  'scan.consent_refused.title': 'You cannot scan without agreeing',
  'scan.consent_refused.text':
    'WeChat does not open the camera without your consent to the privacy guideline. Everything else works, and you can enter the merchant ID by hand.',
  'scan.camera_refused.title': 'Camera not allowed for WeChat',
  'scan.camera_refused.text': "Allow it in the phone's settings, or enter the merchant ID by hand.",
  'scan.no_memory.title': 'Not enough memory to open the camera',
  'scan.no_memory.text': 'Close some apps and scan again, or enter the merchant ID by hand.',
  'scan.not_supported.title': 'WeChat on this device cannot scan',
  'scan.not_supported.text': 'Scan with WeChat on a phone, or enter the merchant ID by hand.',
  'scan.failed.title': 'Nothing was read',
  'scan.failed.text': 'Try another angle, or enter the merchant ID by hand.',
  'scan.manual.title': 'Enter the merchant ID',
  'scan.manual.text': 'It is on the payment code stand or the merchant platform. You can also paste the web address from a payment code.',
  'scan.payment_code.title': "This is a customer's payment code",
  'scan.payment_code.text': 'Do not scan or keep payment codes of customers. What was read was neither sent nor kept.',
  'scan.personal_code.title': 'A personal or business payment code',
  'scan.personal_code.text':
    "This kind of code does not use the provider's web payment, so nothing needs to migrate, and it does not tell which merchant it is. Scan another code of the shop.",
  'scan.foreign.title': 'Not a WeChat payment code',
  'scan.foreign.text': 'This code is for another way to pay and has nothing to do with Gold Plan. Scan a WeChat payment code.',
  'scan.unknown.title': 'Unknown code',
  'scan.unknown.text': 'No merchant was found for it, or it is outside your area.',

  'merchants.too_long_title': 'Not a merchant ID',
  'merchants.too_long_text': 'A merchant ID has 8 to 10 digits. Longer numbers are not looked up.',
}
