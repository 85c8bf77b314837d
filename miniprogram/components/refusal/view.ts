/** Why a change did not happen, in the language of the app. */
export interface RefusalView {
  /** what stands in the way */
  title: string
  /** what it means, and what to do */
  sentence: string
  /** whom to ask; empty when nobody can help */
  contact: string
  requestLabel: string
  requestId: string
  copyLabel: string
  /** the way on; empty when there is none but to close */
  action: string
  dismiss: string
}
