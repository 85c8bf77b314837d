// Component(), Page() and Behavior() of app code: registers each file's component with the framework, its dependencies first.
import * as glassEasel from 'glass-easel'
import { MiniProgramEnv, type behavior as adapterBehavior, type CodeSpace, type types } from 'glass-easel-miniprogram-adapter'
import type { ProjectBundle } from '../compiler/index.ts'
import { drawBox, registerForeign } from '../builtins/foreign.ts'
import { registerBuiltins } from '../builtins/index.ts'
import { PhoneBackend, domOf } from './backend.ts'
import { isolated } from './isolated-template.ts'
import { ModuleLoader } from './modules.ts'
import type { AppRealm } from './realm/app-realm.ts'
import type { Crossing } from './realm/crossing.ts'
import type { ReadyQueue } from './ready-queue.ts'
import type { StyleSheets } from './styles.ts'
import { packageOf } from './sub-packages.ts'
import { evaluateTemplates } from './wxs-globals.ts'

type Definition = types.GeneralComponentDefinition & {
  behaviors?: unknown[]
  options?: { addGlobalClass?: boolean; styleIsolation?: string } & types.ComponentDefinitionOptions
}
type Templates = Record<string, glassEasel.template.ComponentTemplate['content']>

// van-button has a property named `dataset`, which the framework's own node has too
glassEasel.globalOptions.writeFieldsToNode = false
glassEasel.globalOptions.writeIdToDOM = true

/** @param place the path of the page, component or template */
type Fail = (error: unknown, place: string) => void

export interface DefinitionParts {
  project: ProjectBundle
  globals: Record<string, unknown>
  styles: StyleSheets
  ready: ReadyQueue
  /** hears of what the app threw, with the place that it threw in */
  fail: Fail
  realm: AppRealm
  crossing: Crossing
  /** as ModuleLoader's */
  asked: (path: string) => void
}

export class Definitions {
  readonly space: CodeSpace
  readonly backend: ReturnType<MiniProgramEnv['associateBackend']>
  readonly context: PhoneBackend
  readonly #project: ProjectBundle
  readonly #styles: StyleSheets
  readonly #registered = new Set<string>()
  readonly #behaviorStrings: Record<string, adapterBehavior.GeneralBehavior>
  readonly #loader: ModuleLoader
  readonly #templates: Templates
  readonly #fail: Fail
  readonly #asked: (path: string) => void
  /** components of other packages that are on their way */
  readonly #awaited = new Set<string>()
  /** those whose package could not be loaded: their placeholders stay until it is there */
  readonly #absent = new Set<string>()
  readonly #crossing: Crossing
  /** paths whose scripts failed: a box stands where they would */
  readonly #broken = new Set<string>()
  #current: string | undefined
  #scopes = 0

