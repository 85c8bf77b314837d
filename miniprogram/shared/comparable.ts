// One form for what is compared and not read: 商户号, codes on counters, numbers of orders. Chats, web pages and spreadsheets leave characters in them that
// nobody sees, and digits in full width; whatever compares such a text, on the phone or on the server, compares this form.

/**
 * Format characters of Unicode (soft hyphen, zero widths, directions, joiners, byte order mark, tags), blank letters and variation selectors. Listed, because
 * an engine of 2018 need not know the names of categories.
 */
const invisible =
  /\u034f|[\ufe00-\ufe0f]|\udb40[\udc00-\udfff]|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]/g
export const withoutInvisible = (text: string): string => text.replace(invisible, '')

/** ０１Ａ＝ and the like, and the wide space. */
export const halfWidth = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, wide => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ')

/** Without invisible characters, in half width, without what a spreadsheet puts around a number to keep it a text: ' ` ="…". */
export function comparable(given: string): string {
  let text = halfWidth(withoutInvisible(given)).trim()
  for (let before = ''; before !== text;) {
    before = text
    text = text
      .replace(/^="(.*)"$/, '$1')
      .replace(/^['`\u2018\u2019]+/, '')
      .trim()
  }
  return text
}
