// One feature of a merchant: name, who set it and when, its state as a word and as a switch. The whole row is the hit area.
// Controlled: `toggle` asks for a change, the position follows `checked` once the answer is there.
Component({
  properties: {
    icon: { type: String, value: '' },
    name: { type: String, value: '' },
    /** who set it and when, or why it cannot be changed */
    note: { type: String, value: '' },
    /** what is wrong although the switch is right, e.g. customers cannot see the receipt */
    warning: { type: String, value: '' },
    /** the state as a word: 已开, 已关, 未知, 2/3 */
    word: { type: String, value: '' },
    /** the word while the answer is outstanding */
    waiting: { type: String, value: '' },
    checked: { type: Boolean, value: false },
    loading: { type: Boolean, value: false },
    locked: { type: Boolean, value: false },
    /** false: a fact without a switch */
    switchable: { type: Boolean, value: true },
    /** the first of a card has no rule above it */
    first: { type: Boolean, value: false },
  },
  data: { interactive: true },
  observers: {
    'switchable, loading, locked': function (switchable: boolean, loading: boolean, locked: boolean) {
      this.setData({ interactive: switchable && !loading && !locked })
    },
  },
  methods: {
    onTap() {
      if (this.data.interactive) this.triggerEvent('toggle', { checked: !this.data.checked })
    },
  },
})
