// The endpoints of lists from the console. Their only caller is this page: what everybody waits for (the main package) has no room for them.
import type { PortalCheckList, PortalCheckListRowPage, PortalCheckListRowQuery, PortalCheckListText } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { Http } from '../../../api/http'

interface PortalCheckFile {
  /** on the phone */
  path: string
  name: string
  /** when the console was looked at; null: now */
  checked_at: string | null
  progress(percent: number): void
}

const LISTS = '/v1/portal-check-lists'

export function createPortalListApi(http: Http) {
  const post = async (path: string, body: unknown, key: string): Promise<PortalCheckList> =>
    (await http.write<PortalCheckList>(path, { method: 'POST', body, key, has: 'created_at' })).body
  return {
    /** What was pasted, as a preview: nothing is recorded. Throws ApiError VALIDATION_FAILED (`file`: why all of it cannot be used), PAYMENT_CODE, ACTION_FORBIDDEN. */
    sendText: (body: PortalCheckListText, key: string) => post(LISTS, body, key),
    /** The same of a file, which WeChat gives another name on the phone. Throws also ApiError BODY_TOO_LARGE. */
    sendFile: async ({ path, name, checked_at, progress }: PortalCheckFile, key: string): Promise<PortalCheckList> => {
      const form: Record<string, string> = { name, ...(checked_at === null ? {} : { checked_at }) }
      return (await http.upload<PortalCheckList>(LISTS, { path, name: 'file', form, progress, key, has: 'created_at' })).body
    },
    /** Throws ApiError NOT_FOUND when it was tidied away. */
    get: async (id: string, scope: AbortScope): Promise<PortalCheckList> =>
      (await http.get<PortalCheckList>(`${LISTS}/${id}`, { scope, has: 'created_at' })).body,
    /** In the order of the list. Throws ApiError INVALID_CURSOR. */
    rows: async (id: string, query: PortalCheckListRowQuery, scope: AbortScope): Promise<PortalCheckListRowPage> =>
      (await http.get<PortalCheckListRowPage>(`${LISTS}/${id}/rows`, { query: { ...query }, scope, has: 'items' })).body,
    /** Begins to record it in the background; the same again is the same. */
    apply: (id: string, key: string) => post(`${LISTS}/${id}/apply`, {}, key),
    /** What was recorded until then stays. */
    cancel: (id: string, key: string) => post(`${LISTS}/${id}/cancellation`, {}, key),
  }
}
export type PortalListApi = ReturnType<typeof createPortalListApi>
