// Before `npm start` and before what `npm ci` makes, and in the oldest kind of script, because no other one runs everywhere: older Nodes lack what our packages
// use. Node finds no modules behind a backslash, tsx takes a question mark for a query, a colon parts the folders of PATH, where npm puts its programs, and a
// line break makes a path look like the text of a key. NODE_OPTIONS may take away from Node what programs need; what Node itself refuses, it names. A
// temporary folder that cannot be written makes tsx hang without a word. A shell may have limits below what the programs need. Packages may be missing.
const { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { dirname, join, resolve } = require('node:path')
const { engines } = require('../package.json')

const [major, minor] = engines.node.match(/\d+/g).map(Number)
const [itsMajor, itsMinor] = process.versions.node.split('.').map(Number)
const sign = process.platform === 'win32' ? null : /[?\\:\n\r]/.exec(process.cwd())

/** option → what is wrong with it; a number: the least that does; a list: what it may not be */
const unfit = {
  '--input-type': 'is for programs that are not in files',
  '--experimental-default-type': 'changes what kind of module a file is',
  '--frozen-intrinsics': 'freezes what our packages add to',
  '--disallow-code-generation-from-strings': 'forbids code that our packages make',
  '--jitless': 'takes WebAssembly away',
  '--permission': 'shuts files and other programs away',
  '--experimental-permission': 'shuts files and other programs away',
  '--no-addons': 'takes compiled packages away',
  '--no-experimental-fetch': 'takes fetch away',
  '--conditions': ['browser'],
  '-C': ['browser'],
  '--max-old-space-size': 128,
}

/** The first option in the environment with which Node cannot run this project, and why; null without one. */
function unfitOption() {
  const words = (process.env.NODE_OPTIONS || '').split(/\s+/)
  for (let index = 0; index < words.length; index += 1) {
    const [name, value = words[index + 1]] = words[index].split('=')
    // Node takes underscores for hyphens
    const why = unfit[name.replace(/_/g, '-').replace(/^"|"$/g, '')]
    const isWrong = typeof why === 'string' || (Array.isArray(why) && why.includes(value))
    if (isWrong)
      return `${name} ${Array.isArray(why) ? `${value} chooses other files of our packages` : why}: take it out of NODE_OPTIONS, then do the same again`
    if (typeof why === 'number' && Number(value) < why)
      return `${name} is ${value}: give ${why} or more in NODE_OPTIONS, then do the same again`
  }
  return null
}

/** Node's own way of making what is above it never ends in /proc. */
function makeFolder(folder) {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}

/** tsx keeps what it compiled there, and hangs where it cannot; the browser and tests need room too. */
function unfitTmp() {
  const folder = resolve(tmpdir())
  try {
    makeFolder(folder)
    const probe = mkdtempSync(join(folder, 'goldplan-can-run-'))
    try {
      writeFileSync(join(probe, 'probe'), Buffer.alloc(1024 * 1024))
    } finally {
      rmSync(probe, { recursive: true, force: true })
    }
    return null
  } catch (error) {
    const what = error.code === 'ENOSPC' || error.code === 'EDQUOT' ? 'is full' : `cannot be written (${error.code})`
    return `the temporary folder ${folder} ${what}: make room there, or set TMPDIR to another folder`
  }
}

/** files and connections that one of the programs has open while it begins */
const leastFiles = 256
/** of one person, threads counted: the programs have 140 */
const leastProcesses = 256
/** 20 GB are too few, 40 GB do */
const leastAddresses = 32 * 2 ** 30

/** What `ulimit` of the shell takes away: the modules are opened beside each other, and WebAssembly reserves GB of addresses that it never uses. */
function unfitLimits() {
  const limits = process.platform === 'linux' ? readFileSync('/proc/self/limits', 'utf8') : ''
  const files = Number((/^Max open files +(\d+)/m.exec(limits) || [])[1] || Infinity)
  if (files < leastFiles)
    return `this shell lets a program open ${files} files only: run ulimit -n 1024 there (or ask who set the limit), then do the same again`
  const processes = Number((/^Max processes +(\d+)/m.exec(limits) || [])[1] || Infinity)
  // of root the system asks none
  if (processes < leastProcesses && process.getuid() !== 0)
    return `this shell lets you have ${processes} processes and threads only: run ulimit -u 1024 there (or ask who set the limit), then do the same again`
  const bytes = Number((/^Max address space +(\d+)/m.exec(limits) || [])[1] || Infinity)
  return bytes < leastAddresses
    ? `this shell limits a program to ${Math.floor(bytes / 2 ** 20)} MB of addresses, and WebAssembly reserves more: run ulimit -v unlimited there, then do the same again`
    : null
}

/** `npm ci` was not run, was ended in the middle, or another version of the project lists other packages: what is missing would be met as a stack. */
function unfitPackages() {
  const lock = join(__dirname, '..', 'package-lock.json')
  if (!existsSync(lock)) return null
  const { packages } = JSON.parse(readFileSync(lock, 'utf8'))
  const missing = Object.keys(packages).filter(
    name =>
      name.includes('node_modules/') &&
      !packages[name].optional &&
      !packages[name].devOptional &&
      !existsSync(join(__dirname, '..', name, 'package.json')),
  )
  if (missing.length === 0) return null
  const named = missing.slice(0, 3).map(name => name.slice(name.lastIndexOf('node_modules/') + 'node_modules/'.length))
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : ''
  return `packages are missing (${named.join(', ')}${more}): run npm ci in ${join(__dirname, '..')}, wait until it ends by itself, then do the same again`
}

/** A zip or a share that knows no rights took them away: what everything is started with gets them back. */
function unfitRights() {
  const modules = join(__dirname, '..', 'node_modules')
  const programs = [
    join(modules, '@esbuild', `${process.platform}-${process.arch}`, 'bin', 'esbuild'),
    join(modules, 'tsx', 'dist', 'cli.mjs'),
  ]
  for (const program of process.platform === 'win32' ? [] : programs) {
    if (!existsSync(program) || (statSync(program).mode & 0o111) !== 0) continue
    try {
      chmodSync(program, 0o755)
    } catch (error) {
      return `${program} may not be run, and that cannot be changed (${error.code}): run npm ci in a folder that keeps the rights of files`
    }
  }
  return null
}

const why =
  itsMajor < major || (itsMajor === major && itsMinor < minor)
    ? `this is Node ${process.versions.node}: install ${major}.${minor} or newer, then run npm ci again`
    : sign
      ? `${process.cwd()}: Node cannot run programs in a folder with ${JSON.stringify(sign[0])} in its path: move the project to another one`
      : unfitOption() || unfitLimits() || unfitTmp() || unfitPackages() || unfitRights()
if (why) {
  console.error(why)
  process.exit(1)
}
