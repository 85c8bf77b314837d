// Names of regions as rows have room for them.

/**
 * The last level of a region's name: 深圳市南山区 → 南山区; a city or a province alone stays. Names come with their parent before them (regions of GB/T 2260),
 * and the parent ends at the first of these words.
 */
export const districtOf = (region: string): string => region.replace(/^.+?(?:省|特别行政区|自治区|自治州|市|地区|盟)(?=[^-])/u, '')

/** What of an address is left to find below its district: 深圳市南山区粤海街道科技路 3 号 → 粤海街道科技路 3 号. '' where it says no more. */
export function streetOf(address: string, region: string): string {
  const district = districtOf(region)
  const below = district === '' ? [] : address.split(district).slice(1)
  return (below.length === 0 ? address : below.join(district)).trim()
}

/** Where to go, in a list of more than one district: 南山区粤海街道科技路 3 号. */
export function placeOf(address: string, region: string): string {
  const district = districtOf(region)
  const street = streetOf(address, region)
  return street.startsWith(district) ? street : district + street
}
