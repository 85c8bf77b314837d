// Where the backend is, per version of the mini program. Every address but develop's must be registered as a request domain on the console.

import { whatWorks } from './phone/what-works'

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
const account = () =>
  whatWorks('getAccountInfoSync', () => wx.getAccountInfoSync().miniProgram, { envVersion: 'release', version: '' } as {
    envVersion: Version
    version: string
  })

export const version = (): Version => account().envVersion

/** x.y.z of a released version; '' of one that is not: only WeChat's upload gives a number */
export const releaseVersion = (): string => account().version

export const baseUrl = (): string => BASE_URLS[version()]

export const scanHosts = (): readonly string[] => SCAN_HOSTS[version()]
