// Where the backend is, per version of the mini program. Every address but develop's must be registered as a request domain on the console.

const BASE_URLS = {
  develop: 'http://127.0.0.1:8787',
  trial: 'https://api-trial.goldplan.example.cn',
  release: 'https://api.goldplan.example.cn',
} as const

/** Hosts, and what is below them, whose links carry a 商户号 of this provider themselves (`sub_mchid` or `m`): they are read on the phone. */
const SCAN_HOSTS = {
  develop: ['pay.example.cn', 'm.example.cn'],
  trial: ['pay-trial.goldplan.example.cn'],
  release: ['pay.goldplan.example.cn'],
} as const

type Version = keyof typeof BASE_URLS

/** develop, trial or release, as WeChat says. */
export const version = (): Version => wx.getAccountInfoSync().miniProgram.envVersion

export const baseUrl = (): string => BASE_URLS[version()]

export const scanHosts = (): readonly string[] => SCAN_HOSTS[version()]
