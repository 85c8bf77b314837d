// Access to the internet: how names are resolved, which addresses are allowed, which roots are trusted, and how long everything may take.
import { lookup } from 'node:dns/promises'
import { isPublicAddress } from './addresses.ts'

export interface Reach {
  /** every address of a name */
  resolve(host: string): Promise<string[]>
  mayVisit(address: string): boolean
  /** 443 */
  ports: readonly number[]
  /** PEM; undefined: the roots that node comes with */
  roots: string[] | undefined
  /** for everything together, milliseconds of real time */
  budgetMs: number
}

export const realReach: Reach = {
  resolve: async host => (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address),
  mayVisit: isPublicAddress,
  ports: [443],
  roots: undefined,
  budgetMs: 5_000,
}
