// Which times somebody may tell us of.

const minute = 60_000

/** Evidence further ahead of our clock than this is refused; less is taken for a phone's clock. */
export const futureTolerance = 5 * minute

/** The notice that announced it is of June 2020 (goldplan announcement content_detail id=121505): nothing can have been seen before that year. */
export const goldPlanBegan = new Date('2020-01-01T00:00:00+08:00')

export const isBeforeGoldPlan = (time: Date): boolean => time < goldPlanBegan
