import type { PhotoUploaded } from '../../typings/api'
import type { Http } from './http'

export interface PhotoFile {
  path: string
  /** lower-case hex */
  sha256: string
  /** ISO 8601 */
  taken_at: string
}

export const photosApi = (http: Http) => ({
  /** The same file of the same person is the same photo. Throws ApiError VALIDATION_FAILED (MISMATCH: changed on the way), PHOTO_TOO_LARGE, PHOTO_UNREADABLE. */
  uploadPhoto: async ({ path, sha256, taken_at }: PhotoFile, key: string): Promise<PhotoUploaded> =>
    (await http.upload<PhotoUploaded>('/v1/photos', { path, name: 'file', form: { sha256, taken_at }, key })).body,
})
