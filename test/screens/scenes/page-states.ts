// A page whose question is not answered: cut off, without a network, and still on its way.
import type { Scene } from '../scene.ts'
import type { Role } from '../../../backend/http/schema.ts'
import type { Stage } from '../stage.ts'
import { openOverHome } from './steps.ts'

type State = 'error' | 'offline' | 'skeleton'
const ARRANGED: Record<State, (stage: Stage, asked: RegExp) => Promise<void> | void> = {
  error: (stage, asked) => stage.cut(asked),
  offline: stage => stage.offline(),
  skeleton: (stage, asked) => stage.hold(asked),
}

interface PageStates {
  /** group of the pictures */
  name: string
  as: Role
  url: string
  /** what the page asks */
  asked: RegExp
  states?: readonly State[]
  /** before each the app begins anew; where it keeps what this page shows, it is to begin on a phone that knows nothing */
  begin?: (stage: Stage) => Promise<void>
}

export const pageStates = ({
  name,
  as,
  url,
  asked,
  states = ['error', 'offline', 'skeleton'],
  begin = stage => stage.restart(),
}: PageStates): Scene[] =>
  states.map(state => ({
    name: `${name}/${state}`,
    as,
    async arrange(stage) {
      await begin(stage)
      await ARRANGED[state](stage, asked)
      await openOverHome(stage, url)
    },
    shows: { selector: [`#state-${state}`] },
    ...(state === 'skeleton' && { fleeting: true, waiting: true }),
  }))
