// compose.yaml against the Dockerfile and itself (https://github.com/compose-spec/compose-spec/blob/main/spec.md).
import { providerSettings } from '../../../dev/postgres/provider-settings.ts'
import { variablesOf, type Stage } from './dockerfile.ts'
import type { Deployment } from './facts.ts'
import { unknownVariables } from './variables.ts'

interface Service {
  image?: string
  command?: string | string[]
  build?: string
  environment?: Record<string, string>
  secrets?: string[]
  volumes?: string[]
  networks?: string[]
  ports?: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[] }
  logging?: { options?: Record<string, string> }
}

interface Compose {
  services?: Record<string, Service>
  secrets?: Record<string, { file?: string } | null>
  volumes?: Record<string, unknown>
  networks?: Record<string, { ipam?: { config?: { subnet?: string }[] } } | null>
}

/** Another day the same: at least major and minor, and for node the patch too. */
export const isPinned = (image: string): boolean =>
  /@sha256:[0-9a-f]{64}$/.test(image) || (image.startsWith('node:') ? /:\d+\.\d+\.\d+(-|$)/ : /:\d+\.\d+(\.\d+)?(-|$)/).test(image)

export function checkCompose(given: unknown, deployment: Deployment, stages: Stage[]): string[] {
  const compose = (given ?? {}) as Compose
  const { facts } = deployment
  const findings: string[] = []
  const say = (line: string) => void findings.push(`compose.yaml: ${line}`)
  const { services = {}, secrets = {}, volumes = {}, networks = {} } = compose
  for (const [name, service] of Object.entries(services)) {
    if (service.image && !isPinned(service.image)) say(`${name}: ${service.image} has no exact version`)
    if (!service.image && !service.build) say(`${name}: has neither image nor build`)
    for (const secret of service.secrets ?? []) if (!(secret in secrets)) say(`${name}: the secret ${secret} is not declared`)
    for (const network of service.networks ?? []) if (!(network in networks)) say(`${name}: the network ${network} is not declared`)
    for (const other of Object.keys(service.depends_on ?? {}))
      if (!(other in services)) say(`${name}: waits for ${other}, which is no service`)
    for (const volume of service.volumes ?? []) {
      const [source = '', target = ''] = volume.split(':')
      if (source.startsWith('.')) {
        // the provider's own, which no project holds
        if (!/^\.\/secrets(\/|$)/.test(source) && !facts.files.includes(source.replace(/^\.\//, '')))
          say(`${name}: mounts ${source}, which is not in the project`)
      } else if (!(source in volumes)) say(`${name}: the volume ${source} is not declared`)
      if (!target.startsWith('/')) say(`${name}: ${volume} has no absolute path`)
    }
    for (const [variable, value] of Object.entries(service.environment ?? {})) {
      const secret = /^\/run\/secrets\/(.+)$/.exec(String(value))?.[1]
      if (secret && !(service.secrets ?? []).includes(secret))
        say(`${name}: ${variable} names the secret ${secret}, which this service is not given`)
    }
    if (!service.logging?.options?.['max-size']) say(`${name}: its log grows without an end`)
    if (!service.build && !service.healthcheck) say(`${name}: has no healthcheck`)
  }
  for (const [name, secret] of Object.entries(secrets))
    if (!secret?.file?.startsWith('./secrets/'))
      say(`the secret ${name} is not a file in ./secrets, which .dockerignore and .gitignore leave out`)
  for (const name of Object.keys(volumes))
    if (!Object.values(services).some(({ volumes: used = [] }) => used.some(volume => volume.startsWith(`${name}:`))))
      say(`no service uses the volume ${name}`)
  return [...findings, ...checkBackend(compose, deployment, stages), ...checkDatabase(services, facts.postgres)]
}

function checkBackend({ services = {}, networks = {} }: Compose, deployment: Deployment, stages: Stage[]): string[] {
  const backend = services.backend
  if (!backend) return ['compose.yaml: has no service backend']
  const findings: string[] = []
  const environment = backend.environment ?? {}
  findings.push(...unknownVariables(Object.keys(environment), deployment, 'compose.yaml'))
  for (const name of deployment.facts.secretVariables)
    if (name in environment) findings.push(`compose.yaml: ${name} is a secret: give it as a file, ${name}_FILE`)
  for (const name of [
    'DATABASE_URL_FILE',
    'WECHAT_APP_SECRET_FILE',
    'SP_MCHID',
    'WECHAT_APPID',
    'WECHATPAY_PRIVATE_KEY',
    'WECHATPAY_SERIAL_NO',
    'WECHATPAY_MERCHANT_CERTIFICATE',
  ])
    if (!(name in environment)) findings.push(`compose.yaml: backend is not given ${name} and would not start`)
  const image = Object.assign(
    {},
    ...stages
      .at(-1)!
      .instructions.filter(({ name }) => name === 'ENV')
      .map(variablesOf),
  ) as Record<string, string>
  const photos = environment.PHOTO_DIR ?? image.PHOTO_DIR
  if (!backend.volumes?.some(volume => volume.split(':')[1] === photos))
    findings.push(`compose.yaml: no volume keeps the photos (${photos})`)
  const subnets = Object.values(networks).flatMap(network => network?.ipam?.config?.map(({ subnet }) => subnet) ?? [])
  if (!subnets.includes(environment.TRUST_PROXY))
    findings.push(`compose.yaml: TRUST_PROXY ${environment.TRUST_PROXY} is not the subnet of a network`)
  if (backend.ports) findings.push('compose.yaml: the backend is open beside its proxy: it must not have ports')
  return findings
}

/** `4GB` → 4096; what has no unit stays as it is */
function inMegabytes(value: string): number {
  const [, number, unit] = /^([\d.]+)(GB|MB)?$/.exec(value) ?? []
  return Number(number) * (unit === 'GB' ? 1_024 : 1)
}

/** The image keeps its data where a volume is since 18 (https://github.com/docker-library/docs/blob/master/postgres/README.md, PGDATA). */
function checkDatabase(services: Record<string, Service>, tested: string): string[] {
  const database = Object.values(services).find(({ image }) => image?.startsWith('postgres:'))
  if (!database) return ['compose.yaml: has no PostgreSQL']
  const findings: string[] = []
  if (database.image !== `postgres:${tested}`) findings.push(`compose.yaml: ${database.image}, the tests run on ${tested}`)
  if (!database.volumes?.some(volume => volume.endsWith(':/var/lib/postgresql')))
    findings.push('compose.yaml: no volume keeps the database (/var/lib/postgresql from PostgreSQL 18 on)')
  if (!/--encoding=UTF-?8\b/.test(database.environment?.POSTGRES_INITDB_ARGS ?? ''))
    findings.push('compose.yaml: the database is not made as UTF8')
  if (database.ports) findings.push('compose.yaml: the database is open to the network: it must not have ports')
  const given = new Map(
    [database.command ?? []].flat().map(word => (/^-c(\w+)=(.+)$/.exec(word)?.slice(1, 3) as [string, string] | undefined) ?? ['', '']),
  )
  for (const [name, value] of Object.entries(providerSettings))
    if (inMegabytes(given.get(name) ?? '') !== value)
      findings.push(`compose.yaml: PostgreSQL is not given ${name} as the embedded server is (dev/postgres/provider-settings.ts)`)
  return findings
}
