// Whether a value from outside (the phone's storage, the network) is of the shape that is read, by a sample of it.

const kindOf = (value: unknown): string => Object.prototype.toString.call(value)

/** @param like a sample: what it has, the value has too, each of its own kind; of a list the first entry stands for all */
export const isLike = (value: unknown, like: unknown): boolean =>
  kindOf(value) === kindOf(like) &&
  (Array.isArray(like)
    ? (value as unknown[]).every(one => like.every(sample => isLike(one, sample)))
    : Object.keys(like as object).every(key => isLike((value as Record<string, unknown>)[key], (like as Record<string, unknown>)[key])))
