// The whole directory of the demo: what the database is filled with and what the sandbox remembers are made of the same list.
import { crowd, type CrowdMerchant } from './crowd.ts'
import { difficultMerchants } from './difficulties.ts'
import type { DifficultMerchant } from './difficult-merchant.ts'
import { seededRandom, type Random } from './random.ts'

const seed = 20_200_731

/** Always the same. @param random given back as the list leaves it, for what is drawn after it */
export function demoMerchants(random: Random = demoRandom()): readonly (DifficultMerchant | CrowdMerchant)[] {
  return [...difficultMerchants, ...crowd(random)]
}

export const demoRandom = (): Random => seededRandom(seed)
