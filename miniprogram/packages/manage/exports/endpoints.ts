// What is asked of the backend about exports, beside api/endpoints.ts: the package that everybody waits for does not carry it.
import type { Export, ExportList, NewExport } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { Http } from '../../../api/http'

const all = '/v1/exports'

export const createExportApi = (http: Http) => ({
  /** My own, newest first. */
  listExports: async (scope?: AbortScope): Promise<ExportList> => (await http.get<ExportList>(all, { scope, has: 'items' })).body,
  /** With a link of 15 minutes where the file is there. Throws ApiError NOT_FOUND. */
  getExport: async (id: string): Promise<Export> => (await http.get<Export>(`${all}/${id}`, { has: 'requested_at' })).body,
  /** The file of a link, to a path on the phone. Throws ApiError, with status 404 or 410 where the link or the file is no longer good. */
  fetchFile: (download_url: string, path: string): Promise<void> => http.download(download_url, path),
  /** Throws ApiError VALIDATION_FAILED, ACTION_FORBIDDEN. */
  createExport: async (body: NewExport, key: string): Promise<Export> =>
    (await http.write<Export>(all, { method: 'POST', body, key, has: 'requested_at' })).body,
  /** Throws ApiError NOT_FOUND. */
  cancelExport: async (id: string, key: string): Promise<Export> =>
    (await http.write<Export>(`${all}/${id}/cancellation`, { method: 'POST', body: {}, key, has: 'requested_at' })).body,
})
export type ExportApi = ReturnType<typeof createExportApi>