  constructor({ project, globals, styles, ready, fail, realm, crossing, asked }: DefinitionParts) {
    this.#fail = fail
    this.#asked = path => {
      asked(path)
      this.#came(packageOf(project.appJson, path))
    }
    this.#project = project
    this.#styles = styles
    this.#crossing = crossing
    this.context = new PhoneBackend(Object.keys(project.foreignTags))
    const env = new MiniProgramEnv()
    this.space = env.createCodeSpace('', true)
    this.backend = env.associateBackend(this.context as unknown as glassEasel.GeneralBackendContext)
    registerBuiltins(this.space.getComponentSpace(), project.assets)
    registerForeign(this.space.getComponentSpace(), project.foreignTags)
    this.space.getComponentSpace().setComponentWaitingListener((_exported, path) => void this.#bring(path))
    this.space.setOverallBehavior(overallBehavior(this.space, ready, this.#broken, crossing))
    this.#behaviorStrings = {
      'wx://form-field': this.space
        .behavior()
        .definition({ properties: { name: String, value: null } as never })
        .register() as never,
      'wx://form-field-group': this.space.behavior().register() as never,
      'wx://form-field-button': this.space.behavior().register() as never,
      'wx://component-export': this.space.behavior().register() as never,
    }
    this.space.addComponentStaticConfig(NOTHING, { component: true, usingComponents: {} })
    this.space.component(NOTHING).definition({}).register()
    Object.assign(globals, {
      Component: crossing.expose((definition: Definition) => this.#component(definition)),
      Page: crossing.expose((definition: object) => this.#page(definition as Definition)),
      Behavior: crossing.expose((definition: Definition) => this.#behavior(definition)),
    })
    this.#loader = new ModuleLoader(project.modules, globals, realm, crossing, this.#asked)
    // nobody listens yet
    this.#templates = evaluateTemplates(project.templates, (error, name) => queueMicrotask(() => this.#fail(error, name)))
    styles.add('app', project.appCss, 'app', '')
  }

  /** As ModuleLoader's. */
  compile(parameters: string[], body: string, isAsync: boolean): ReturnType<ModuleLoader['compile']> {
    return this.#loader.compile(parameters, body, isAsync)
  }

  /** Runs app.ts, which calls App(). */
  runApp(): void {
    if (!this.#project.app) return
    this.#entering(undefined, this.#project.app)
    this.#loader.require(this.#project.app)
  }

  /**
   * What WeChat's compiler writes before each script of a page or component. Frameworks of earlier years (taro 1, wepy, mpvue, uni-app) read there whose
   * script runs. The last one's stay, as in WeChat.
   */
  #entering(route: string | undefined, file: string): void {
    this.#loader.tell('__wxRoute', route)
    this.#loader.tell('__wxRouteBegin', true)
    this.#loader.tell('__wxAppCurrentFile__', `${file.replace(/\.\w+$/, '')}.js`)
  }

  /** Makes the component of a path known, with all it uses. One whose script throws is told and replaced by a box with its name. */
  register(path: string): void {
    if (this.#registered.has(path)) return
    this.#registered.add(path)
    const entry = this.#project.components[path]
    if (!entry) throw new Error(`component "${path}" is not in the project`)
    const generics = Object.values((entry.config['componentGenerics'] as Generics | undefined) ?? {})
    const defaults = generics.flatMap(generic =>
      generic !== true && generic.default && this.#project.components[generic.default] ? [generic.default] : [],
    )
    for (const [tag, target] of Object.entries(entry.config.usingComponents)) if (!this.#waits(path, tag, target)) this.register(target)
    defaults.forEach(target => this.register(target))
    const before = this.#current
    this.#current = path
    this.#entering(path, entry.script)
    try {
      this.#loader.require(entry.script)
      if (this.#current === path) throw new Error(`${entry.script} calls neither Page() nor Component()`)
    } catch (error) {
      this.#fail(error, path)
      this.#replace(path)
    } finally {
      this.#current = before
    }
  }

  /** Whether its placeholder stands where a component of another package will be: until somebody has drawn it and it was loaded. */
  #waits(path: string, tag: string, target: string): boolean {
    const placeholders = this.#project.components[path]!.config['componentPlaceholder'] as Record<string, string> | undefined
    if (!placeholders || !(tag in placeholders)) return false
    const there = packageOf(this.#project.appJson, target)
    return there !== '' && there !== packageOf(this.#project.appJson, path)
  }

  /** Loads a component whose placeholder is drawn; the framework then puts it where that stands. One that cannot be loaded is tried anew by the next use, and when its package has come. */
  async #bring(path: string): Promise<void> {
    if (this.#awaited.has(path)) return
    this.#awaited.add(path)
    // a phone draws the placeholder first, whatever is there
    await new Promise(resolve => setTimeout(resolve))
    try {
      this.#asked(`${path}.js`)
      this.register(path)
    } catch (error) {
      this.#absent.add(path)
      console.warn(`component "${path}" is not loaded, its placeholder stays: ${(error as Error).message}`)
    } finally {
      this.#awaited.delete(path)
    }
  }

  /** A package is on the phone: what waited for it is put in its place. */
  #came(root: string): void {
    for (const path of this.#absent) {
      if (packageOf(this.#project.appJson, path) !== root) continue
      this.#absent.delete(path)
      void this.#bring(path)
    }
  }

  #replace(path: string): void {
    this.#broken.add(path)
    this.#current = path
    const { isPage } = this.#project.components[path]!
    if (isPage) this.#page({})
    else this.#component({})
  }

  #prepare(definition: Definition): string {
    const path = this.#current
    if (!path) throw new Error('Page() and Component() must be called while their own file runs')
    if (typeof definition !== 'object' || definition === null)
      throw new TypeError(`Page() and Component() take an object, not ${String(definition)}`)
    this.#current = undefined
    this.#loader.tell('__wxRouteBegin', false)
    const { config, isPage, css, hasTemplate } = this.#project.components[path]!
    const { styleIsolation, addGlobalClass } = definition.options ?? {}
    const isolation = (config['styleIsolation'] ?? styleIsolation) as types.ComponentStaticConfig['styleIsolation']
    this.space.addComponentStaticConfig(path, {
      ...config,
      // a page with "component": true in its JSON is still styled as a page
      component: !isPage,
      ...(config['componentGenerics'] ? { componentGenerics: this.#withDefaults(config['componentGenerics'] as Generics) } : {}),
      addGlobalClass: Boolean(config['addGlobalClass'] ?? addGlobalClass),
      usingComponents: Object.fromEntries(Object.entries(config.usingComponents).map(([name, target]) => [name, `/${target}`])),
      ...(isolation ? { styleIsolation: isolation } : {}),
    })
    const shared = isPage || isolation === 'shared' || isolation === 'page-shared'
    const scope = shared ? '' : `c${(this.#scopes += 1)}`
    this.space.addStyleSheet(path, undefined, scope)
    this.#styles.add(path, css, isPage ? 'page' : 'component', scope)
    const content = hasTemplate && !this.#broken.has(path) ? this.#templates[path] : undefined
    if (content)
      this.space.addCompiledTemplate(path, {
        groupList: this.#templates,
        content: isolated(content, this.#crossing, error => this.#fail(error, `${path}.wxml`)),
      } as glassEasel.template.ComponentTemplate)
    if (definition.behaviors) definition.behaviors = this.#behaviors(definition.behaviors)
    return path
  }

  /** Paths of defaults as the framework finds them, from the root. */
  #withDefaults(generics: Generics): Generics {
    return Object.fromEntries(
      Object.entries(generics).map(([name, given]) => {
        const path = given === true ? undefined : given.default
        return [name, { default: `/${path && this.#project.components[path] ? path : NOTHING}` }]
      }),
    )
  }

  #component(definition: Definition): void {
    const path = this.#prepare(definition)
    this.space.component(path).definition(definition).register()
  }

  #page(definition: Definition): void {
    const path = this.#prepare(definition)
    this.space
      .component(path)
      .pageDefinition(definition as never)
      .register()
  }

  #behavior(definition: Definition): unknown {
    if (definition.behaviors) definition.behaviors = this.#behaviors(definition.behaviors)
    return this.space
      .behavior()
      .definition(definition as never)
      .register()
  }

  #behaviors(behaviors: unknown[]): Definition['behaviors'] & never[] {
    return behaviors.map(behavior => {
      if (typeof behavior !== 'string') return behavior
      const known = this.#behaviorStrings[behavior]
      if (known) return known
      if (!behavior.startsWith('wx://')) throw new Error(`behavior "${behavior}" is none: give what Behavior() made`)
      // one of WeChat's (wx://proxy-scroll-view): the component does without what it would bring
      console.debug(`behavior "${behavior}" is not supported by the simulator`)
      return (this.#behaviorStrings[behavior] = this.space.behavior().register() as never)
    }) as never[]
  }
}

type Generics = Record<string, { default?: string } | true>

/** The component that stands for a generic which nobody gave and which has no default: it draws nothing. */
const NOTHING = 'simulator/nothing'

/** Gives every component of the app its `ready` lifetime and marks its DOM with its path (for :host and for tests). */
function overallBehavior(space: CodeSpace, ready: ReadyQueue, broken: ReadonlySet<string>, crossing: Crossing): glassEasel.GeneralBehavior {
  return space
    .getComponentSpace()
    .define()
    .lifetime('created', function (this: glassEasel.GeneralComponent) {
      const component = componentOf(this)
      crossing.adopt(component.data)
      const dom = domOf(component)
      dom?.setAttribute('data-is', component.is)
      if (dom && broken.has(component.is)) drawBox(dom, component.is, ['auto', '150px'])
    })
    .lifetime('attached', function (this: glassEasel.GeneralComponent) {
      ready.add(componentOf(this))
    })
    .registerBehavior() as unknown as glassEasel.GeneralBehavior
}

/** `this` of app code is the adapter's caller, whose `_$` is the framework's component. */
export function componentOf(caller: unknown): glassEasel.GeneralComponent {
  return (caller as { _$?: glassEasel.GeneralComponent })._$ ?? (caller as glassEasel.GeneralComponent)
}
