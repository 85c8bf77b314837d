// The floor: the oldest engines and the oldest base library that this app runs on, in one place. What each engine can is @mdn/browser-compat-data's
// word, what each wx method needs is that of miniprogram-api-typings' comments; here stand the two choices and what neither of them knows.

/** The oldest engine of each system, by the names of @mdn/browser-compat-data. WXML and WXSS are drawn by it, and iOS runs the scripts with it too. */
export const ENGINES = { safari_ios: '12', webview_android: '67' } as const

/** `safari_ios` as a person says it. */
export const ENGINE_NAMES: Record<keyof typeof ENGINES, string> = { safari_ios: 'iOS', webview_android: 'Android WebView' }

/** Globals that WeChat gives to scripts besides ECMAScript's own (developers.weixin.qq.com/miniprogram/dev/framework/app-service). */
export const WECHAT_GLOBALS =
  'wx App Page Component Behavior getApp getCurrentPages require module exports console setTimeout clearTimeout setInterval clearInterval arguments undefined'.split(
    ' ',
  )

/** Globals of a web page that both engines have: the receipt (backend/receipts/page) is one, in WeChat's own page on customers' phones. */
export const PAGE_GLOBALS =
  'window document navigator location performance fetch Blob setTimeout clearTimeout setInterval clearInterval undefined'.split(' ')

/** ECMAScript's own that WeChat's engines lack whatever their version: Android's has no ICU, and no script may be made from text. */
export const WECHAT_LACKS = ['Intl', 'eval', 'SharedArrayBuffer', 'Atomics', 'WebAssembly']

/** Built-ins that miniprogram/missing-built-ins.ts defines where the engine lacks them. */
export const ADDED = ['Array.flat', 'Array.flatMap', 'Object.fromEntries']

/** Globals of a WXS script (developers.weixin.qq.com/miniprogram/dev/reference/wxs): a language of its own, ECMAScript 5 without regular expressions. */
export const WXS_GLOBALS =
  'require module exports console getRegExp getDate Math JSON Number Date arguments undefined NaN Infinity parseInt parseFloat isNaN isFinite decodeURI decodeURIComponent encodeURI encodeURIComponent'.split(
    ' ',
  )

/** Method names of this app and of its packages that an engine's newer built-in has too; on other values they would be refused. */
export const OWN_METHODS: Record<string, string> = {
  take: 'stores/scan.ts and packages/merchant/stores: what a scan or a question found, once',
  drop: 'stores/unsent-work.ts: forgets what it kept',
}

/** Styles that an engine without them may pass over: what is drawn then, and why that is enough. */
export const PASSED_OVER: Record<string, string> = {
  '@media (prefers-color-scheme)': 'a system without a dark mode stays light',
  ':focus-visible': "the receipt's buttons keep the engine's own ring",
  resize: "Vant's field: a phone has no handle to pull",
  'resize: none': "Vant's field: a phone has no handle to pull",
}

/** The oldest base library: below it WeChat asks the person to update. Every wx method that is called without wx.canIUse must be in it. */
export const BASE_LIBRARY = '2.32.3'

/** What needs a base library and is no wx method with a comment: in WXML, in JSON, in what a method returns. Pattern in the sources → version. */
export const NEEDS: { what: string; in: RegExp; uses: RegExp; from: string }[] = [
  { what: 'darkmode in app.json', in: /^miniprogram\/app\.json$/, uses: /"darkmode": true/, from: '2.11.0' },
  { what: 'lazyCodeLoading requiredComponents', in: /^miniprogram\/app\.json$/, uses: /"lazyCodeLoading"/, from: '2.11.1' },
  { what: 'preloadRule', in: /^miniprogram\/app\.json$/, uses: /"preloadRule"/, from: '2.3.0' },
  { what: 'custom tab bar', in: /^miniprogram\/app\.json$/, uses: /"custom": true/, from: '2.5.0' },
  { what: '<page-meta>', in: /\.wxml$/, uses: /<page-meta\b/, from: '2.9.0' },
  { what: '<page-container>', in: /\.wxml$/, uses: /<page-container\b/, from: '2.16.0' },
  { what: '<root-portal>', in: /\.wxml$/, uses: /<root-portal\b/, from: '2.25.2' },
  { what: '<share-element>', in: /\.wxml$/, uses: /<share-element\b/, from: '2.16.0' },
  { what: 'virtualHost', in: /\.ts$/, uses: /\bvirtualHost: true/, from: '2.11.2' },
  { what: 'pureDataPattern', in: /\.ts$/, uses: /\bpureDataPattern:/, from: '2.10.1' },
  { what: 'observers of a component', in: /\.ts$/, uses: /\bobservers: \{/, from: '2.6.1' },
  { what: 'pageLifetimes of a component', in: /\.ts$/, uses: /\bpageLifetimes: \{/, from: '2.2.3' },
  { what: 'generic:', in: /\.wxml$/, uses: /\bgeneric:/, from: '1.6.0' },
  { what: 'aria attributes', in: /\.wxml$/, uses: /\baria-(role|label|hidden|checked)=/, from: '2.5.0' },
  { what: 'require.async of another package', in: /\.ts$/, uses: /\brequire\.async\(/, from: '2.11.2' },
  { what: 'open-type="agreePrivacyAuthorization"', in: /\.wxml$/, uses: /agreePrivacyAuthorization/, from: '2.32.3' },
  { what: 'text user-select', in: /\.wxml$/, uses: /<text\b[^>]*\buser-select/, from: '2.12.1' },
  { what: 'enablePassiveEvent', in: /^miniprogram\/app\.json$/, uses: /enablePassiveEvent/, from: '2.25.1' },
]
