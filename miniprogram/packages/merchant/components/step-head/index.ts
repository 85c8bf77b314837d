// Where a person is in a row of questions: progress, which shop, and the question itself.
Component({
  properties: {
    /** from 1; with `total` 0 no bar is drawn: nobody knows how many questions follow */
    number: { type: Number, value: 0 },
    total: { type: Number, value: 0 },
    /** "第 4 步，共 6 步" */
    progress: { type: String, value: '' },
    facts: { type: Array, value: [] as string[] },
    question: { type: String, value: '' },
    help: { type: String, value: '' },
  },
})
