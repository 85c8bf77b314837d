// Registers WeChat's built-in components with the app's component space.
import type * as glassEasel from 'glass-easel'
import { BUILTINS } from './attributes.ts'

/** @param assets images of the project by path, as data URLs */
export function registerBuiltins(space: glassEasel.ComponentSpace, assets: Record<string, string>): void {
  for (const tag of Object.keys(BUILTINS)) {
    const definition = space.define(`wx://${tag}`).registerComponent()
    space.setGlobalUsingComponent(tag, definition.general())
  }
  void assets
}
