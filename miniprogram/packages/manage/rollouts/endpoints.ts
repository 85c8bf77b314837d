// What operators ask of the backend about rollouts, beside api/endpoints.ts: the package that everybody waits for does not carry it.
import type {
  NewRollout,
  Rollout,
  RolloutItemPage,
  RolloutItemQuery,
  RolloutPage,
  RolloutQuery,
  RolloutStep,
} from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { ControlOptions } from '../../../api/endpoints'
import type { Http } from '../../../api/http'

const all = '/v1/rollouts'
const one = (id: string, part = '') => `${all}/${encodeURIComponent(id)}${part}`

export const createRolloutApi = (http: Http) => ({
  /** Newest first. Throws ApiError ACTION_FORBIDDEN, INVALID_CURSOR. */
  listRollouts: async (query: RolloutQuery, scope?: AbortScope): Promise<RolloutPage> =>
    (await http.get<RolloutPage>(all, { query, scope, has: 'items' })).body,
  getRollout: async (id: string, scope?: AbortScope): Promise<Rollout> =>
    (await http.get<Rollout>(one(id), { scope, has: 'created_at' })).body,
  /** In the order in which they are done. Throws ApiError NOT_FOUND, INVALID_CURSOR. */
  listRolloutItems: async (id: string, query: RolloutItemQuery, scope?: AbortScope): Promise<RolloutItemPage> =>
    (await http.get<RolloutItemPage>(one(id, '/items'), { query, scope, has: 'items' })).body,
  /** The dry run: nothing is asked of WeChat Pay. Throws ApiError VALIDATION_FAILED, TOO_MANY, ACTION_FORBIDDEN. */
  createRollout: async (body: NewRollout, key: string): Promise<Rollout> =>
    (await http.write<Rollout>(all, { method: 'POST', body, key, has: 'created_at' })).body,
  /** Throws ApiError INVALID_TRANSITION, VERSION_MISMATCH, ACTION_FORBIDDEN. */
  stepRollout: async (id: string, step: RolloutStep, options: ControlOptions): Promise<Rollout> =>
    (await http.write<Rollout>(one(id, `/${step}`), { method: 'POST', body: {}, ...options, has: 'created_at' })).body,
})
export type RolloutApi = ReturnType<typeof createRolloutApi>
