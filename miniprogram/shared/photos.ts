/** a visit, a test payment, and a photo item of a checklist has no more */
export const MOST_PHOTOS = 9
