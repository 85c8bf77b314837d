// Sub-packages as a phone has them: downloaded when a page, a script (`require.async`) or a component (`componentPlaceholder`) of theirs is first asked
// for, or ahead by preloadRule; one that is not there cannot be opened without a network (setting `packages: asNeeded`). Downloaded ones outlive the app.
// https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages/preload.html
import { WxFailure, type Phone } from './core.ts'
import { parseUrl } from '../runtime/page-stack.ts'
import { packageOf } from '../runtime/sub-packages.ts'

interface Rule {
  /** default wifi */
  network?: 'all' | 'wifi'
  /** names or roots */
  packages: string[]
}
interface SubPackage {
  root: string
  name?: string
}

const rootOf = ({ root }: SubPackage): string => root.replace(/^\/|\/$/g, '')

export class Packages {
  private readonly key: string
  private readonly subPackages: SubPackage[]
  private readonly rules: Record<string, Rule>

  constructor(private readonly phone: Phone) {
    const { appJson } = phone.runtime
    this.key = `simulator/${phone.project.key}/packages`
    this.subPackages = appJson.subPackages ?? []
    this.rules = (appJson['preloadRule'] as Record<string, Rule> | undefined) ?? {}
    phone.runtime.onRequireAsync(path => this.need(`/${path}`))
    phone.runtime.events.on('route', ({ path }) => this.preload(path))
    // a phone on which nothing is downloaded yet
    phone.onSettings(before => {
      if (before.packages === 'asNeeded' || phone.settings.packages !== 'asNeeded') return
      localStorage.removeItem(this.key)
      const top = phone.runtime.pageStack().at(-1)
      if (top) this.preload(top.path)
    })
  }

  /** Downloads the package of this page or script where it is not there. @throws WxFailure without a network */
  need(url: string): void {
    const { settings, runtime } = this.phone
    const { path } = parseUrl(url, runtime.pageStack().at(-1)?.path)
    const wanted = packageOf(runtime.appJson, path)
    if (settings.packages !== 'asNeeded' || wanted === '' || this.here().has(wanted)) return
    if (settings.offline) throw new WxFailure(`loadSubpackage timeout: ${wanted}`)
    this.add([wanted])
  }

  private preload(path: string): void {
    const { settings } = this.phone
    const rule = this.rules[path]
    if (settings.packages !== 'asNeeded' || settings.offline || !rule) return
    if (rule.network !== 'all' && settings.slow) return
    this.add(this.subPackages.filter(({ root, name }) => rule.packages.some(one => one === name || one === root)).map(rootOf))
  }
  private here(): Set<string> {
    return new Set(JSON.parse(localStorage.getItem(this.key) ?? '[]') as string[])
  }
  private add(roots: string[]): void {
    const before = this.here()
    const fresh = roots.filter(root => !before.has(root))
    if (fresh.length === 0) return
    localStorage.setItem(this.key, JSON.stringify([...before, ...fresh]))
    for (const root of fresh) this.phone.log({ kind: 'console', text: `sub-package ${root} downloaded` })
  }
}
