/** Between Chinese characters stands no space: 更新于 {time} gives 更新于 10:02, and 更新于今天 10:02. */
const CLOSE = /[\u3400-\u9fff]{2}/

/** A whole number as it is read: 1,484,000. */
export const grouped = (count: number | string): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** {name} gives values.name, a whole number grouped; {n|day|days} gives the number and the word that fits it. A value that is missing stays visible as {name}. */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(
    /( ?)\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}( ?)/g,
    (whole: string, before: string, name: string, one: string | undefined, many: string | undefined, after: string, at: number) => {
      const value = values[name]
      if (value === undefined) return whole
      const said =
        (Number.isInteger(value) ? grouped(value) : String(value)) + (one === undefined ? '' : ` ${Number(value) === 1 ? one : many}`)
      const [left, right] = [template.charAt(at - 1) + said.charAt(0), said.slice(-1) + template.charAt(at + whole.length)]
      return (CLOSE.test(left) ? '' : before) + said + (CLOSE.test(right) ? '' : after)
    },
  )
}
