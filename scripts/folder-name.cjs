// Before `npm start` and before what `npm ci` makes, and in the oldest kind of script, because no other one runs there: Node finds no modules behind a
// backslash, tsx takes a question mark for a query, a colon parts the folders of PATH, where npm puts its programs, and a line break makes a path look like
// the text of a key.
const sign = process.platform === 'win32' ? null : /[?\\:\n\r]/.exec(process.cwd())
if (sign) {
  console.error(
    `${process.cwd()}: Node cannot run programs in a folder with ${JSON.stringify(sign[0])} in its path: move the project to another one`,
  )
  process.exit(1)
}
