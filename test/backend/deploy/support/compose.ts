// compose.yaml as `docker compose` reads it, as far as one container's command needs it: variables of .env, and files at the places where they are mounted.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from '../../../../scripts/checks/files.ts'

interface Service {
  command?: string[]
  environment: Record<string, string>
  secrets?: string[]
  volumes?: string[]
}

interface Compose {
  services: Record<string, Service>
  secrets: Record<string, { file: string }>
}

/** Interpolation: https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md. @throws with the message behind `?` */
function interpolated(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)(?:(:?)([-?])([^}]*))?\}/g, (_, name: string, colon: string, kind: string, rest: string) => {
    const value = variables[name]
    if (value !== undefined && !(colon === ':' && value === '')) return value
    if (kind === '?') throw new Error(`${name}: ${rest}`)
    return kind === '-' ? rest : (value ?? '')
  })
}

/** Lines of .env. */
const variablesIn = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]))

export interface Container {
  /** as the service names it; null: the image's */
  command: string[] | null
  environment: Record<string, string>
}

/**
 * @param folder of compose.yaml, where .env and secrets/ are; volumes that docker keeps are folders in its `volumes`
 * @throws when a variable that is needed is not in .env
 */
export function containerOf(service: string, folder: string): Container {
  const { services, secrets } = parse(readFileSync(join(root, 'compose.yaml'), 'utf8')) as Compose
  const { command, environment, volumes = [], secrets: given = [] } = services[service]!
  const variables = variablesIn(readFileSync(join(folder, '.env'), 'utf8'))
  const mounts = [
    ...given.map(name => [`/run/secrets/${name}`, join(folder, secrets[name]!.file)] as const),
    ...volumes.map(volume => {
      const [source = '', target = ''] = volume.split(':')
      return [target, join(folder, source.startsWith('.') ? source : `volumes/${source}`)] as const
    }),
  ]
  const placed = (value: string) =>
    mounts.reduce(
      (text, [target, source]) => (text === target || text.startsWith(`${target}/`) ? text.replace(target, source) : text),
      value,
    )
  return {
    command: command ?? null,
    environment: Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, placed(interpolated(String(value), variables))]),
    ),
  }
}
