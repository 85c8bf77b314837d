// Paths into data as the protocol writes them: `list[1].name`.

export function valueAt(data: unknown, path: unknown): unknown {
  if (path === undefined || path === null || path === '') return data
  let value = data
  for (const key of String(path).match(/[^.[\]]+/g) ?? []) {
    if (value === undefined || value === null) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}
