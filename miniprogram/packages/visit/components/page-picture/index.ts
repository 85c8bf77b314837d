// What a customer sees after paying, as one small drawing that means the same wherever it appears.
Component({
  properties: {
    /** official_receipt · merchant_receipt · receipt_missing · receipt_error · legacy_page · closed */
    page: { type: String, value: 'official_receipt' },
    /** font size in rpx that scales the whole drawing: 13 in lists, 17 in sheets, 42 when explained; it is 6.4 × 9 em */
    size: { type: Number, value: 17 },
    /** what the picture shows, for a screen reader */
    label: { type: String, value: '' },
  },
})
