// The newest few of a list that grows at its head, kept in places that do not move: where one more arrives, it takes the place of the one that
// leaves, so that one row goes to the view instead of all of them.

export interface Ring<Row> {
  /** by place; null where the list is shorter */
  rows: (Row | null)[]
  /** places, newest row first */
  order: number[]
}

/**
 * @param newest newest first
 * @param count how many the whole list has; where it does not grow with the list, more is sent than needed and the picture is right all the same
 */
export function ringOf<Row>(newest: readonly Row[], count: number, size = 3): Ring<Row> {
  const places = Math.max(size, newest.length)
  const order = newest.map((_, index) => (((count - 1 - index) % places) + places) % places)
  const rows: (Row | null)[] = Array.from({ length: places }, () => null)
  order.forEach((place, index) => (rows[place] = newest[index]!))
  return { rows, order }
}
