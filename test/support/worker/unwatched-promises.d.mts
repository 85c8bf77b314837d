export function forTests(): () => void
export function forPlaywright<T>(load: () => T): T
