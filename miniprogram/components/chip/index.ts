// A filter that is on or off, a shortcut, or one of a few answers. 64 high to the eye, 88 to the finger.
Component({
  properties: {
    label: { type: String, value: '' },
    on: { type: Boolean, value: false },
    /** MigrationState whose glyph goes before the label */
    state: { type: String, value: '' },
    /** shows a cross while on */
    removable: { type: Boolean, value: false },
  },
})
