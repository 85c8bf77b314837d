/** What one item of evidence shows, in the language of the app. */
export interface EvidenceView {
  id: string
  icon: string
  title: string
  /** relative time, absolute time, source, who */
  facts: string[]
  /** what WeChat Pay said, or the note of a colleague; may be empty */
  detail: string
  /** who withdrew it, when and why; empty when it counts */
  withdrawn: string
  /** a refusal, or a page that should not have been seen */
  bad: boolean
}
