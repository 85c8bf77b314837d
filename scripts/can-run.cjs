// Before `npm start` and before what `npm ci` makes, and in the oldest kind of script, because no other one runs everywhere: older Nodes lack what our packages
// use. Node finds no modules behind a backslash, tsx takes a question mark for a query, a colon parts the folders of PATH, where npm puts its programs, and a
// line break makes a path look like the text of a key.
const { engines } = require('../package.json')

const [major, minor] = engines.node.match(/\d+/g).map(Number)
const [itsMajor, itsMinor] = process.versions.node.split('.').map(Number)
const sign = process.platform === 'win32' ? null : /[?\\:\n\r]/.exec(process.cwd())

const why =
  itsMajor < major || (itsMajor === major && itsMinor < minor)
    ? `this is Node ${process.versions.node}: install ${major}.${minor} or newer, then run npm ci again`
    : sign &&
      `${process.cwd()}: Node cannot run programs in a folder with ${JSON.stringify(sign[0])} in its path: move the project to another one`
if (why) {
  console.error(why)
  process.exit(1)
}
