// The end of a list that comes in pages: more is coming, nothing is left, or the last page failed. Its user binds `tap` on it to ask again.
Component({
  properties: {
    /** loading · end · error · more */
    status: { type: String, value: 'more' },
    /** the words of `common` */
    copy: { type: Object, value: {} as Record<string, string> },
  },
})
