// One feature of a merchant: name, who set it and when, its state as a word and as a switch. The whole row is the hit area.
// Controlled: its user binds `tap` on it; the position follows `checked` once the answer is there.
Component({
  properties: {
    icon: { type: String, value: '' },
    name: { type: String, value: '' },
    /** who set it and when */
    note: { type: String, value: '' },
    /** what is wrong although the switch is right, e.g. customers cannot see the receipt */
    warning: { type: String, value: '' },
    /** the state as a word: 已开, 已关, 未知, 结果确认中, 2/3 */
    word: { type: String, value: '' },
    checked: { type: Boolean, value: false },
    /** neither on nor off is recorded */
    unknown: { type: Boolean, value: false },
    loading: { type: Boolean, value: false },
    /** why a tap changes nothing now; empty when it may */
    locked: { type: String, value: '' },
    /** the reason in `locked` is shown while it is on too, because no tap can turn it off here */
    barred: { type: Boolean, value: false },
    /** opens a page of its own instead of switching */
    opens: { type: Boolean, value: false },
    /** the first of a card has no rule above it */
    first: { type: Boolean, value: false },
    large: { type: Boolean, value: false },
  },
})
