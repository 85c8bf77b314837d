/** "69", "<1", ">99": nothing is said to be none or all that is not. @param of above 0 */
export function wholePercent(part: number, of: number): string {
  if (part > 0 && part / of < 0.01) return '<1'
  if (part < of && part / of > 0.99) return '>99'
  return String(Math.round((part / of) * 100))
}
