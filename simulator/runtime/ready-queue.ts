// The framework never fires the `ready` lifetime. It is due after a component's first layout, children before parents.
import * as glassEasel from 'glass-easel'

export class ReadyQueue {
  #waiting: glassEasel.GeneralComponent[] = []
  #scheduled = false
  /** while a page is being built its components wait until the page says so */
  #held = 0

  add(component: glassEasel.GeneralComponent): void {
    this.#waiting.push(component)
    if (this.#held === 0 && !this.#scheduled) {
      this.#scheduled = true
      queueMicrotask(() => {
        this.#scheduled = false
        if (this.#held === 0) this.flush()
      })
    }
  }

  hold(): void {
    this.#held += 1
  }

  release(): void {
    this.#held -= 1
    this.flush()
  }

  get empty(): boolean {
    return this.#waiting.length === 0
  }

  flush(): void {
    while (this.#waiting.length) {
      const batch = new Set(this.#waiting)
      this.#waiting = []
      const children = new Map<glassEasel.GeneralComponent | undefined, glassEasel.GeneralComponent[]>()
      for (const component of batch) {
        const parent = waitingAncestor(component, batch)
        children.set(parent, [...(children.get(parent) ?? []), component])
      }
      const fire = (component: glassEasel.GeneralComponent) => {
        for (const child of children.get(component) ?? []) fire(child)
        if (glassEasel.Element.isAttached(component)) component.triggerLifetime('ready', [])
      }
      for (const component of children.get(undefined) ?? []) fire(component)
    }
  }
}

function waitingAncestor(
  component: glassEasel.GeneralComponent,
  batch: Set<glassEasel.GeneralComponent>,
): glassEasel.GeneralComponent | undefined {
  for (let at = above(component); at; at = above(at)) {
    if (glassEasel.Component.isComponent(at) && batch.has(at)) return at
  }
  return undefined
}

function above(element: glassEasel.Element): glassEasel.Element | undefined {
  if (element.parentNode) return element.parentNode
  if (glassEasel.ShadowRoot.isShadowRoot(element)) return element.getHostNode()
  return undefined
}
