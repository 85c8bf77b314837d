/** Stands before every class name in compiled WXSS until the runtime knows the component's scope. */
export const SCOPE_MARK = '__scope__'
