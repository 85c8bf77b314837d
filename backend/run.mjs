// Runs a built program (backend/build.mjs): `node backend/run.mjs backend`, or one of the commands with its arguments, as `npm run` has them.
const programs = {
  backend: 'main',
  migrate: 'migrate',
  import: 'directory/imports/main',
  provider: 'provider',
  admin: 'admin',
  'audit:verify': 'platform/audit/main',
  counts: 'directory/counts/main',
  observations: 'observations/main',
  backup: 'backup/main',
  restore: 'backup/main',
}
const name = process.argv[2] ?? ''
if (!Object.hasOwn(programs, name)) {
  console.error(`usage: node backend/run.mjs ${Object.keys(programs).join(' | ')} …`)
  process.exit(1)
}
// each reads its arguments as if it had been started itself; backup and restore are one program that is told which
if (name !== 'backup' && name !== 'restore') process.argv.splice(2, 1)
await import(new URL(`dist/backend/${programs[name]}.mjs`, import.meta.url).href)
