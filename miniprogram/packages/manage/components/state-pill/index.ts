// A migration state in a list: shape, word and colour say the same.
Component({
  properties: {
    state: { type: String, value: 'unknown' },
    /** the state's name in the language of the app */
    label: { type: String, value: '' },
  },
})
