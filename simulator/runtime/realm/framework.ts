// Where WeChat's component framework, which runs in the simulator's realm, makes values for the app: data, properties, `this` of components.
import * as glassEasel from 'glass-easel'
import type { AppRealm } from './app-realm.ts'
import type { Crossing } from './crossing.ts'

type PropertyShape = { type?: unknown; optionalTypes?: unknown[] }
type Group = {
  _$comp: glassEasel.GeneralComponent | null
  data: Record<string, unknown>
  getChanges(): [path: (string | number)[], value: unknown, ...rest: unknown[]][]
}
type Method = (this: Group, ...values: never[]) => unknown

const ofApp = ({ _$comp }: Group) => _$comp !== null && !_$comp.is.startsWith('wx://')

/** Once a frame, before the first component is defined. */
export function joinFramework(realm: AppRealm, crossing: Crossing): void {
  convertPropertyTypes(realm)
  const groups = glassEasel.DataGroup.prototype as unknown as Record<'replaceProperty' | 'replaceDataOnPath' | 'applyDataUpdates', Method>
  const { replaceProperty, replaceDataOnPath, applyDataUpdates } = groups
  Object.assign(groups, {
    // what a template gives to a property is copied for the component that gets it
    replaceProperty(this: Group, name: never, value: never) {
      const taken = replaceProperty.call(this, name, value)
      if (taken && ofApp(this)) crossing.adopt(this.getChanges().at(-1)![1])
      return taken
    },
    // two-way bindings bring values of built-in components
    replaceDataOnPath(this: Group, path: never, value: never) {
      return replaceDataOnPath.call(this, path, ofApp(this) ? (crossing.toApp(value) as never) : value)
    },
    applyDataUpdates(this: Group, ...rest: never[]) {
      if (!ofApp(this)) return applyDataUpdates.apply(this, rest)
      const paths = this.getChanges().map(([path]) => path)
      try {
        return applyDataUpdates.apply(this, rest)
      } finally {
        // containers and defaults that the framework put in: the way to `a.b[0]` when there is no `a`
        for (const path of paths) adoptWay(this.data, path, crossing)
      }
    },
  })
}

function adoptWay(data: unknown, path: (string | number)[], crossing: Crossing): void {
  let at = data as Record<string, unknown> | undefined | null
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return
    at = crossing.adopt(at[key]) as typeof at
  }
}

/** The framework compares a property's type to its own realm's String, Array … */
function convertPropertyTypes({ intrinsics, window }: AppRealm): void {
  const types = new Map<unknown, unknown>([
    [window.String, String],
    [window.Number, Number],
    [window.Boolean, Boolean],
    [intrinsics.Object, Object],
    [intrinsics.Array, Array],
    [window.Function, Function],
  ])
  const typeOf = (type: unknown) => types.get(type) ?? type
  const builders = glassEasel.BehaviorBuilder.prototype as unknown as { property(name: string, definition: unknown): unknown }
  const { property } = builders
  builders.property = function (name, definition) {
    if (typeof definition !== 'object' || definition === null) return property.call(this, name, typeOf(definition))
    const { type, optionalTypes } = definition as PropertyShape
    const converted: PropertyShape = { ...definition }
    if (type !== undefined) converted.type = typeOf(type)
    if (Array.isArray(optionalTypes)) converted.optionalTypes = Array.from(optionalTypes, typeOf)
    return property.call(this, name, converted)
  }
}
