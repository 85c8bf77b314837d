import type { LinkCheckRequest, LinkCheckResult } from '../../typings/api'
import type { Http } from './http'

export const linkChecksApi = (http: Http) => ({
  /** Looks at a receipt link from outside. Throws ApiError LINK_NOT_GIVEN, LINK_INVALID, LINK_HOST_NOT_REGISTERED; what is wrong with the link is a finding. */
  checkLink: async (sub_mchid: string, body: LinkCheckRequest, key: string): Promise<LinkCheckResult> => {
    const path = `/v1/sub-merchants/${encodeURIComponent(sub_mchid)}/link-checks`
    return (await http.write<LinkCheckResult>(path, { method: 'POST', body, key })).body
  },
})
