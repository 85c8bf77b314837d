// What WeChat's console needs for a release, read from the app's files.
import type { Need } from './floor/base-library.ts'
import { BASE_LIBRARY } from './floor/table.ts'

interface ProjectConfig {
  appid?: string
  setting?: { urlCheck?: boolean }
}

export interface ReleaseFiles {
  /** project.config.json */
  project: ProjectConfig
  /** project.private.config.json, which DevTools puts over it; null when there is none */
  privateProject: ProjectConfig | null
  /** app.json */
  app: { __usePrivacyCheck__?: boolean }
  /** package.json */
  package: { version: string }
  /** text of miniprogram/config.ts */
  config: string
  /** text of all scripts and WXML of the app */
  sources: string
  /** what of it needs which base library, the newest first */
  needs: readonly Need[]
}

/** WeChat keeps a list of domains for each kind of request; a kind whose list lacks the domain fails on every phone, and DevTools may not show it. */
const DOMAIN_LISTS = ['request', 'uploadFile', 'downloadFile']

/**
 * Processed information → what makes WeChat ask for its declaration in 用户隐私保护指引
 * (developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/miniprogram-intro.html).
 */
const PRIVACY: [information: string, uses: RegExp][] = [
  ['剪切板 (wx.setClipboardData, wx.getClipboardData)', /\bwx\.(set|get)ClipboardData\b/],
  ['选中的照片或视频信息 (wx.chooseMedia, wx.chooseImage)', /\bwx\.choose(Image|Media|Video)\b/],
  ['选中的文件 (wx.chooseMessageFile)', /\bwx\.chooseMessageFile\b/],
  ['位置信息 (wx.getLocation, wx.getFuzzyLocation)', /\bwx\.(get(Fuzzy)?Location|startLocationUpdate)\b/],
  ['选择的位置信息 (wx.chooseLocation)', /\bwx\.choose(Location|Poi)\b/],
  ['相册（仅写入） (wx.saveImageToPhotosAlbum)', /\bwx\.save(Image|Video)ToPhotosAlbum\b/],
  ['麦克风 (wx.getRecorderManager)', /\bwx\.(startRecord|getRecorderManager)\b/],
  ['摄像头 (<camera>, wx.createCameraContext, wx.createVKSession)', /<camera\b|\bwx\.create(CameraContext|VKSession)\b/],
  ['手机号 (open-type="getPhoneNumber")', /open-type="get(Realtime)?PhoneNumber"/],
  ['昵称、头像 (open-type="chooseAvatar", input type="nickname")', /open-type="chooseAvatar"|type="nickname"/],
]
/** Opens WeChat's own camera page; not in the official table, and this app asks for consent before it all the same. */
const SCANS = /\bwx\.scanCode\b/
/** the newest needs, which decide */
const NEEDS_SHOWN = 6
const PLACEHOLDER = /(^|\.)example\.(cn|com)$|^(localhost|127\.0\.0\.1)$/

/** The addresses of config.ts by version: `trial: 'https://…'`. */
function addressesOf(config: string): Record<string, string> {
  const block = /const BASE_URLS = \{([\s\S]*?)\}/.exec(config)?.[1] ?? ''
  return Object.fromEntries([...block.matchAll(/(\w+): '([^']+)'/g)].map(([, version, url]) => [version!, url!]))
}

/** @returns what to enter on the console, in its own words, and what is still missing in these files */
export function releaseReport({ project, privateProject, app, package: { version }, config, sources, needs }: ReleaseFiles): {
  lines: string[]
  missing: string[]
} {
  const missing: string[] = []
  const addresses = addressesOf(config)
  const domains: string[] = []
  for (const name of ['trial', 'release']) {
    const address = addresses[name]
    if (!address) {
      missing.push(`miniprogram/config.ts: BASE_URLS.${name} is not set`)
      continue
    }
    const { protocol, hostname, origin } = new URL(address)
    domains.push(`${origin} (${name})`)
    if (protocol !== 'https:') missing.push(`miniprogram/config.ts: BASE_URLS.${name} is ${address}; WeChat takes https only`)
    if (PLACEHOLDER.test(hostname)) missing.push(`miniprogram/config.ts: BASE_URLS.${name} is still the placeholder ${address}`)
  }
  const hosts = [...config.matchAll(/(trial|release): \[([^\]]*)\]/g)].flatMap(([, name, list]) =>
    [...list!.matchAll(/'([^']+)'/g)]
      .filter(([, host]) => PLACEHOLDER.test(host!))
      .map(([, host]) => `SCAN_HOSTS.${name} has the placeholder ${host}`),
  )
  missing.push(...hosts.map(line => `miniprogram/config.ts: ${line}`))
  const appid = privateProject?.appid ?? project.appid ?? ''
  if (!/^wx[0-9a-f]{16}$/.test(appid))
    missing.push(
      privateProject?.appid === undefined
        ? `project.private.config.json gives no appid, and that of project.config.json is ${appid || 'empty'}; WeChat's is wx and 16 characters`
        : `project.private.config.json: appid is ${appid || 'empty'}; WeChat's is wx and 16 characters`,
    )
  if (version.startsWith('0.')) missing.push(`package.json: version ${version} has not been set for a release`)
  const { urlCheck } = { ...project.setting, ...privateProject?.setting }
  if (urlCheck === false)
    missing.push(
      'project.config.json or project.private.config.json: urlCheck is off, so that a domain that is not registered would only be noticed by users',
    )
  const declared = PRIVACY.filter(([, uses]) => uses.test(sources)).map(([information]) => information)
  const privacyNeeded = declared.length > 0 || SCANS.test(sources)
  if (privacyNeeded && app.__usePrivacyCheck__ !== true) missing.push('miniprogram/app.json: __usePrivacyCheck__ is not true')
  if (privacyNeeded && !/openPrivacyContract/.test(sources)) missing.push('nothing opens the privacy guideline (wx.openPrivacyContract)')
  return {
    lines: [
      'App',
      `  AppID ${appid}, version ${version}`,
      `基础库最低版本 (设置 → 基本设置): ${BASE_LIBRARY} or newer, for`,
      ...needs.slice(0, NEEDS_SHOWN).map(({ what, from }) => `  ${from.padEnd(8)}${what}`),
      ...DOMAIN_LISTS.flatMap(list => [
        `${list} 合法域名 (开发管理 → 开发设置 → 服务器域名): a list of its own`,
        ...domains.map(domain => `  ${domain}`),
      ]),
      '用户隐私保护指引 (设置 → 服务内容声明)',
      ...declared.map(information => `  ${information}`),
      ...(SCANS.test(sources) ? ['  wx.scanCode: say in the guideline that the camera reads codes and pictures of it are not kept'] : []),
      '服务类目 (设置 → 基本设置 → 服务类目)',
      "  工具 > 办公: a tool for the provider's own staff; WeChat may ask for the service provider's contract with WeChat Pay",
      '小程序备案 (设置 → 基本设置): needed before the first release',
      '成员 (成员管理): 项目成员 with 开发者 for uploading, 体验成员 for the trial version',
    ],
    missing,
  }
}
