// One glyph of the inline icon font, by its Vant name. Size and colour come from the class that its user puts on it.
Component({
  properties: {
    /** e.g. `success`; the names are listed in index.wxss */
    name: { type: String, value: '' },
  },
})
