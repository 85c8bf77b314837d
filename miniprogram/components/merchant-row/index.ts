// A merchant in a list. Its user binds `tap` (open) and `longpress` (copy the 商户号) on it.
import type { MerchantRow } from './view'

Component({
  properties: {
    row: { type: Object, value: { name_parts: [], marks: [] } as unknown as MerchantRow },
    /** the words of `merchants` */
    copy: { type: Object, value: {} as Record<string, string> },
    large: { type: Boolean, value: false },
  },
})
