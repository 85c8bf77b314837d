// One of several answers: a card to tap, with the picture of a page or an icon beside its words. Its user binds `tap` on it.
Component({
  properties: {
    label: { type: String, value: '' },
    note: { type: String, value: '' },
    /** AfterPage drawn by page-picture; empty without a picture */
    page: { type: String, value: '' },
    icon: { type: String, value: '' },
    on: { type: Boolean, value: false },
  },
})
