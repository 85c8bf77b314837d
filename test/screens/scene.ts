// What a scene is: one page in one state, and how a person comes to see it.
import type { Stage } from './stage.ts'

export type Role = 'field_agent' | 'region_lead' | 'operator' | 'auditor' | 'admin'

export interface Scene {
  /** `group/state`, the name of its pictures */
  name: string
  /** who holds the phone; null: nobody is logged in and the phone remembers nothing */
  as: Role | null
  /** brings the page into the state, by what a person does and what the world does to the app */
  arrange(stage: Stage): Promise<void>
  /** the state is reached when this is in sight, with this text where one is given */
  shows: { selector: string[]; reads?: string | RegExp }
  /** the state does not last, or does not survive that the app goes to the background: arranged anew for each mode */
  fleeting?: true
  /** a sheet or what WeChat answered, whose words are those of the moment in which it came: in English it is arranged anew, in English */
  saidOnce?: true
  /** requests are still on their way in this state: do not wait for them */
  waiting?: true
  /** one screenful instead of the whole page: what is below the fold would load when it is seen */
  fold?: true
}
