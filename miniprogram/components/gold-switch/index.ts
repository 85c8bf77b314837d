// The switch of a feature. It shows what is confirmed and never moves by itself: the row around it takes the tap and says its state aloud.
Component({
  properties: {
    checked: { type: Boolean, value: false },
    /** nobody has recorded whether it is on: no position is shown, because none is known */
    unknown: { type: Boolean, value: false },
    /** the answer of WeChat Pay is outstanding: no position is shown, because none is known */
    loading: { type: Boolean, value: false },
    /** flat: this person, or this moment, cannot change it */
    locked: { type: Boolean, value: false },
  },
})
