/** {name} gives values.name; {n|day|days} gives the number and the word that fits it. A value that is missing stays visible as {name}. */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return one === undefined ? String(value) : `${value} ${Number(value) === 1 ? one : many}`
  })
}
