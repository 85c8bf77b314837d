import type { PhotoLink } from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http } from './http'

export const photoLinksApi = (http: Http) => ({
  /** A link that an <image> can load for 15 minutes; `url` is a path on the backend. Throws ApiError NOT_FOUND. */
  getPhotoLink: async (photo_id: string, scope?: AbortScope): Promise<PhotoLink> =>
    (await http.get<PhotoLink>(`/v1/photos/${encodeURIComponent(photo_id)}/url`, { scope })).body,
})
