/** One of the three steps of the ladder. */
export interface LadderStep {
  id: 'flow_confirmed' | 'gold_plan_opened' | 'page_seen'
  status: 'done' | 'here' | 'broken' | 'ahead'
  name: string
  /** date and source, or what is missing */
  note: string
}

/** What the verdict shows, in the language of the app. */
export interface VerdictView {
  state: string
  name: string
  numberLabel: string
  number: string
  copyLabel: string
  /** district, trade */
  facts: string[]
  label: string
  sentence: string
  /** 依据：kind · absolute time */
  proof: string
  /** 证据较旧, 验证没通过 …; empty when nothing needs attention */
  mark: string
  ladder: LadderStep[]
}
