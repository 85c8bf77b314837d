// A compiled template whose mistakes stay its own, and whose handlers get WeChat's event objects.
import type * as glassEasel from 'glass-easel'
import { eventListenerWrapper } from './event-objects.ts'
import type { Crossing } from './realm/crossing.ts'
import { drawSharedKeysWhole } from './shared-keys.ts'
import { changeListenerFilter } from './wxs-instances.ts'

type Content = glassEasel.template.ComponentTemplate['content']

/** the framework's, while it draws a template */
interface TemplateWrapper {
  setEventListenerWrapper(wrap: unknown): void
  setFnFilter(filter: unknown): void
}

interface Generated {
  /** draws the template, or what changed of it */
  C: (...parts: unknown[]) => unknown
}

/**
 * Handlers of the template get WeChat's event objects, and what throws while it is drawn (WXS, a component in it) costs this component the rest of its
 * content, not the page.
 */
export function isolated(content: Content, crossing: Crossing, fail: (error: unknown) => void): Content {
  const wrapEventListener = eventListenerWrapper(crossing)
  return name => {
    const generate = content(name) as ((wrapper: TemplateWrapper, ...rest: unknown[]) => Generated) | undefined
    if (!generate) return generate as never
    return ((wrapper: TemplateWrapper, ...rest: unknown[]) => {
      drawSharedKeysWhole(wrapper)
      const generated = generate(wrapper, ...rest)
      wrapper.setEventListenerWrapper(wrapEventListener)
      wrapper.setFnFilter(changeListenerFilter(crossing))
      return {
        ...generated,
        C: (...parts: unknown[]) => {
          try {
            return generated.C(...parts)
          } catch (error) {
            // templates or components that contain themselves: no level of them is whole
            if (isEndless(error)) throw error
            fail(error)
            return undefined
          }
        },
      }
    }) as never
  }
}

const isEndless = (error: unknown) => /call stack/.test(String((error as Error | undefined)?.message))
