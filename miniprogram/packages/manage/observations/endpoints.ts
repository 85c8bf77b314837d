// What 微信支付实况 asks of the backend.
import type { GivenClass, Observations, SeenText } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { ControlOptions } from '../../../api/endpoints'
import type { Http } from '../../../api/http'

const observations = '/v1/observations'

export const createObservationsApi = (http: Http) => ({
  /** About its open questions, in the language of the moment. */
  getObservations: async (scope?: AbortScope): Promise<Observations> =>
    (await http.get<Observations>(observations, { scope, has: 'texts' })).body,
  /** What a text means from now on; code null: nobody knows any more. Throws ApiError NOT_FOUND, VERSION_MISMATCH, ACTION_FORBIDDEN. */
  setTextClass: async (id: string, code: GivenClass | null, options: ControlOptions): Promise<SeenText> => {
    const what = code === null ? { method: 'DELETE' as const } : { method: 'PUT' as const, body: { code } }
    return (await http.write<SeenText>(`${observations}/texts/${encodeURIComponent(id)}/class`, { ...what, ...options, has: 'kinds' })).body
  },
})
export type ObservationsApi = ReturnType<typeof createObservationsApi>
