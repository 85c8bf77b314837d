import type { Me } from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http } from './http'

export const meApi = (http: Http) => ({
  getMe: async (scope?: AbortScope): Promise<Me> => (await http.get<Me>('/v1/me', { scope })).body,
})
