// A form that is being received takes up to 4 MB of memory before it can be judged: each person may send a few at once, and all together a limited number.
import { AppError } from '../../http/problems/app-error.ts'

export interface Arrivals {
  /**
   * @param work reads the form and keeps the photo; its place is free when it has ended
   * @throws AppError OVERLOADED (503, with retry_after) when this person or all have as many under way as there is room for
   */
  take<T>(person: string, work: () => Promise<T>): Promise<T>
}

export function createArrivals({ perPerson, inAll, retryAfter }: { perPerson: number; inAll: number; retryAfter: number }): Arrivals {
  const underWay = new Map<string, number>()
  let all = 0
  const count = (person: string, step: 1 | -1) => {
    all += step
    const left = (underWay.get(person) ?? 0) + step
    if (left > 0) underWay.set(person, left)
    else underWay.delete(person)
  }
  return {
    async take(person, work) {
      if (all >= inAll || (underWay.get(person) ?? 0) >= perPerson) throw new AppError('OVERLOADED', { retry_after: retryAfter })
      count(person, 1)
      try {
        return await work()
      } finally {
        count(person, -1)
      }
    },
  }
}
