// A merchant in a list. Tap opens it; a long press copies its 商户号.
import type { MerchantRowView } from './view'

Component({
  properties: {
    row: { type: Object, value: { nameParts: [], facts: [], marks: [] } as unknown as MerchantRowView },
    large: { type: Boolean, value: false },
  },
  methods: {
    onTap() {
      this.triggerEvent('open', { sub_mchid: this.data.row.sub_mchid })
    },
    onLongPress() {
      this.triggerEvent('copy', { sub_mchid: this.data.row.sub_mchid })
    },
  },
})
