// Secrets as files (Docker secrets, systemd credentials): before anything else runs, DATABASE_URL_FILE becomes DATABASE_URL, and so on. Given to node by
// --import, so that it holds for the backend and for the commands beside it. Keys of WeChat Pay need none of this: their settings take paths already.
import { readFileSync } from 'node:fs'

const secrets = ['DATABASE_URL', 'MIGRATION_DATABASE_URL', 'WECHAT_APP_SECRET', 'PHOTO_LINK_KEY', 'RECEIPT_SOURCE_KEY']

const fail = line => {
  console.error(line)
  process.exit(1)
}

for (const name of secrets) {
  const path = process.env[`${name}_FILE`]?.trim()
  if (!path) continue
  if (process.env[name]?.trim()) fail(`${name} and ${name}_FILE are both set: keep one`)
  try {
    process.env[name] = readFileSync(path, 'utf8').trim()
  } catch (error) {
    fail(`${name}_FILE names ${path}, which cannot be read (${error.code}): give a file that this user may read`)
  }
  // a child process has the value already
  delete process.env[`${name}_FILE`]
}
