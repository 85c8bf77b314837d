// The mini program that the simulator runs: compiled, watched, and described from its project.config.json.
import { createHash } from 'node:crypto'
import { watch, type FSWatcher } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, extname, join, resolve, sep } from 'node:path'
import { compileProject } from '../compiler/index.ts'
import type { CompiledProject, Diagnostic } from '../runtime/contract.ts'
import type { ProjectFacts } from './messages.ts'

/** Editors write a file in several steps. */
const QUIET = 120

const MEDIA_TYPES: Record<string, string> = {
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.aac': 'audio/aac',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.mp4': 'video/mp4',
}

interface ProjectConfig {
  appid?: string
  projectname?: string
  miniprogramRoot?: string
  setting?: { urlCheck?: boolean }
  condition?: { miniprogram?: { list?: { name: string; pathName?: string; query?: string }[] } }
}

export class Project {
  private compiled: CompiledProject = { script: '', appJson: { pages: [] }, diagnostics: [], inputs: [] }
  private config: ProjectConfig = {}
  private watcher: FSWatcher | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly folder: string

  /** @param strict warnings of the build count as errors */
  constructor(
    folder: string,
    private readonly strict = false,
    private readonly compile = compileProject,
  ) {
    this.folder = resolve(folder)
  }

  get diagnostics(): Diagnostic[] {
    return this.compiled.diagnostics
  }

  get hasErrors(): boolean {
    return this.diagnostics.some(({ severity }) => severity === 'error')
  }

  /** Empty when there are errors. */
  get script(): string {
    return this.hasErrors ? '' : this.compiled.script
  }

  /** false where the project tells DevTools not to check domains (urlCheck) */
  get checksDomains(): boolean {
    return this.config.setting?.urlCheck !== false
  }

  get facts(): ProjectFacts {
    const { appid = 'touristappid', projectname = basename(this.folder), condition } = this.config
    const { navigationBarTitleText } = this.compiled.appJson.window ?? {}
    return {
      key: `${appid}-${createHash('sha256').update(this.folder).digest('hex').slice(0, 12)}`,
      name: navigationBarTitleText || projectname,
      appid,
      conditions: (condition?.miniprogram?.list ?? []).map(({ name, pathName = '', query = '' }) => ({ name, path: pathName, query })),
    }
  }

  /** A sound or film of the package; undefined when it has none at this path. */
  async mediaFile(path: string): Promise<{ type: string; content: Buffer } | undefined> {
    const root = join(this.folder, this.config.miniprogramRoot ?? '')
    const file = resolve(root, path)
    const type = MEDIA_TYPES[extname(file).toLowerCase()]
    if (!type || !file.startsWith(root + sep)) return undefined
    const content = await readFile(file).catch(() => undefined)
    return content && { type, content }
  }

  /** @throws Error when the folder holds no mini program */
  async build(): Promise<void> {
    const config = await readFile(join(this.folder, 'project.config.json'), 'utf8').catch(() => '{}')
    try {
      this.config = JSON.parse(config) as ProjectConfig
    } catch {
      // the compiler reports it with its place
      this.config = {}
    }
    this.compiled = await this.compile(this.folder, { strict: this.strict })
  }

  /** Builds again after changes of the folder; `told` hears of each build. */
  watch(told: () => void, failed: (error: Error) => void): void {
    const root = join(this.folder, this.config.miniprogramRoot ?? '')
    const changed = (name: string | null) => {
      if (name && /(^|[\\/])(node_modules|\.git|miniprogram_npm)([\\/]|$)/.test(name)) return
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.build().then(told, failed), QUIET)
    }
    // a machine can have too few watches for so many folders
    const blind = ({ message }: Error) => failed(new Error(`changes of the folder are not seen: ${message}`))
    try {
      this.watcher = watch(root, { recursive: true }, (_event, name) => changed(name))
      this.watcher.on('error', blind)
    } catch (error) {
      blind(error as Error)
    }
  }

  close(): void {
    clearTimeout(this.timer)
    this.watcher?.close()
  }
}
