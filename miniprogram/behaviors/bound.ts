// Binds slices of the stores to a page's data: a field is sent again only when its own value changed.
import { BehaviorWithStore } from 'mobx-miniprogram-bindings'

export const bound = (fields: Record<string, () => unknown>) =>
  BehaviorWithStore({ storeBindings: { store: {}, fields, actions: {}, structuralComparison: true } })
