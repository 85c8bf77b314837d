// What observations are made of: sentences in both languages, things that were seen, and all of them by question.
/** in both languages of the app */
export interface Sentence {
  zh: string
  en: string
}

/** One thing that was seen, so often. */
export interface Seen {
  what: Sentence
  text: string | null
  count: number
  first_at: Date | null
  last_at: Date | null
}

/** What is seen, question by question; the functions only choose from what was read at once. */
export interface Observed {
  /** answers to a switch that our record had where it was asked to go */
  repeated(kind: 'gold_plan.open' | 'gold_plan.close'): Seen[]
  /** what came of calls that were asked once more after no answer */
  askedAgain: Seen[]
  /** refusals of the writes whose kind begins so */
  refusals(prefix: string): Seen[]
  closedUnderDefaultOpen: Seen[]
  tooFast: Seen[]
  /** openings within 24 hours after a closing */
  reopened(feature: 'gold_plan' | 'receipt' | 'advertising'): Seen[]
  /** tags at the first look at the console after such a write */
  filtersAfter(kind: 'advertising.open' | 'advertising.close' | 'gold_plan.close'): Seen[]
  receiptAfter: Seen[]
  checkCodes: Seen[]
  lateLoads: Seen[]
  /** the digits after the last `-` of a Request-ID */
  numbers: Seen[]
  punished: Seen[]
  providerPunished: Seen[]
}
