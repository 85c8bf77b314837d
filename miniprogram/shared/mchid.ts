/** 商户号 of WeChat Pay, a provider's and a merchant's: 8 to 10 digits. As a pattern, for schemas. */
export const MCHID = '^[0-9]{8,10}$'

const shape = new RegExp(MCHID)

/** Whether a text has the shape of a 商户号. */
export const isMchid = (text: string): boolean => shape.test(text)
