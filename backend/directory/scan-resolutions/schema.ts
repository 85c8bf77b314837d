// Whose code was scanned (product.md §6.4). The phone asks only for links that it cannot judge itself.
import { Type, type Static } from 'typebox'
import { SubMchid } from '../../http/schema.ts'

/** POST /scan-resolutions. A customer's payment code, also inside a text, is refused with 422 and never looked at further. */
export const ScanResolutionRequest = Type.Object(
  { content: Type.String({ minLength: 1, maxLength: 512, description: 'the text of the code, as scanned' }) },
  { additionalProperties: false },
)
export type ScanResolutionRequest = Static<typeof ScanResolutionRequest>

/**
 * - sub_merchant: a code on one of our merchants' counters; store_name where the merchant has several
 * - foreign: of another wallet, or a personal collection code (wxp://)
 * - unknown: not in the directory, or not within the caller's scope
 */
export const ScanResolution = Type.Object(
  {
    type: Type.Union([Type.Literal('sub_merchant'), Type.Literal('foreign'), Type.Literal('unknown')]),
    sub_mchid: Type.Optional(SubMchid),
    store_name: Type.Optional(Type.String()),
  },
  { $id: 'ScanResolution' },
)
export type ScanResolution = Static<typeof ScanResolution>
