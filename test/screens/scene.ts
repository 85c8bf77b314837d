// What a scene is: one page in one state, and how a person comes to see it.
import type { Role } from '../../backend/http/schema.ts'
import type { Sight, Stage } from './stage.ts'

export interface Scene extends Sight {
  /** `group/state`, the name of its pictures */
  name: string
  /** who holds the phone; null: nobody is logged in and the phone remembers nothing */
  as: Role | null
  /** brings the page into the state, by what a person does and what the world does to the app */
  arrange(stage: Stage): Promise<void>
  /** the state does not last, or does not survive that the app goes to the background: arranged anew for each mode */
  fleeting?: true
  /** a sheet or what WeChat answered, whose words are those of the moment in which it came: in English it is arranged anew, in English */
  saidOnce?: true
}
