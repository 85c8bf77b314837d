// npm run release-check: what it asks for, and what it calls missing.
import { describe, expect, it } from '@jest/globals'
import { releaseReport, type ReleaseFiles } from '../../../scripts/checks/release.ts'

const ready: ReleaseFiles = {
  project: { appid: 'touristappid', setting: { urlCheck: true } },
  privateProject: { appid: 'wx0123456789abcdef' },
  app: { __usePrivacyCheck__: true },
  package: { version: '1.2.0' },
  config: `const BASE_URLS = { develop: 'http://127.0.0.1:8787', trial: 'https://trial.provider.com', release: 'https://api.provider.com' } as const
const SCAN_HOSTS = { trial: ['pay.provider.com'], release: ['pay.provider.com'] }`,
  sources: 'wx.setClipboardData({}); wx.scanCode({}); wx.openPrivacyContract({})',
  needs: [{ what: 'wx.openPrivacyContract', from: '2.32.3', file: 'miniprogram/components/scan-sheet/index.ts' }],
}

describe('given an app that is ready', () => {
  it('nothing is missing, and its domains and privacy declarations are named', () => {
    const { lines, missing } = releaseReport(ready)
    expect(missing).toEqual([])
    const text = lines.join('\n')
    expect(text).toContain('AppID wx0123456789abcdef')
    for (const list of ['request', 'uploadFile', 'downloadFile'])
      expect(text).toMatch(
        new RegExp(`${list} 合法域名.*\\n  https://trial\\.provider\\.com \\(trial\\)\\n  https://api\\.provider\\.com \\(release\\)`),
      )
    expect(text).toMatch(/基础库最低版本.*2\.32\.3 or newer[^]*2\.32\.3 +wx\.openPrivacyContract/)
    expect(text).toContain('wx.setClipboardData')
    expect(text).toContain('wx.scanCode')
    expect(text).not.toContain('127.0.0.1')
  })
})

describe('what is missing is named', () => {
  it.each<[string, Partial<ReleaseFiles>, RegExp]>([
    [
      'the tourist AppID',
      { privateProject: null },
      /private\.config\.json gives no appid, and that of project\.config\.json is touristappid/,
    ],
    ['an AppID that is none', { privateProject: { appid: 'wx0' } }, /private\.config\.json: appid is wx0/],
    [
      'a check of domains switched off for one computer',
      { privateProject: { ...ready.privateProject, setting: { urlCheck: false } } },
      /urlCheck is off/,
    ],
    [
      'a placeholder domain',
      { config: ready.config.replace('api.provider.com', 'api.goldplan.example.cn') },
      /BASE_URLS\.release is still the placeholder/,
    ],
    [
      'a placeholder scan host',
      { config: ready.config.replace("release: ['pay.provider.com']", "release: ['pay.example.cn']") },
      /SCAN_HOSTS\.release/,
    ],
    ['http', { config: ready.config.replace('https://trial', 'http://trial') }, /https only/],
    ['no version', { package: { version: '0.1.0' } }, /version 0\.1\.0/],
    ['no privacy check', { app: {} }, /__usePrivacyCheck__/],
    ['no way to the guideline', { sources: 'wx.scanCode({})' }, /openPrivacyContract/],
  ])('%s', (_, change, finding) => {
    expect(releaseReport({ ...ready, ...change }).missing).toEqual([expect.stringMatching(finding)])
  })
})
