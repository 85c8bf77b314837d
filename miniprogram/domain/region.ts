// Names of regions as rows have room for them.

/**
 * The last level of a region's name: 深圳市南山区 → 南山区; a city or a province alone stays. Names come with their parent before them (regions of GB/T 2260),
 * and the parent ends at the first of these words.
 */
export const districtOf = (region: string): string => region.replace(/^.+?(?:省|特别行政区|自治区|自治州|市|地区|盟)(?=[^-])/u, '')
