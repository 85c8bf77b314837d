// What the backend said it had done, or not done. Held against its database and WeChat's side at the end.
import type { Person } from './people.ts'

interface Claimed {
  person: Person
  /** epoch milliseconds of the answer */
  at: number
  status: number
  code: string | null
}

export type Claim = Claimed &
  (
    | { kind: 'switch'; key: string; sub_mchid: string; operation: string }
    | { kind: 'evidence'; id: string; sub_mchid: string }
    | { kind: 'visit'; id: string; sub_mchid: string; photo_id: string }
    | { kind: 'photo'; id: string; bytes: number }
    | { kind: 'receipt content'; key: string; sub_mchid: string }
  )

export const wasAccepted = ({ status }: Pick<Claim, 'status'>): boolean => status >= 200 && status < 300
